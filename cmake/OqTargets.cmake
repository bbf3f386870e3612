# oq_library and oq_test: how a folder becomes a library and its tests a binary.
include(GoogleTest)
set(OQ_SANITIZE "" CACHE STRING "comma-separated sanitizers, empty for none")
set(OQ_TEST_LAUNCHER "" CACHE STRING "command put before every test binary")

add_library(oq_options INTERFACE)
target_include_directories(oq_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(oq_options INTERFACE
  -Wall -Wextra -Wconversion -Wno-sign-conversion -Wshadow -Werror=switch -Werror=return-type)
if(OQ_SANITIZE)
  target_compile_options(oq_options INTERFACE -fsanitize=${OQ_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(oq_options INTERFACE -fsanitize=${OQ_SANITIZE})
endif()
if(OQ_FUZZ)
  target_compile_options(oq_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

# oq_library(NAME SOURCES a.cpp … [PUBLIC lib …] [PRIVATE lib …]); links as oq::NAME.
# What `PUBLIC` and `PRIVATE` name is compiled against as system headers.
function(oq_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(oq_${name} STATIC ${arg_SOURCES})
  add_library(oq::${name} ALIAS oq_${name})
  target_link_libraries(oq_${name} PUBLIC oq_options ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

# oq_precompile(TARGET header.hpp …): compiles the headers that most files of the target begin with once.
# ccache uses what it kept only when told that nobody looks at the macros and the time inside; headers
# named in angle brackets are the same text in every tree. Only with GCC: Clang also looks at the headers' times, which
# differ from those of what was kept.
function(oq_precompile target)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  list(TRANSFORM ARGN REPLACE "(.+)" "<\\1>" OUTPUT_VARIABLE headers)
  target_precompile_headers(${target} PRIVATE ${headers})
  if(CCACHE_PROGRAM)
    set_target_properties(${target} PROPERTIES CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${CCACHE_PROGRAM}")
  endif()
endfunction()

# As oq_library, for numeric code: no fused multiply-add, so that bits do not depend on the machine's flags.
function(oq_engine_library name)
  oq_library(${name} ${ARGN})
  target_compile_options(oq_${name} PRIVATE -ffp-contract=off)
endfunction()

# oq_test(NAME SOURCES a_test.cpp … LIBS lib … [LABELS l …] [TIMEOUT s] [ENVIRONMENT K=V …])
function(oq_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LIBS;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE oq_options ${arg_LIBS} GTest::gmock GTest::gtest GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  add_test(NAME ${name} COMMAND ${OQ_TEST_LAUNCHER} $<TARGET_FILE:${name}> --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT}
    ENVIRONMENT "${arg_ENVIRONMENT}" SKIP_REGULAR_EXPRESSION "ALL TESTS SKIPPED")
endfunction()
