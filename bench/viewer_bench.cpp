// What the viewer costs: building a frame, opening a trace, going to any event.
#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>

#include "tests/viz/headless.h"
#include "traces/findings/finding.h"
#include "traces/formats/jsonl.h"
#include "traces/range_stats.h"
#include "traces/search.h"

#include "bench/big_trace.h"

namespace loopscope::bench {
namespace {

std::shared_ptr<traces::TraceStore> kept_trace(std::size_t events) {
  static std::map<std::size_t, std::shared_ptr<traces::TraceStore>> kept;
  auto& store = kept[events];
  if (!store) store = big_trace(events);
  return store;
}

enum Zoom { kFull, kMiddle, kStep };

/// How far in: the whole trace, a hundredth of it, a hundred events.
double zoom_factor(std::size_t events, int zoom) {
  if (zoom == kFull) return 1;
  return zoom == kMiddle ? 100 : std::max(1.0, static_cast<double>(events) / 100);
}

/// One frame, ImGui NewFrame to Render, without rasterizing, while the cursor stands still.
void build_frame(benchmark::State& state, viz::AxisKind axis) {
  const auto events = static_cast<std::size_t>(state.range(0));
  viz::HeadlessDriver driver(kept_trace(events));
  driver.viewer.apply(viz::command::Seek{events / 2});
  driver.viewer.view().axis = axis;
  driver.viewer.apply(
      viz::command::Zoom{static_cast<float>(zoom_factor(events, static_cast<int>(state.range(1))))});
  driver.frame(2);
  for (auto _ : state) driver.frame();
  state.counters["vertices"] = driver.vertices();
}
void Frame_steps_axis(benchmark::State& state) { build_frame(state, viz::AxisKind::steps); }
void Frame_clock_axis(benchmark::State& state) { build_frame(state, viz::AxisKind::clock); }
BENCHMARK(Frame_steps_axis)
    ->ArgsProduct({{1000, 100'000, 1'000'000}, {kFull, kMiddle, kStep}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(Frame_clock_axis)
    ->ArgsProduct({{1000, 100'000, 1'000'000}, {kFull, kMiddle, kStep}})
    ->Unit(benchmark::kMillisecond);

/// The cursor's place at the end of a run, found again in an equal one: what editing and running again
/// costs beside the run.
void Same_place_in_a_new_run(benchmark::State& state) {
  const auto store = kept_trace(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    viz::PlaceFinder finder(viz::mark_place(*store, store->size() - 2));
    benchmark::DoNotOptimize(finder.look(*store));
  }
}
BENCHMARK(Same_place_in_a_new_run)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// One frame after a step by an event: with a new state, narration and why-chain.
void Frame_after_a_step(benchmark::State& state) {
  const auto events = static_cast<std::size_t>(state.range(0));
  viz::HeadlessDriver driver(kept_trace(events));
  driver.viewer.apply(viz::command::Seek{events / 2});
  driver.frame(2);
  for (auto _ : state) {
    driver.viewer.apply(viz::command::Step{viz::Granularity::event, true});
    driver.frame();
  }
}
BENCHMARK(Frame_after_a_step)->Arg(1000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

/// From a JSON Lines file to the first picture's vertices.
void Open_jsonl_to_first_frame(benchmark::State& state) {
  const auto events = static_cast<std::size_t>(state.range(0));
  const auto path = std::filesystem::temp_directory_path() / "loopscope_bench.trace.jsonl";
  {
    std::ofstream out(path, std::ios::binary);
    traces::write_jsonl(*kept_trace(events), [&out](std::string_view bytes) {
      out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      return out.good();
    });
  }
  for (auto _ : state) {
    std::ifstream in(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    auto read = traces::read_jsonl(text);
    if (!std::holds_alternative<traces::ReadTrace>(read))
      return state.SkipWithError("the trace cannot be read");
    viz::HeadlessDriver driver(std::get<traces::ReadTrace>(read).store);
    benchmark::DoNotOptimize(driver.vertices());
  }
  std::filesystem::remove(path);
}
BENCHMARK(Open_jsonl_to_first_frame)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->Iterations(2);

/// The time that `call` takes: the best of a few tries, so that other programs do not count.
template <class Call>
double best_ms(Call call) {
  double best = 1e9;
  for (int tries = 0; tries < 3; ++tries) {
    const auto begin = std::chrono::steady_clock::now();
    call();
    best = std::min(
        best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

/// The slowest of state_at over the trace.
void State_at_worst_event(benchmark::State& state) {
  const auto store = kept_trace(static_cast<std::size_t>(state.range(0)));
  double worst = 0;
  for (auto _ : state) {
    for (std::size_t i = 4095; i < store->size(); i += 4096 * 7)
      worst = std::max(worst, best_ms([&] { benchmark::DoNotOptimize(store->state_at(i)); }));
  }
  state.counters["worst_ms"] = worst;
}
BENCHMARK(State_at_worst_event)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void Findings(benchmark::State& state) {
  const auto store = kept_trace(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(traces::find_all(*store));
}
BENCHMARK(Findings)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void Search_everything(benchmark::State& state) {
  const auto store = kept_trace(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(traces::search(*store, "served"));
}
BENCHMARK(Search_everything)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void Range_statistics(benchmark::State& state) {
  const auto store = kept_trace(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(traces::range_stats(*store, 0, store->size() - 1));
}
BENCHMARK(Range_statistics)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace loopscope::bench

BENCHMARK_MAIN();
