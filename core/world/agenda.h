#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>

namespace loopscope {

/// What will happen outside the program: actions by time, at one time in the order in
/// which they were scheduled. Never looks at a clock: time is told.
class Agenda final {
 public:
  /// Runs on whichever thread holds the baton; must not block, and runs no program code.
  using Action = std::function<void()>;

  /// `at`: seconds on the loop clock; what is past already happens next.
  void schedule(double at, Action action) { actions_.emplace(at, std::move(action)); }

  bool empty() const { return actions_.empty(); }
  /// The time of the next action; none when nothing will happen any more.
  std::optional<double> next() const {
    return actions_.empty() ? std::nullopt : std::optional(actions_.begin()->first);
  }
  /// Takes the next action if its time has come; else an empty one.
  Action pop_due(double now) {
    if (actions_.empty() || actions_.begin()->first > now) return {};
    Action action = std::move(actions_.begin()->second);
    actions_.erase(actions_.begin());
    return action;
  }

 private:
  std::multimap<double, Action> actions_;
};

}  // namespace loopscope
