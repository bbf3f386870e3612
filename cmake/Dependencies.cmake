# Finds what docs/dependencies.md lists; everything comes from Debian 12.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(HDF5 REQUIRED COMPONENTS C)
pkg_check_modules(PISTACHE REQUIRED IMPORTED_TARGET libpistache)
pkg_check_modules(HIREDIS REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(HWY REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)

find_library(GEOS_C_LIB geos_c REQUIRED)
add_library(GEOS::c UNKNOWN IMPORTED)
set_target_properties(GEOS::c PROPERTIES IMPORTED_LOCATION "${GEOS_C_LIB}")

find_path(SOCI_INCLUDE_DIR soci/soci.h REQUIRED)
foreach(backend core sqlite3 postgresql)
  find_library(SOCI_${backend}_LIB soci_${backend} REQUIRED)
  add_library(SOCI::${backend} UNKNOWN IMPORTED)
  set_target_properties(SOCI::${backend} PROPERTIES
    IMPORTED_LOCATION "${SOCI_${backend}_LIB}" INTERFACE_INCLUDE_DIRECTORIES "${SOCI_INCLUDE_DIR}")
endforeach()

# Debian's libcaf-dev 0.17.6 ships neither a CMake config nor a .pc file.
find_path(CAF_INCLUDE_DIR caf/all.hpp REQUIRED)
foreach(part core io openssl)
  find_library(CAF_${part}_LIB caf_${part} REQUIRED)
  add_library(CAF::${part} UNKNOWN IMPORTED)
  set_target_properties(CAF::${part} PROPERTIES
    IMPORTED_LOCATION "${CAF_${part}_LIB}" INTERFACE_INCLUDE_DIRECTORIES "${CAF_INCLUDE_DIR}")
endforeach()
set_property(TARGET CAF::core PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
set_property(TARGET CAF::io PROPERTY INTERFACE_LINK_LIBRARIES CAF::core)
set_property(TARGET CAF::openssl PROPERTY INTERFACE_LINK_LIBRARIES "CAF::io;OpenSSL::SSL")

if(OQ_TESTS)
  find_package(GTest REQUIRED)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
