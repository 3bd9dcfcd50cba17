// Chrome Trace JSON, read back and held to the rules of its readers.
#pragma once

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "traces/formats/chrome.h"

namespace loopscope::testing_support {

struct Slice {
  double begin, end;
  std::string name;
};

/// A reader of the format that holds it to its rules.
struct ChromeExport {
  std::map<int, std::vector<Slice>> slices;  // by track
  std::map<int, std::string> tracks;
  std::vector<nlohmann::json> events;

  explicit ChromeExport(const traces::TraceStore& store) {
    std::string text;
    EXPECT_TRUE(traces::write_chrome(store, [&](std::string_view part) {
      text += part;
      return true;
    }));
    const auto all = nlohmann::json::parse(text);
    EXPECT_FALSE(all.contains("displayTimeUnit"));
    for (const nlohmann::json& e : all.at("traceEvents")) events.push_back(e);
    std::stable_sort(events.begin(), events.end(), [](const nlohmann::json& a, const nlohmann::json& b) {
      return a.value("ts", -1.0) < b.value("ts", -1.0);
    });
    std::map<int, std::vector<Slice>> open;
    for (const nlohmann::json& e : events) take(e, open);
    for (const auto& [track, left] : open) EXPECT_TRUE(left.empty()) << "track " << track;
  }

  void take(const nlohmann::json& e, std::map<int, std::vector<Slice>>& open) {
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

/// Slices of a track lie within each other or beside each other; each track has a name.
inline void expect_nesting(const ChromeExport& out) {
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

/// Every arrow starts in a slice and ends in a later one. How many there are.
inline std::size_t expect_flows(const ChromeExport& out) {
  std::map<std::uint64_t, std::vector<std::string>> flows;
  std::map<std::uint64_t, double> begins;
  for (const nlohmann::json& e : out.events) {
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

}  // namespace loopscope::testing_support
