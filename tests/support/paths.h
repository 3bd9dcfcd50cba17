// Where a test finds the project's files and its program.
#pragma once

#include <filesystem>
#include <string>

namespace loopscope::support {

/// The root of the source tree the tests were built from.
const std::filesystem::path& source_dir();

/// The `loopscope` program built beside the tests.
const std::string& loopscope_binary();

}  // namespace loopscope::support
