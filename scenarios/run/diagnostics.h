#pragma once

#include <set>
#include <string>
#include <utility>

#include "core/base/creation.h"
#include "core/loop/error_context.h"
#include "core/loop/event_loop.h"
#include "scenarios/values/value.h"

namespace loopscope::scenarios {

class Interpreter;

/// What a run says about the program on its standard error: asyncio's log, and the
/// interpreter's warnings. Each also stands in the trace.
class Diagnostics {
 public:
  explicit Diagnostics(Interpreter& interpreter) : in_(interpreter) {}
  Diagnostics(const Diagnostics&) = delete;
  Diagnostics& operator=(const Diagnostics&) = delete;

  /// How loops of the program report.
  LoopOptions loop_options(bool debug);
  /// The context as the dictionary that an exception handler gets.
  Value context_value(const ErrorContext& context);

  /// "RuntimeWarning: coroutine 'nop' was never awaited", once for each line, as CPython's
  /// default filter has it.
  void never_awaited(const std::string& name, const Creation* made);
  /// Where the program stands: "<listing>:5" and the last of its calls, at most so many with asyncio's.
  Ref<Creation> creation(std::size_t most) const;

  /// The program is over, and what it holds goes, in order of creation: suspended frames are
  /// closed, and what was never awaited, never retrieved, or is pending says so.
  void last_words();

 private:
  void default_handler(const ErrorContext& context);
  void close_forgotten(EventLoop& loop);
  struct PlaceOfWarning {
    std::string place, source;
    std::uint32_t line = 0;
  };
  PlaceOfWarning place_of_warning() const;

  Interpreter& in_;
  std::set<std::pair<std::string, std::string>> said_;  // text and place
};

}  // namespace loopscope::scenarios
