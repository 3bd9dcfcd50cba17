#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/scenario.h"
#include "traces/formats/jsonl.h"
#include "traces/trace_store.h"

namespace loopscope::app {

/// Text for stderr that says what is wrong with the input: one or more whole lines.
struct InputError {
  std::string text;
  /// One thing that is wrong, where it stands in the file: line and column from 1, 0 = nowhere.
  struct Problem {
    std::uint32_t line = 0, column = 0;
    std::string message;
  };
  std::vector<Problem> problems;  ///< the same without the file's name
};

/// A file's bytes. `label` is how messages call it.
struct InputFile {
  std::string label;
  std::string name;   ///< without directory and extension
  std::string text;
  bool from_library = false;
};

/// Reads FILE: a path, or a library scenario's bare name. A path wins when both exist. `go_on` is
/// told bytes; false stops it, which is an error.
std::variant<InputFile, InputError> read_input(const std::string& file, const traces::ReadProgress& go_on = {});

/// A scenario file, loaded; or every error of it, each as FILE:LINE:COL: error: ...
std::variant<scenarios::Scenario, InputError> read_scenario(const std::string& file);

/// What FILE shows: a trace as recorded, or a scenario together with its run.
using TracePtr = std::shared_ptr<traces::TraceStore>;

/// The header of a trace of this scenario.
traces::TraceHeader header_of(const scenarios::Scenario& scenario, const std::string& model);

struct LoadedTrace {
  traces::ReadTrace trace;
  std::string name;
  std::string notes;         ///< warnings for stderr: a cut last line, unknown kinds
  std::string run_error;     ///< a scenario's run that ended badly, one line
};

/// FILE as what it is: a trace, read; a scenario, loaded but not run; or why neither.
std::variant<LoadedTrace, scenarios::Scenario, InputError> open_input(const std::string& file);

/// The same of a file that is read already.
std::variant<LoadedTrace, scenarios::Scenario, InputError> open_input(const InputFile& file,
                                                                      const traces::ReadProgress& go_on = {});
/// Whether it is a trace, and no scenario.
bool is_trace(const InputFile& file);

/// A trace file, or a scenario that is run to its end into memory, on `model` where it is
/// given; a trace is of the model it was recorded on, so that another one is an error.
std::variant<LoadedTrace, InputError> read_trace_or_run(const std::string& file, const std::string& model = {});

}  // namespace loopscope::app
