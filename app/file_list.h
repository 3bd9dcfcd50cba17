#pragma once

#include <string>
#include <vector>

#include "viz/model/file_choice.h"

namespace loopscope::app {

/// What can be opened from a window that shows `file` (a path or a library scenario's name):
/// `recent` files that are still there, scenarios and traces in the folder of `file`, and the
/// library. Each once; not `file` itself among the recent ones.
std::vector<viz::FileChoice> file_list(const std::string& file, const std::vector<std::string>& recent);

/// `file` for the list of recent ones: the absolute path, or a library scenario's name.
std::string remembered_name(const std::string& file);

/// "~/a" is in the user's own folder.
std::string expanded(const std::string& path);

}  // namespace loopscope::app
