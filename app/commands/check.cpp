#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/expectation.h"
#include "app/input.h"
#include "scenarios/run/runner.h"

namespace loopscope::app {
namespace {

int check_one(const std::string& file) {
  auto read = read_scenario(file);
  if (const auto* bad = std::get_if<InputError>(&read)) {
    print_error(bad->text);
    return kBadInput;
  }
  const auto& scenario = std::get<scenarios::Scenario>(read);
  traces::TraceStore store(header_of(scenario, scenario.loop.model));
  std::string text, errors;
  scenarios::Run run(scenario, {}, &store,
                     {[&text](std::string_view t) { text += t; }, [&errors](std::string_view t) { errors += t; }});
  const scenarios::RunResult result = run.execute();
  store.finish();
  const std::vector<std::string> found = differences(scenario.expect, observe(text, store, result));
  if (found.empty())
    return finish_stdout(fmt::format("{}: ok ({} iterations, {:.3f} s)\n", file, result.iterations, result.duration));
  std::string report = fmt::format("{}: the run is not as expected\n", file);
  for (const std::string& line : found) report += "  " + line + "\n";
  print_error(report + (scenario.expect.error || scenario.expect.limit ? "" : errors));
  return kFailed;
}

}  // namespace

int check_command(const std::vector<std::string>& files) {
  int worst = kFine;
  for (const std::string& file : files) worst = std::max(worst, check_one(file));
  return worst;
}

}  // namespace loopscope::app
