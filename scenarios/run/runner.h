#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/trace/trace_sink.h"
#include "scenarios/scenario.h"

namespace loopscope::scenarios {

struct RunOptions {
  std::optional<std::string> model = {};  ///< overrides the scenario's
  bool debug = false;                     ///< loop.debug on top of the scenario's
};

/// Where a run's text goes. Called on the running thread, in order.
struct RunStreams {
  std::function<void(std::string_view)> out = {};  ///< the program's stdout, newline included
  std::function<void(std::string_view)> err = {};  ///< tracebacks, asyncio's log lines
};

struct RunResult {
  /// 0 fine; 1 uncaught exception, limit or deadlock; n for SystemExit(n).
  int exit_code = 0;
  /// Why the run ended badly: the uncaught exception as Python's last traceback line
  /// ("RuntimeError: no"), or the limit's or deadlock's message.
  std::string error;
  std::string limit;  ///< name of the limit that ended the run, or empty
  bool deadlock = false;
  bool stopped = false;  ///< by request_stop
  double duration = 0;   ///< seconds on the loop clock at the end
  std::uint64_t iterations = 0, events = 0, steps = 0;
};

/// A scenario's run on the virtual world.
class Run {
 public:
  /// `scenario` and `sink` (may be null: untraced) must outlive the run.
  Run(const Scenario& scenario, const RunOptions& options, TraceSink* sink, RunStreams streams);
  ~Run();

  /// Runs the program to its end on the calling thread. Once. Never throws; what went
  /// wrong is in the result, on `err`, and as an `error` event at the end of the trace.
  RunResult execute();
  /// Asks the run to end soon. Any thread.
  void request_stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace loopscope::scenarios
