#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/run/runner.h"
#include "tests/support/recording_sink.h"

namespace loopscope::scenarios::test {

/// A scenario file made from Python source, as one would write it in a listing: four
/// spaces a level, no imports. `settings` is put beside "program": "\"loop\": {...}".
std::string scenario_json(std::string_view source, std::string_view settings = "");

/// What a run did and said.
struct ScriptRun {
  RunResult result;
  std::string out, err;
  std::vector<std::string> trace;  ///< as RecordingSink writes them
  std::vector<std::string> listing;

  /// The events whose kind begins with `prefix`.
  std::vector<std::string> events(std::string_view prefix) const;
  /// The last event before the main thread's end.
  std::string last_event() const;
  /// The listing lines that ran, in order.
  std::vector<int> lines() const;
};

/// Loads and runs `source`; load errors are failures of the test.
ScriptRun run_script(std::string_view source, std::string_view settings = "", bool traced = true);
/// The output of a program that must end well.
std::string output_of(std::string_view source);
/// The last line of the traceback of a program that must end badly.
std::string error_of(std::string_view source);

/// The path of CPython, or empty: tests against it are skipped then.
std::string python_path();

}  // namespace loopscope::scenarios::test
