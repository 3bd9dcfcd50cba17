#include "traces/formats/chrome.h"

#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/traces/trace_script.h"

namespace loopscope::traces {
namespace {

using nlohmann::json;
using test::TraceScript;

struct Slice {
  double begin, end;
  std::string name;
};

// A reader of the format that holds it to its rules.
struct Export {
  std::map<int, std::vector<Slice>> slices;  // by track
  std::map<int, std::string> tracks;
  std::vector<json> events;

  explicit Export(const TraceStore& store) {
    std::string text;
    EXPECT_TRUE(write_chrome(store, [&](std::string_view part) {
      text += part;
      return true;
    }));
    const json all = json::parse(text);
    EXPECT_FALSE(all.contains("displayTimeUnit"));
    for (const json& e : all.at("traceEvents")) events.push_back(e);
    std::stable_sort(events.begin(), events.end(),
                     [](const json& a, const json& b) { return a.value("ts", -1.0) < b.value("ts", -1.0); });
    std::map<int, std::vector<Slice>> open;
    for (const json& e : events) take(e, open);
    for (const auto& [track, left] : open) EXPECT_TRUE(left.empty()) << "track " << track;
  }

  void take(const json& e, std::map<int, std::vector<Slice>>& open) {
    const std::string phase = e.at("ph");
    const int track = e.at("tid");
    EXPECT_EQ(e.at("pid"), 1);
    if (phase == "M") {
      if (e.at("name") == "thread_name") tracks[track] = e.at("args").at("name");
    } else if (phase == "B") {
      open[track].push_back({e.at("ts"), 0, e.at("name")});
    } else if (phase == "E") {
      ASSERT_FALSE(open[track].empty());
      Slice slice = open[track].back();
      open[track].pop_back();
      slice.end = e.at("ts");
      EXPECT_GT(slice.end, slice.begin);
      slices[track].push_back(slice);
    } else if (phase == "X") {
      EXPECT_GT(e.at("dur").get<double>(), 0) << e;
      slices[track].push_back(
          {e.at("ts"), e.at("ts").get<double>() + e.at("dur").get<double>(), e.at("name")});
    }
  }

  // Whether a slice of the track holds `at`, its end not included.
  bool inside(int track, double at) const {
    const auto found = slices.find(track);
    if (found == slices.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(),
                       [at](const Slice& s) { return s.begin <= at + 1e-6 && at < s.end; });
  }
};

void expect_nesting(const Export& out) {
  for (const auto& [track, all] : out.slices) {
    EXPECT_TRUE(out.tracks.contains(track)) << "track without a name: " << track;
    std::vector<Slice> sorted = all;
    std::sort(sorted.begin(), sorted.end(), [](const Slice& a, const Slice& b) {
      return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    std::vector<Slice> stack;
    for (const Slice& slice : sorted) {
      while (!stack.empty() && stack.back().end <= slice.begin + 1e-6) stack.pop_back();
      if (!stack.empty()) {
        ASSERT_LE(slice.end, stack.back().end + 1e-6) << slice.name << " in " << stack.back().name;
      }
      stack.push_back(slice);
    }
  }
}

std::size_t expect_flows(const Export& out) {
  std::map<std::uint64_t, std::vector<std::string>> flows;
  std::map<std::uint64_t, double> begins;
  for (const json& e : out.events) {
    const std::string phase = e.at("ph");
    if (phase != "s" && phase != "f") continue;
    const std::uint64_t id = e.at("id");
    flows[id].push_back(phase);
    EXPECT_EQ(e.at("name"), "wakes");
    EXPECT_EQ(e.at("cat"), "wake");
    EXPECT_TRUE(out.inside(e.at("tid"), e.at("ts"))) << e;
    if (phase == "s")
      begins[id] = e.at("ts");
    else
      EXPECT_GT(e.at("ts").get<double>(), begins[id]);
    EXPECT_EQ(e.contains("bp"), phase == "f");
  }
  for (const auto& [id, phases] : flows) EXPECT_EQ(phases, (std::vector<std::string>{"s", "f"})) << id;
  return flows.size();
}

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
