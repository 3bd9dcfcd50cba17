#pragma once

#include <span>
#include <string_view>

namespace loopscope::scenarios {

/// A scenario that travels inside the binary.
struct LibraryFile {
  std::string_view name;  ///< "lifecycle"
  std::string_view text;  ///< the file
};

/// All library scenarios, sorted by name.
std::span<const LibraryFile> library_files();

}  // namespace loopscope::scenarios
