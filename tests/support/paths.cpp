#include "tests/support/paths.h"

// The only file that is compiled with paths of this machine, so that a compiler cache
// serves every other one in any checkout.
namespace loopscope::support {

const std::filesystem::path& source_dir() {
  static const std::filesystem::path path = LOOPSCOPE_SOURCE_DIR;
  return path;
}

const std::string& loopscope_binary() {
  static const std::string path = LOOPSCOPE_BINARY;
  return path;
}

}  // namespace loopscope::support
