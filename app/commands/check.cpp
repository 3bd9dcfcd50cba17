#include <chrono>
#include <fmt/format.h>
#include <thread>

#include "app/commands/commands.h"
#include "app/expectation.h"
#include "app/file_watch.h"
#include "app/input.h"
#include "app/lesson_check.h"
#include "app/world_notes.h"
#include "scenarios/load/excerpt.h"
#include "scenarios/run/runner.h"

namespace loopscope::app {
namespace {

/// Diagnostics as lines for people, each with its place in the file.
std::string rendered(const std::string& file, const std::vector<scenarios::Diagnostic>& diagnostics,
                     std::string_view severity) {
  if (diagnostics.empty()) return {};
  const auto input = read_input(file);
  const auto* read = std::get_if<InputFile>(&input);
  std::string out;
  for (const scenarios::Diagnostic& d : diagnostics) {
    out += fmt::format("{}:{}:{}: {}: {} (at {})\n", file, d.pos.line, d.pos.column, severity, d.message,
                       d.pointer);
    if (read) out += scenarios::excerpt(read->text, d.pos);
  }
  return out;
}

int check_one(const std::string& file) {
  auto read = read_scenario(file);
  if (const auto* bad = std::get_if<InputError>(&read)) {
    print_error(bad->text);
    return kBadInput;
  }
  const auto& scenario = std::get<scenarios::Scenario>(read);
  traces::TraceStore store(header_of(scenario, scenario.loop.model));
  std::string text, errors;
  scenarios::Run run(
      scenario, {}, &store,
      {[&text](std::string_view t) { text += t; }, [&errors](std::string_view t) { errors += t; }});
  const scenarios::RunResult result = run.execute();
  store.finish();
  const std::vector<std::string> found = differences(scenario.expect, observe(text, store, result));
  for (const auto& notes : {world_notes(scenario), refused_connects(scenario, store)})
    for (const std::string& note : notes) print_error(fmt::format("{}: note: world: {}\n", file, note));
  const LessonReport lesson = check_lesson(scenario, store);
  print_error(rendered(file, lesson.notes, "note") + rendered(file, lesson.errors, "error"));
  if (found.empty() && !lesson.errors.empty()) return kFailed;
  if (found.empty())
    return finish_stdout(
        fmt::format("{}: ok ({} iterations, {:.3f} s)\n", file, result.iterations, result.duration));
  std::string report = fmt::format("{}: the run is not as expected\n", file);
  for (const std::string& line : found) report += "  " + line + "\n";
  if (result.deadlock && !scenario.expect.error)
    if (const std::string advice = server_advice(scenario, store); !advice.empty())
      report += "  " + advice + "\n";
  print_error(report + (scenario.expect.error || scenario.expect.limit ? "" : errors));
  return kFailed;
}

/// Checks each file again when it was saved. Ends when the process is interrupted.
[[noreturn]] void watch(const std::vector<std::string>& files) {
  constexpr auto kEvery = std::chrono::milliseconds(100);
  std::vector<FileWatch> watches(files.begin(), files.end());
  for (;;) {
    std::this_thread::sleep_for(kEvery);
    for (std::size_t i = 0; i < files.size(); ++i)
      if (watches[i].changed()) check_one(files[i]);
  }
}

}  // namespace

int check_command(const CheckArgs& args) {
  int worst = kFine;
  for (const std::string& file : args.files) worst = std::max(worst, check_one(file));
  if (args.watch) watch(args.files);
  return worst;
}

}  // namespace loopscope::app
