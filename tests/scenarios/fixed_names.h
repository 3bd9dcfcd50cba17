#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/names.h"

namespace loopscope::scenarios {

/// A small world of names that does not grow with the registry.
class FixedNames final : public Names {
 public:
  bool is_builtin(std::string_view name) const override { return has(builtins_, name); }
  bool is_module(std::string_view name) const override { return modules_.contains(name); }
  bool is_member(std::string_view module, std::string_view member) const override {
    return is_module(module) && has(modules_.find(module)->second, member);
  }
  std::vector<std::string_view> builtins() const override { return builtins_; }
  std::vector<std::string_view> modules() const override {
    std::vector<std::string_view> names;
    for (const auto& [name, members] : modules_) names.push_back(name);
    return names;
  }
  std::vector<std::string_view> members(std::string_view module) const override {
    return is_module(module) ? modules_.find(module)->second : Words();
  }

 private:
  using Words = std::vector<std::string_view>;
  static bool has(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  Words builtins_ = {"print",     "len",        "range",     "sorted",       "list",     "repr", "isinstance",
                     "Exception", "ValueError", "TypeError", "RuntimeError", "KeyError", "work"};
  std::map<std::string_view, Words> modules_ = {
      {"asyncio",
       {"run", "sleep", "gather", "create_task", "get_event_loop", "get_running_loop", "new_event_loop",
        "set_event_loop", "current_task", "all_tasks", "CancelledError", "Future"}},
      {"functools", {"partial"}},
      {"time", {"sleep", "time", "monotonic", "perf_counter"}}};
};

}  // namespace loopscope::scenarios
