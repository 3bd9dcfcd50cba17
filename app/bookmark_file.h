#pragma once

#include <string>
#include <vector>

#include "viz/model/places.h"

namespace loopscope::app {

/// The bookmarks kept beside `file`, in FILE.bookmarks.json; none when there is no such file.
std::vector<viz::Bookmark> read_bookmarks(const std::string& file);

/// Keeps them there. A library scenario has no file to stand beside, so its bookmarks last
/// as long as the window. Without any bookmark the file goes away.
void write_bookmarks(const std::string& file, const std::vector<viz::Bookmark>& bookmarks);

}  // namespace loopscope::app
