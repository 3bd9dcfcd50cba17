# Installs what BUILD holds into an empty folder, builds the example against it as a stranger would, runs it, and opens
# its trace with the installed program. Variables: BUILD, EXAMPLE, WORK, COMPILER, BUILD_TYPE, FLAGS.
file(REMOVE_RECURSE ${WORK})
file(MAKE_DIRECTORY ${WORK})

function(run out)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${WORK} OUTPUT_VARIABLE text ERROR_VARIABLE text RESULT_VARIABLE rc)
  if(NOT rc EQUAL 0)
    string(JOIN " " command ${ARGN})
    message(FATAL_ERROR "${command}: ${rc}\n${text}")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

function(expect text part)
  string(FIND "${text}" "${part}" at)
  if(at EQUAL -1)
    message(FATAL_ERROR "'${part}' is missing in:\n${text}")
  endif()
endfunction()

run(text ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(text ${CMAKE_COMMAND} -S ${EXAMPLE} -B ${WORK}/build -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/prefix
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=${BUILD_TYPE} "-DCMAKE_CXX_FLAGS=${FLAGS}")
run(text ${CMAKE_COMMAND} --build ${WORK}/build)
run(text ${WORK}/build/two_tasks)
if(NOT text STREQUAL "'A is here'\n'B is here'\nC is late at 2.5 s\n")
  message(FATAL_ERROR "the example printed:\n${text}")
endif()
run(text ${WORK}/prefix/bin/loopscope explain ${WORK}/two_tasks.trace.jsonl)
expect("${text}" "A returns 'A is here' and is done")
