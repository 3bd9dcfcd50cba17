# Configures a stranger's project that has this one as a part of it, both ways, and compiles its program: headers, flags and
# targets are there. The libraries are the same as everywhere and are not built again. Variables: SOURCE, WORK, COMPILER.
file(REMOVE_RECURSE ${WORK})

function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE text ERROR_VARIABLE text RESULT_VARIABLE rc)
  if(NOT rc EQUAL 0)
    string(JOIN " " command ${ARGN})
    message(FATAL_ERROR "${command}: ${rc}\n${text}")
  endif()
endfunction()

foreach(fetch OFF ON)
  set(build ${WORK}/fetch-${fetch})
  run(${CMAKE_COMMAND} -S ${SOURCE}/tests/package/subproject -B ${build} -G Ninja -DCMAKE_CXX_COMPILER=${COMPILER}
      -DLOOPSCOPE=${SOURCE} -DFETCH=${fetch} -DFETCHCONTENT_SOURCE_DIR_LOOPSCOPE=${SOURCE})
  run(${CMAKE_COMMAND} --build ${build} -- -n stranger)
endforeach()
run(${CMAKE_COMMAND} --build ${WORK}/fetch-ON --target CMakeFiles/stranger.dir/main.cpp.o)
