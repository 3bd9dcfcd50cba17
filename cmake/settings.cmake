# Flags shared by all rooms, and the function that makes a room.

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers are safe to cache when their times are left out of the hash.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()

find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
endif()

add_library(loopscope_settings INTERFACE)
target_include_directories(loopscope_settings INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:include/loopscope>)
target_compile_features(loopscope_settings INTERFACE cxx_std_20)
# Warnings are for those who build this project, not for those who build on it.
if(PROJECT_IS_TOP_LEVEL)
  set(warnings -Wall -Wextra)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13 AND
     CMAKE_BUILD_TYPE STREQUAL "Release")
    # g++ 12 warns of its own std::string when it optimizes (GCC bug 105651).
    list(APPEND warnings -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds -Wno-restrict)
  endif()
  if(LOOPSCOPE_WERROR)
    list(APPEND warnings -Werror)
  endif()
  target_compile_options(loopscope_settings INTERFACE $<BUILD_INTERFACE:$<$<COMPILE_LANGUAGE:CXX>:${warnings}>>)
endif()
if(LOOPSCOPE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(LOOPSCOPE_FUZZ)
  # clang 14 cannot check the types of called functions where there are coroutines.
  set(FUZZ_SANITIZERS -fsanitize=address,undefined -fno-sanitize=function -fno-sanitize-recover=undefined)
  add_compile_options(${FUZZ_SANITIZERS} -fsanitize=fuzzer-no-link)
  add_link_options(${FUZZ_SANITIZERS})
endif()
if(LOOPSCOPE_SANITIZE_THREADS)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

# loopscope_room(NAME DIRECTORIES... DEPENDS TARGETS...): a static library of every
# source in the directories.
function(loopscope_room name)
  cmake_parse_arguments(ROOM "" "" "DIRECTORIES;DEPENDS" ${ARGN})
  set(sources)
  foreach(directory ${ROOM_DIRECTORIES})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${directory}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC loopscope_settings ${ROOM_DEPENDS})
  target_precompile_headers(${name} PRIVATE
    <algorithm> <functional> <map> <memory> <optional> <span> <string> <string_view>
    <unordered_map> <utility> <variant> <vector>)
endfunction()
