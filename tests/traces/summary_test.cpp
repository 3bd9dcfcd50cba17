#include "traces/summary.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/traces/trace_script.h"

namespace loopscope::traces {
namespace {

using test::TraceScript;

TEST(Summary, Counts_what_a_trace_holds) {
  const TraceSummary s = summarize(*test::lifecycle());
  EXPECT_EQ(s.iterations(), 12u);
  EXPECT_EQ(s.loops.size(), 1u);
  EXPECT_TRUE(s.loops[0].closed);
  ASSERT_EQ(s.tasks.size(), 5u);
  EXPECT_EQ(s.tasks[2].title, "B");
  EXPECT_EQ(s.tasks[2].outcome, "returned");
  EXPECT_EQ(s.tasks[2].value, "'B'");
  EXPECT_EQ(s.tasks[2].steps, 2u);
  EXPECT_EQ(s.tasks[2].ended, 1'000'000'000);
  EXPECT_EQ(s.outputs, 4u);
  EXPECT_EQ(s.threads, std::vector<std::string>{"MainThread"});
  EXPECT_EQ(s.kinds[static_cast<std::size_t>(EventKind::timer_promoted)], 2u);
}

TEST(Summary, Text_and_json_say_the_same) {
  TraceStore store({.producer = "p", .title = "title", .scenario_json = {}, .listing = {}, .started_at = {}});
  TraceScript s(store);
  s.start();
  const TaskId task = s.create("work", "");
  s.tracer.emit(make::error(s.loop, task, 7), {{TextField::text, "ValueError: x"}});
  s.tracer.emit(make::warning(s.loop, s.label("slow_callback"), 3), {{TextField::text, "took 0.5 s"}});
  s.emit(make::plain(EventKind::gap, {}, 12));
  const TraceSummary summary = summarize(ReadTrace{.store = std::make_shared<TraceStore>(),
                                                   .unknown_kinds = 2,
                                                   .unknown_fields = 1,
                                                   .cut_last_line = true});
  EXPECT_NE(summary_text(summary).find("Not understood, left out: 2 events, 1 field."), std::string::npos);
  EXPECT_NE(summary_text(summary).find("The last line is cut off"), std::string::npos);
  const std::string text = summary_text(summarize(store));
  EXPECT_NE(text.find("  0.000 s  event 6  error at line 7: ValueError: x\n"), std::string::npos) << text;
  EXPECT_NE(text.find("slow_callback at line 3: took 0.5 s"), std::string::npos);
  EXPECT_NE(text.find("gap: 12 events were lost"), std::string::npos);
  EXPECT_NE(text.find("  work  0 steps  0.000 s to the end  pending\n"), std::string::npos) << text;
  const auto json = nlohmann::json::parse(summary_json(summarize(store)));
  EXPECT_EQ(json.at("problems").size(), 3u);
  EXPECT_EQ(json.at("problems")[0].at("line"), 7);
  EXPECT_EQ(json.at("tasks")[0].at("outcome"), "pending");
  EXPECT_TRUE(json.at("tasks")[0].at("ended").is_null());
  EXPECT_EQ(json.at("kinds").at("gap"), 1);
}

TEST(Summary, Of_an_empty_trace_is_a_summary) {
  EXPECT_NE(summary_text(summarize(TraceStore())).find("0 events"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(summary_json(summarize(TraceStore()))).at("events"), 0);
}

}  // namespace
}  // namespace loopscope::traces
