#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>

#include "app/commands/commands.h"
#include "app/input.h"
#include "app/output_file.h"
#include "scenarios/run/runner.h"
#include "traces/formats/jsonl.h"

namespace loopscope::app {
namespace {

/// The program's stdout and stderr, in the order in which they were written.
class Terminal {
 public:
  scenarios::RunStreams streams() {
    return {[this](std::string_view text) { out(text); },
            [](std::string_view text) { print_error(std::string(text)); }};
  }
  bool ok() const { return problem_ == 0; }
  std::string problem() const { return std::string("stdout: error: cannot be written: ") + std::strerror(problem_) + "\n"; }
  void finish() {
    if (ok() && std::fflush(stdout) != 0) problem_ = errno;
  }

 private:
  void out(std::string_view text) {
    if (ok() && std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) problem_ = errno;
  }

  int problem_ = 0;
};

std::string stats_line(const scenarios::RunResult& result, double wall_seconds) {
  return fmt::format("{} iterations, {} events, {} steps, {:.3f} s on the loop clock, {:.3f} s of real time\n",
                     result.iterations, result.events, result.steps, result.duration, wall_seconds);
}

int execute(const scenarios::Scenario& scenario, const RunArgs& args, TraceSink* sink) {
  Terminal terminal;
  scenarios::RunOptions options;
  options.debug = args.debug;
  if (!args.model.empty()) options.model = args.model;
  scenarios::Run run(scenario, options, sink, terminal.streams());
  const auto began = std::chrono::steady_clock::now();
  const scenarios::RunResult result = run.execute();
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
  terminal.finish();
  if (args.stats) print_error(stats_line(result, wall.count()));
  if (terminal.ok()) return result.exit_code;
  print_error(terminal.problem());
  return kBadInput;
}

int execute_traced(const scenarios::Scenario& scenario, const RunArgs& args) {
  TraceFile file(args.trace, args.file);
  if (!file.ok()) {
    print_error(file.error());
    return kBadInput;
  }
  const std::string model = args.model.empty() ? scenario.loop.model : args.model;
  int code = kFine;
  {
    traces::JsonlWriter writer(header_of(scenario, model), [&file](std::string_view bytes) { return file.write(bytes); });
    code = execute(scenario, args, &writer);
    writer.flush();
  }
  if (file.ok()) return code;
  print_error(file.error());
  return kBadInput;
}

}  // namespace

int run_command(const RunArgs& args) {
  auto read = read_scenario(args.file);
  if (const auto* bad = std::get_if<InputError>(&read)) {
    print_error(bad->text);
    return kBadInput;
  }
  const auto& scenario = std::get<scenarios::Scenario>(read);
  return args.trace.empty() ? execute(scenario, args, nullptr) : execute_traced(scenario, args);
}

}  // namespace loopscope::app
