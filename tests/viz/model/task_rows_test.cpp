#include "viz/model/task_rows.h"

#include <gtest/gtest.h>

namespace loopscope::viz {
namespace {

traces::TaskState task(std::uint32_t id, std::uint32_t parent) {
  traces::TaskState t;
  t.id = {id};
  t.parent = {parent};
  return t;
}

TEST(TaskRows, Follow_a_task_by_the_tasks_it_made) {
  traces::SharedVector<traces::TaskState> tasks;
  // 1 makes 2 and 4; 2 makes 3; 5 is made outside any task.
  for (const auto& t : {task(1, 0), task(2, 1), task(3, 2), task(4, 1), task(5, 0)}) tasks.push_back(t);
  TaskRows rows;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const TaskRow& row : rows.of(&tasks, tasks)) seen.emplace_back(row.task.value, row.depth);
  EXPECT_EQ(seen,
            (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{1, 0}, {2, 1}, {3, 2}, {4, 1}, {5, 0}}));
  EXPECT_EQ(rows.rows()[1].next_sibling, 3U);
  EXPECT_EQ(rows.rows()[3].next_sibling, TaskRow::kNone);
  EXPECT_EQ(rows.rows()[2].parent, 1U);
}

TEST(TaskRows, Are_made_anew_only_when_tasks_come_or_go) {
  traces::SharedVector<traces::TaskState> tasks;
  tasks.push_back(task(1, 0));
  TaskRows rows;
  EXPECT_EQ(rows.of(&tasks, tasks).size(), 1U);
  tasks.push_back(task(2, 1));
  EXPECT_EQ(rows.of(&tasks, tasks).size(), 2U);
  tasks.pop_back();
  EXPECT_EQ(rows.of(&tasks, tasks).size(), 1U);
}

TEST(TaskRows, Stand_on_their_own_feet_in_a_damaged_trace) {
  traces::SharedVector<traces::TaskState> tasks;
  // A parent that comes later, one that is itself, one that is missing, and a lost task.
  for (const auto& t : {task(1, 2), task(2, 2), task(3, 77), traces::TaskState{}}) tasks.push_back(t);
  TaskRows rows;
  EXPECT_EQ(rows.of(&tasks, tasks).size(), 3U);
  for (const TaskRow& row : rows.rows()) EXPECT_EQ(row.depth, 0U);
}

TEST(TaskRows, Hold_a_hundred_thousand_tasks_in_one_chain) {
  traces::SharedVector<traces::TaskState> tasks;
  for (std::uint32_t i = 1; i <= 100000; ++i) tasks.push_back(task(i, i - 1));
  TaskRows rows;
  const auto& all = rows.of(&tasks, tasks);
  ASSERT_EQ(all.size(), 100000U);
  EXPECT_EQ(all.back().depth, 99999U);
}

TEST(TaskLink, Is_awaited_only_while_the_parent_waits_for_that_very_task) {
  traces::TaskState parent = task(1, 0), child = task(2, 1);
  parent.phase = traces::TaskPhase::waiting;
  parent.wait = WaitKind::task;
  parent.wait_id = 2;
  EXPECT_EQ(link_of(parent, child), TaskLink::awaited);
  parent.wait_id = 3;
  EXPECT_EQ(link_of(parent, child), TaskLink::created);
  parent.wait_id = 2;
  parent.phase = traces::TaskPhase::running;
  EXPECT_EQ(link_of(parent, child), TaskLink::created);
}

TEST(TaskLink, Is_awaited_by_a_gather_that_made_the_task_on_its_own_line) {
  traces::TaskState parent = task(1, 0), child = task(2, 1);
  parent.phase = traces::TaskPhase::waiting;
  parent.wait = WaitKind::gather;
  parent.line = 12;
  child.created_line = 12;
  EXPECT_EQ(link_of(parent, child), TaskLink::awaited);
  child.created_line = 10;
  EXPECT_EQ(link_of(parent, child), TaskLink::created);
}

TEST(Awaiter, Is_any_task_that_waits_for_it_not_only_the_one_that_made_it) {
  traces::SharedVector<traces::TaskState> tasks;
  traces::TaskState sibling = task(3, 1);
  sibling.phase = traces::TaskPhase::waiting;
  sibling.wait = WaitKind::task;
  sibling.wait_id = 2;
  for (const auto& t : {task(1, 0), task(2, 1), sibling}) tasks.push_back(t);
  EXPECT_EQ(awaiter_of(tasks, tasks[1], 100).task, TaskId{3});
  EXPECT_FALSE(awaiter_of(tasks, tasks[2], 100).task);
  EXPECT_TRUE(awaiter_of(tasks, tasks[2], 100).certain);
}

TEST(Awaiter, Is_not_certain_while_somebody_gathers_or_when_not_all_were_asked) {
  traces::SharedVector<traces::TaskState> tasks;
  traces::TaskState gathers = task(1, 0);
  gathers.phase = traces::TaskPhase::waiting;
  gathers.wait = WaitKind::gather;
  for (const auto& t : {gathers, task(2, 1)}) tasks.push_back(t);
  EXPECT_FALSE(awaiter_of(tasks, tasks[1], 100).certain);
  traces::SharedVector<traces::TaskState> many;
  for (std::uint32_t i = 1; i <= 20; ++i) many.push_back(task(i, 0));
  EXPECT_FALSE(awaiter_of(many, many[1], 10).certain);
}

TEST(VisibleRows, Are_only_those_in_view) {
  EXPECT_EQ(visible_rows(1000, 56, 560, 0), (std::pair<std::size_t, std::size_t>{0, 10}));
  EXPECT_EQ(visible_rows(1000, 56, 560, 57), (std::pair<std::size_t, std::size_t>{1, 12}));
  EXPECT_EQ(visible_rows(3, 56, 560, 0), (std::pair<std::size_t, std::size_t>{0, 3}));
  EXPECT_FLOAT_EQ(clamp_scroll(1e9F, 20, 56, 560), 560);
  EXPECT_FLOAT_EQ(clamp_scroll(100, 3, 56, 560), 0);
}

}  // namespace
}  // namespace loopscope::viz
