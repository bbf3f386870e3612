# oq_embed: files built into a library as text.
# Debian's own interpreter first: it is the one that python3-yaml belongs to.
find_program(OQ_PYTHON3 NAMES python3 PATHS /usr/bin NO_DEFAULT_PATH)
find_program(OQ_PYTHON3 NAMES python3 REQUIRED)

# oq_embed(TARGET HEADER NAMESPACE name=file …): HEADER declares each name as an extern string_view.
function(oq_embed target header namespace)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded.cpp)
  foreach(entry ${ARGN})
    string(REGEX REPLACE "^[^=]*=" "" file ${entry})
    list(APPEND files ${file})
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${OQ_PYTHON3} ${CMAKE_SOURCE_DIR}/cmake/embed.py ${output} ${header} ${namespace} ${ARGN}
    DEPENDS ${CMAKE_SOURCE_DIR}/cmake/embed.py ${files} VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
