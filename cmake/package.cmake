# The libraries by their public names, and `cmake --install`: find_package(loopscope) then gives loopscope::core (the
# event loop) and loopscope::traces (what keeps, reads and writes traces).
foreach(library core traces)
  add_library(loopscope::${library} ALIAS loopscope_${library})
  set_target_properties(loopscope_${library} PROPERTIES EXPORT_NAME ${library})
endforeach()
set_target_properties(loopscope_settings PROPERTIES EXPORT_NAME settings)

if(NOT LOOPSCOPE_INSTALL)
  return()
endif()
if(NOT fmt_FOUND OR NOT nlohmann_json_FOUND)
  message(STATUS "fmt or nlohmann_json is not installed here: only the program can be installed, not the libraries")
endif()

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

if(LOOPSCOPE_APP)
  install(TARGETS loopscope RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(fmt_FOUND AND nlohmann_json_FOUND)
  set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/loopscope)
  install(TARGETS loopscope_core loopscope_traces loopscope_settings EXPORT loopscopeTargets
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/core ${PROJECT_SOURCE_DIR}/traces
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/loopscope FILES_MATCHING PATTERN "*.h")
  install(EXPORT loopscopeTargets NAMESPACE loopscope:: DESTINATION ${package_directory})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/loopscopeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/loopscopeConfig.cmake.in
    ${PROJECT_BINARY_DIR}/loopscopeConfig.cmake INSTALL_DESTINATION ${package_directory})
  install(FILES ${PROJECT_BINARY_DIR}/loopscopeConfig.cmake ${PROJECT_BINARY_DIR}/loopscopeConfigVersion.cmake
          DESTINATION ${package_directory})
endif()
