#include "traces/task_names.h"

#include <gtest/gtest.h>
#include <set>

namespace loopscope::traces {
namespace {

struct Namer {
  TaskNamer namer;
  std::uint32_t n = 0;
  TaskNamer::Names add(std::string_view coro, std::string_view args, std::string_view name = {}) {
    const std::string number = "Task-" + std::to_string(++n);
    return namer.name({.id = TaskId{n},
                       .name = name.empty() ? number : name,
                       .named = !name.empty(),
                       .coro = coro,
                       .args = args});
  }
  std::string badge(std::string_view coro, std::string_view args, std::string_view name = {}) {
    return add(coro, args, name).badge;
  }
};

TEST(TaskNames, Are_the_programs_own_or_made_of_coroutine_and_first_argument) {
  Namer n;
  EXPECT_EQ(n.badge("main", ""), "main");
  EXPECT_EQ(n.badge("task", "'A', 2"), "A");
  EXPECT_EQ(n.badge("task", "('B', 1)"), "B");
  EXPECT_EQ(n.badge("fetch", "0"), "fetch 0");
  EXPECT_EQ(n.badge("fetch", "delay=3, x=1"), "fetch 3");
  EXPECT_EQ(n.badge("work", "1", "worker"), "worker");
  EXPECT_EQ(n.badge("main.<locals>.inner", ""), "inner");
}

TEST(TaskNames, Unnamed_duplicates_fall_back_to_the_number) {
  Namer n;
  EXPECT_EQ(n.badge("fetch", "0"), "fetch 0");
  EXPECT_EQ(n.badge("fetch", "0"), "Task-2");
  EXPECT_EQ(n.badge("task", "'A'"), "A");
  EXPECT_EQ(n.badge("other", "'A'"), "other A");
  EXPECT_EQ(n.badge("other", "'A'"), "Task-5");
}

TEST(TaskNames, Long_names_are_cut_and_asyncios_own_tasks_have_short_ones) {
  Namer n;
  EXPECT_EQ(n.badge("download_everything", ""), "download_ev…");
  EXPECT_EQ(n.badge("numbered_task", "1, 0.3"), "number… 1");
  EXPECT_EQ(n.badge("numbered_task", "2, 0.1"), "number… 2");
  EXPECT_EQ(n.add("BaseEventLoop.shutdown_asyncgens", "").badge, "asyncgens");
  const auto executor = n.add("BaseEventLoop.shutdown_default_executor", "");
  EXPECT_EQ(executor.badge, "executor");
  EXPECT_EQ(executor.title, "shutdown_default_executor");
}

TEST(TaskNames, A_long_name_of_ones_own_keeps_the_number_at_its_end) {
  Namer n;
  EXPECT_EQ(n.badge("handle", "", "request handler 0"), "request ha…0");
  EXPECT_EQ(n.badge("handle", "", "request handler 1"), "request ha…1");
  EXPECT_EQ(n.badge("handle", "", "request handler 10"), "request h…10");
  EXPECT_EQ(n.badge("tick", "'worker-thread-4'"), "worker-thr…4");
  EXPECT_EQ(n.badge("tick", "'worker-thread-5'"), "worker-thr…5");
  EXPECT_EQ(n.badge("20231105123456789", ""), "20231105123…") << "a number that is the name";
}

TEST(TaskNames, Are_never_given_twice) {
  Namer n;
  std::set<std::string> badges, titles;
  const char* kArgs[] = {"",      "'A'", "1", "'a very long argument indeed'", "'a very long argument, too'",
                         "Task-3"};
  for (int i = 0; i < 300; ++i) {
    const auto names = n.add(i % 3 ? "task" : "download_everything_now", kArgs[i % 6],
                             i % 5 == 0   ? "worker"
                             : i % 7 == 0 ? "worker·5"
                                          : "");
    EXPECT_TRUE(badges.insert(names.badge).second) << names.badge;
    EXPECT_TRUE(titles.insert(names.title).second) << names.title;
  }
}

TEST(TaskNames, First_argument_respects_quotes_and_brackets) {
  EXPECT_EQ(first_argument("'A, B', 2"), "'A, B'");
  EXPECT_EQ(first_argument("[1, 2], 3"), "[1, 2]");
  EXPECT_EQ(first_argument("'it\\'s, so', 2"), "'it\\'s, so'");
  EXPECT_EQ(first_argument(""), "");
  EXPECT_EQ(first_argument("'unfinished"), "'unfinished");
}

TEST(TaskNames, Cutting_counts_characters_not_bytes) {
  EXPECT_EQ(cut("ääää", 4), "ääää");
  EXPECT_EQ(cut("äääää", 4), "äää…");
  EXPECT_EQ(cut("", 4), "");
}

TEST(TaskNames, Pass_over_arguments_that_only_say_where_they_are_in_memory) {
  TaskNamer namer;
  const auto name = [&](std::uint32_t id, std::string_view args) {
    return namer.name({.id = TaskId{id}, .name = "Task-9", .coro = "user", .args = args}).title;
  };
  EXPECT_EQ(name(1, "<asyncio.locks.Lock object at 0x7f1 [unlocked]>, 3"), "user 3");
  EXPECT_EQ(name(2, "<Event object at 0x7f1>"), "user");
  EXPECT_EQ(name(3, "lock=<Lock object at 0x7f1>, <Lock object at 0x7f2>, n=4"), "user 4");
}

}  // namespace
}  // namespace loopscope::traces
