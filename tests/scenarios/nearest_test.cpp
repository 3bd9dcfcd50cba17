#include "scenarios/load/nearest.h"

#include <gtest/gtest.h>

namespace loopscope::scenarios {
namespace {

const std::vector<std::string_view> kNames = {"sleep",        "gather",    "create_task",
                                              "current_task", "all_tasks", "run"};

TEST(Nearest, Finds_the_name_behind_a_slip_of_the_pen) {
  EXPECT_EQ(nearest("slep", kNames), "sleep");
  EXPECT_EQ(nearest("gahter", kNames), "gather");
  EXPECT_EQ(nearest("create_taks", kNames), "create_task");
  EXPECT_EQ(nearest("Sleep", kNames), "sleep");
  EXPECT_EQ(nearest("rnu", kNames), "run");
}

TEST(Nearest, Has_no_suggestion_for_something_else) {
  EXPECT_EQ(nearest("lock", kNames), "");
  EXPECT_EQ(nearest("", kNames), "");
  EXPECT_EQ(nearest(std::string(1000, 'a'), kNames), "");
  EXPECT_EQ(nearest("x", {"y", "z"}), "");
  EXPECT_EQ(nearest("anything", {}), "");
}

TEST(Nearest, Prefers_the_nearer_and_then_the_first) {
  EXPECT_EQ(nearest("tasks", {"task", "tasks_"}), "task");
  EXPECT_EQ(nearest("event", {"events", "event_"}), "events");
}

TEST(Nearest, Counts_edits_in_halves) {
  EXPECT_EQ(edit_distance_halves("kitten", "sitting"), 6U);
  EXPECT_EQ(edit_distance_halves("ab", "ba"), 2U);
  EXPECT_EQ(edit_distance_halves("Run", "run"), 1U);
  EXPECT_EQ(edit_distance_halves("", "abc"), 6U);
  EXPECT_EQ(edit_distance_halves("same", "same"), 0U);
}

TEST(Nearest, Asks_a_question_or_says_nothing) {
  EXPECT_EQ(did_you_mean("slep", kNames), "; did you mean 'sleep'?");
  EXPECT_EQ(did_you_mean("lock", kNames), "");
}

}  // namespace
}  // namespace loopscope::scenarios
