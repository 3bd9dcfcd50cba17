#include <algorithm>
#include <string>

#include "scenarios/load/loader.h"
#include "scenarios/run/runner.h"
#include "tests/fuzz/entries.h"
#include "traces/formats/jsonl.h"

namespace loopscope::fuzz {
namespace {

using scenarios::Scenario;

/// Enough for every statement of a seed to run; little enough for hundreds of runs a second.
void tighten(Budget::Limits& limits) {
  limits.iterations = std::min<std::uint64_t>(limits.iterations, 300);
  limits.events = std::min<std::uint64_t>(limits.events, 10'000);
  limits.steps = std::min<std::uint64_t>(limits.steps, 20'000);
  limits.memory = std::min<std::uint64_t>(limits.memory, 16 << 20);
}

struct Ran {
  scenarios::RunResult result;
  std::string text, trace;
};

Ran run(const Scenario& scenario) {
  Ran ran;
  const auto keep = [&](std::string_view part) {
    ran.trace += part;
    return true;
  };
  traces::TraceHeader header;
  header.title = scenario.title;
  traces::JsonlWriter writer(header, keep);
  const auto say = [&](std::string_view text) { ran.text += text; };
  ran.result = scenarios::Run(scenario, {}, &writer, {.out = say, .err = say}).execute();
  writer.flush();
  return ran;
}

void check_pairs(const traces::TraceStore& store) {
  must(store.size() > 0, "a run has events");
  must(store.event(store.size() - 1).kind == EventKind::thread_ended,
       "the main thread's end is the last event");
  for (std::size_t k = 0; k < store.iteration_count(); ++k)
    must(!store.iteration(k).open, "every iteration ends");
  for (std::size_t k = 0; k < store.run_count(); ++k) must(!store.run(k).open, "every handle ends");
}

}  // namespace

void fuzz_interpreter(std::string_view bytes) {
  scenarios::LoadResult loaded = scenarios::load_scenario(bytes, "fuzz");
  if (!std::holds_alternative<Scenario>(loaded)) return;
  Scenario& scenario = std::get<Scenario>(loaded);
  tighten(scenario.loop.limits);
  const Ran ran = run(scenario);
  must(ran.result.exit_code == 0 || !ran.result.error.empty() || ran.result.exit_code > 1,
       "a run that ends badly says why");
  const Ran again = run(scenario);
  must(again.text == ran.text, "the same scenario says the same");
  must(again.trace == ran.trace, "the same scenario has the same trace");
  const auto read = traces::read_jsonl(ran.trace);
  must(std::holds_alternative<traces::ReadTrace>(read), "a run's trace can be read");
  const auto& trace = std::get<traces::ReadTrace>(read);
  must(trace.unknown_kinds + trace.unknown_fields == 0 && !trace.cut_last_line, "a run's trace is whole");
  check_pairs(*trace.store);
}

}  // namespace loopscope::fuzz
