#include "traces/formats/chrome.h"

#include <gtest/gtest.h>
#include <random>

#include "tests/support/chrome_export.h"
#include "tests/traces/trace_script.h"

namespace loopscope::traces {
namespace {

using nlohmann::json;
using test::TraceScript;

using Export = testing_support::ChromeExport;
using testing_support::expect_flows;
using testing_support::expect_nesting;
using testing_support::Slice;

TEST(Chrome, Slices_nest_flows_pair_and_tracks_have_names) {
  const Export out(*test::lifecycle());
  expect_nesting(out);
  EXPECT_EQ(expect_flows(out), 3u);
  EXPECT_EQ(out.tracks.at(1), "loop 1 · MainThread");
  EXPECT_EQ(out.tracks.at(100'002), "A");
  std::map<std::string, int> names;
  for (const Slice& slice : out.slices.at(1)) ++names[slice.name];
  EXPECT_EQ(names["run_until_complete"], 3);
  EXPECT_EQ(names["select"], 12);
  EXPECT_EQ(names["run"], 12);
  EXPECT_EQ(names["iteration 3"], 1);
  EXPECT_EQ(names["B"], 2);
}

TEST(Chrome, A_sleep_lasts_as_long_as_it_did) {
  const Export out(*test::lifecycle());
  std::vector<std::string> states;
  for (const Slice& slice : out.slices.at(100'003)) states.push_back(slice.name);
  EXPECT_EQ(states, (std::vector<std::string>{"ready", "running", "sleeping", "ready", "running"}));
  const Slice& sleep = out.slices.at(100'003)[2];
  EXPECT_NEAR(sleep.end - sleep.begin, 1e6, 1);
}

TEST(Chrome, Output_is_an_instant_on_its_tasks_track) {
  const Export out(*test::lifecycle());
  std::vector<std::string> lines;
  for (const json& e : out.events)
    if (e.at("ph") == "i") {
      lines.push_back(e.at("name"));
      EXPECT_EQ(e.at("s"), "t");
      EXPECT_TRUE(out.inside(e.at("tid"), e.at("ts")));
    }
  EXPECT_EQ(lines, (std::vector<std::string>{"A: starting", "B: starting", "B: done", "A: done"}));
}

TEST(Chrome, The_counter_of_the_ready_queue_follows_it) {
  const Export out(*test::lifecycle());
  std::uint64_t most = 0, last = 99;
  for (const json& e : out.events)
    if (e.at("ph") == "C" && e.at("name") == "ready (loop 1)")
      most = std::max(most, last = e.at("args").at("handles"));
  EXPECT_EQ(most, 2u);
  EXPECT_EQ(last, 0u);
}

TEST(Chrome, Random_and_broken_off_traces_keep_the_rules) {
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    TraceStore whole;
    TraceScript script(whole);
    test::write_random(script, seed, 60, [](const TraceScript&) {});
    expect_nesting(Export(whole));
    expect_flows(Export(whole));
    // The same events with some lost.
    TraceStore damaged;
    std::mt19937 random(seed);
    for (EventIndex i = 0; i < whole.size(); ++i)
      if (random() % 10 != 0) damaged.write(whole.event(i), {});
    expect_nesting(Export(damaged));
    expect_flows(Export(damaged));
  }
}

TEST(Chrome, An_empty_trace_and_a_writer_that_fails_are_handled) {
  TraceStore store;
  const Export out(store);
  EXPECT_EQ(out.slices.size(), 0u);
  EXPECT_FALSE(write_chrome(*test::lifecycle(), [](std::string_view) { return false; }));
}

}  // namespace
}  // namespace loopscope::traces
