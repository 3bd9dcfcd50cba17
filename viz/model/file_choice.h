#pragma once

#include <string>

namespace loopscope::viz {

/// A file that can be opened from the list.
struct FileChoice {
  std::string group;          ///< "Recent", "Folder ~/a", "Library"
  std::string title, detail;  ///< "lifecycle", "Two tasks share one loop"
  std::string path;           ///< what command::Open takes
};

}  // namespace loopscope::viz
