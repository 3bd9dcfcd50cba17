#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "core/base/ids.h"

namespace loopscope::traces {

/// Names tasks for people: the program's own name; else the coroutine with its first
/// argument; else "Task-2". Gives no name twice.
class TaskNamer {
 public:
  struct Task {
    TaskId id;
    std::string_view name;  ///< "Task-2", or what the program chose
    bool named = false;     ///< the program chose it
    std::string_view coro;  ///< __qualname__
    std::string_view args;  ///< short repr: "'A', 2"
  };
  struct Names {
    std::string title;  ///< at most 40 characters
    std::string badge;  ///< at most 12 characters
  };
  Names name(const Task& task);

 private:
  std::unordered_set<std::string> titles_, badges_;
};

/// `text` in at most `most` characters, the last of them "…" when something is missing.
std::string cut(std::string_view text, std::size_t most);

/// The first of several arguments: "'A'" of "'A', 2"; keywords lose their name.
std::string_view first_argument(std::string_view args);

}  // namespace loopscope::traces
