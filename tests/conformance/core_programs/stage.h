#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/asyncio.h"

namespace loopscope::test {

/// Where a program of the core's own stands: what it prints goes into the trace, as Python's does.
class Stage {
 public:
  Stage(World world, Tracer& tracer, Budget& budget) : world_(world), tracer_(tracer), budget_(budget) {}

  World world() const { return world_; }
  Tracer& tracer() const { return tracer_; }
  Budget& budget() const { return budget_; }

  /// Python's print.
  template <class... A>
  void print(const A&... arguments) {
    std::string line;
    ((line += (line.empty() ? "" : " ") + str(arguments)), ...);
    tracer_.emit(make::output(world_.threads.current().loop, {}, 0), {{TextField::text, line}});
  }

 private:
  template <class T>
  static std::string str(const T& value) {
    if constexpr (std::is_convertible_v<const T&, std::string_view>)
      return std::string(std::string_view(value));
    else if constexpr (std::is_same_v<T, AnyValue>)
      return value.template get_if<std::string>() ? value.template as<std::string>() : value.repr();
    else
      return AnyValue(value).repr();
  }
  template <class T>
  static std::string str(const std::vector<T>& list) {
    std::vector<AnyValue> values(list.begin(), list.end());
    return trace_repr(values);
  }

  World world_;
  Tracer& tracer_;
  Budget& budget_;
};

/// A program: its main coroutine is given to asyncio.run.
using Program = Coroutine<> (*)(Stage&);

Coroutine<> futures(Stage& out);
Coroutine<> gathers(Stage& out);
Coroutine<> locks(Stage& out);
Coroutine<> own_errors(Stage& out);
Coroutine<> queue_workers(Stage& out);
Coroutine<> retries(Stage& out);
Coroutine<> scopes(Stage& out);
Coroutine<> streams(Stage& out);
Coroutine<> threads(Stage& out);
Coroutine<> two_loops(Stage& out);
Coroutine<> typed(Stage& out);
Coroutine<> waits(Stage& out);

}  // namespace loopscope::test
