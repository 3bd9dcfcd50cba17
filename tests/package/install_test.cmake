# Installs what BUILD holds into an empty folder, builds the examples against it as a stranger would, runs them, and opens
# a trace with the installed program. Variables: BUILD, EXAMPLES, WORK, COMPILER, BUILD_TYPE, FLAGS.
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

# expect_example(NAME OUTPUT): the example builds without a warning and prints this.
function(expect_example name output)
  run(text ${CMAKE_COMMAND} -S ${EXAMPLES}/${name} -B ${WORK}/${name} -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/prefix
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_BUILD_TYPE=${BUILD_TYPE} "-DCMAKE_CXX_FLAGS=${FLAGS}")
  run(text ${CMAKE_COMMAND} --build ${WORK}/${name})
  run(text ${WORK}/${name}/${name})
  if(NOT text STREQUAL output)
    message(FATAL_ERROR "the example ${name} printed:\n${text}")
  endif()
endfunction()

expect_example(two_tasks "A is here\nB is here\nC is late at 2.5 s\n")
expect_example(echo_server "0 s: HELLO\n1 s: GOOD BYE\nstopped at 3 s\n")
run(text ${WORK}/prefix/bin/loopscope explain ${WORK}/two_tasks.trace.jsonl)
expect("${text}" "A returns 'A is here' and is done")
