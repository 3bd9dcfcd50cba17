// What `check` says of a lesson: each place must be reached, each answer be right.
#include "app/lesson_check.h"

#include <gtest/gtest.h>

#include "app/input.h"
#include "scenarios/load/loader.h"
#include "scenarios/run/runner.h"
#include "tests/app/library_run.h"
#include "tests/support/paths.h"
#include "tests/support/process.h"

namespace loopscope::app {
namespace {

using testing_support::TemporaryFolder;

/// A and B sleep two and one seconds; the lesson stands from line 9 on, a step a line.
std::string with_lesson(const std::string& steps) {
  return R"j({"loopscope": 1, "program": [
  {"async def": "task(name, delay)", "do": [
    "print(f'{name}: starting')", "await asyncio.sleep(delay)", "print(f'{name}: done')", "return name"]},
  {"def": "tick()", "do": ["print('tick')"]},
  {"async def": "main()", "do": [
    "t1 = asyncio.create_task(task('A', 2))", "t2 = asyncio.create_task(task('B', 1))",
    "asyncio.get_running_loop().call_soon(tick)", "await t1", "await t2"]},
  "asyncio.run(main())"], "lesson": [
)j" + steps +
         "]}";
}

std::string text_of(const std::vector<scenarios::Diagnostic>& diagnostics) {
  std::string text;
  for (const auto& d : diagnostics)
    text += std::to_string(d.pos.line) + ":" + std::to_string(d.pos.column) + " " + d.message + "\n";
  return text;
}

LessonReport report_of(const std::string& steps) {
  auto loaded = scenarios::load_scenario(with_lesson(steps), "test");
  if (auto* errors = std::get_if<std::vector<scenarios::Diagnostic>>(&loaded)) {
    ADD_FAILURE() << text_of(*errors);
    return {};
  }
  const auto& scenario = std::get<scenarios::Scenario>(loaded);
  traces::TraceStore store(header_of(scenario, "asyncio"));
  scenarios::Run(scenario, {}, &store, {}).execute();
  store.finish();
  return check_lesson(scenario, store);
}

/// The errors of a question at `at`: what is right, when `answer` is not.
std::string judged(const std::string& at, const std::string& ask, const std::string& choices, int answer) {
  const LessonReport report = report_of("{\"at\": \"" + at + "\", \"ask\": \"" + ask + "\", \"choices\": [" +
                                        choices + "], \"answer\": " + std::to_string(answer) + "}");
  std::string text = text_of(report.errors);
  if (!report.notes.empty()) text += "not judged\n";
  const std::size_t write = text.find("write ");
  return write == std::string::npos ? text : text.substr(write, text.size() - write - 1);
}

TEST(LessonCheck, A_place_that_the_run_does_not_reach_is_an_error_there) {
  const LessonReport report = report_of(R"j({"at": "iteration 3"}, {"at": "end"},
{"say": "x", "at": "iteration 99"},
{"at": "output 'C: done'"}, {"at": "line 9 #3"}, {"at": "task C done"}, {"at": "time 2.5"})j");
  EXPECT_EQ(
      text_of(report.errors),
      "10:20 the run does not reach 'iteration 99': no iteration 99 of loop 1 in this trace\n"
      "11:8 the run does not reach 'output 'C: done'': no such output in this trace\n"
      "11:36 the run does not reach 'line 9 #3': line 9 does not run that often in this trace; it happens 1 "
      "time\n"
      "11:57 the run does not reach 'task C done': no task 'C' ends in this trace\n"
      "11:80 the run does not reach 'time 2.5': the trace ends before that time\n");
}

TEST(LessonCheck, A_wrong_answer_is_an_error_that_says_what_the_run_shows_and_what_to_write) {
  const LessonReport report = report_of(
      R"j({"at": "line 16", "ask": "Which task finishes first?", "choices": ["A", "B"], "answer": 1})j");
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_EQ(report.errors[0].pointer, "/lesson/0/answer");
  EXPECT_EQ(report.errors[0].pos, (scenarios::SourcePos{9, 89}));
  EXPECT_NE(report.errors[0].message.find("the answer 1 ('A') is wrong: 'B' ends first, at event"),
            std::string::npos);
  EXPECT_NE(report.errors[0].message.find("; write 2 ('B')"), std::string::npos);
}

TEST(LessonCheck, Handles_tasks_lines_output_and_phases_are_judged_by_what_comes_first) {
  EXPECT_EQ(judged("iteration 2", "Which handle runs next?", R"("B", "A", "tick")", 2), "");
  EXPECT_EQ(judged("iteration 2", "Which handle runs next?", R"j("tick()", "`B` starts", "`A` starts")j", 1),
            "write 3 ('`A` starts')");
  EXPECT_EQ(judged("output 'B: starting'", "Which callback runs next?", R"j("A", "tick()", "B")j", 1),
            "write 2 ('tick()')");
  EXPECT_EQ(judged("output 'tick'", "What is printed next?", R"("A: done", "'B: done'", "B: failed")", 1),
            "write 2 (''B: done'')");
  EXPECT_EQ(judged("output 'A: done'", "What is printed next?", R"("B: done", "nothing")", 1),
            "write 2 ('nothing')");
  EXPECT_EQ(judged("iteration 2", "Which line runs next?", R"("line 13", "line 4")", 1),
            "write 2 ('line 4')");
  EXPECT_EQ(judged("iteration 2", "Which phase comes first?", R"("run", "select", "timers")", 1),
            "write 2 ('select')");
  EXPECT_EQ(judged("line 16", "Who ends first?", R"("A, it was made first", "B, it sleeps less")", 1),
            "write 2 ('B, it sleeps less')");
}

TEST(LessonCheck, Times_iterations_and_numbers_are_judged_by_what_the_question_names) {
  EXPECT_EQ(judged("iteration 2", "When does B wake?", R"("at 0 s", "At 1.0 s, when its sleep is over")", 1),
            "write 2 ('At 1.0 s, when its sleep is over')");
  EXPECT_EQ(judged("iteration 2", "When is `A: done` printed?", R"("2000 ms", "1 s")", 1), "");
  EXPECT_EQ(judged("output 'A: done'", "When is `B: done` printed?", R"("2 s", "never")", 1),
            "write 2 ('never')");
  EXPECT_EQ(judged("iteration 2",
                   "In which iteration does B go on, when its sleep ends: where is `B: done` printed?",
                   R"("in iteration 3", "in iteration 4")", 1),
            "write 2 ('in iteration 4')");
  EXPECT_EQ(judged("line 16", "How many handles will the next iteration run?", R"("1", "2", "three")", 3),
            "write 1 ('1')");
  EXPECT_EQ(judged("iteration 2", "How many handles wait in the ready queue?", R"("1", "two", "three")", 1),
            "write 3 ('three')");
  EXPECT_EQ(judged("iteration 3", "How long may select wait?", R"("0 s", "1 s", "for ever")", 1),
            "write 2 ('1 s')");
  EXPECT_EQ(judged("iteration 2", "How many times does line 6 run?", R"("once or so", "2")", 2),
            "not judged\n");
  EXPECT_EQ(judged("iteration 2", "How many times does line 6 run?", R"("1", "2")", 1), "write 2 ('2')");
}

TEST(LessonCheck, What_is_printed_is_judged_by_its_task_too) {
  EXPECT_EQ(judged("iteration 2", "Which task prints next?", R"("A", "B")", 2), "write 1 ('A')");
  EXPECT_EQ(judged("output 'A: starting'", "Who prints next?", R"("A", "B", "main")", 1), "write 2 ('B')");
}

TEST(LessonCheck, What_comes_last_and_in_which_order_is_judged_by_all_that_follows) {
  EXPECT_EQ(judged("iteration 2", "What is printed last?", R"("`B: done`", "`A: done`")", 1),
            "write 2 ('`A: done`')");
  EXPECT_EQ(judged("iteration 2", "Which task ends last?", R"("A", "B")", 2), "write 1 ('A')");
  EXPECT_EQ(judged("iteration 2", "In which order do they finish?", R"("A, then B", "B, then A")", 1),
            "write 2 ('B, then A')");
  EXPECT_EQ(judged("iteration 2", "In which order are they printed?",
                   R"("`A: done`, `B: done`", "B: done and A: done")", 2),
            "");
  EXPECT_EQ(judged("iteration 2", "Does A end before B?", R"("Yes", "No, it sleeps longer")", 1),
            "write 2 ('No, it sleeps longer')");
  EXPECT_EQ(judged("iteration 2", "Is `B: done` printed before `A: done`?", R"("yes", "no")", 1), "");
}

TEST(LessonCheck, Durations_are_judged_by_the_clock) {
  EXPECT_EQ(
      judged("output 'B: done'", "How long does the program take in all?", R"("1 s", "2 seconds", "3 s")", 3),
      "write 2 ('2 seconds')");
  EXPECT_EQ(judged("output 'B: done'", "When does the program end?", R"("At 2 s", "At 3 s")", 1), "");
  EXPECT_EQ(judged("iteration 2", "How long does task B take?", R"("1 s", "2 s")", 2), "write 1 ('1 s')");
  EXPECT_EQ(judged("iteration 2", "After how many seconds is `A: done` printed?", R"("1", "2")", 1),
            "write 2 ('2')");
  EXPECT_EQ(judged("iteration 2", "When does B finish?", R"("After 1 second", "After 2 seconds")", 2),
            "write 1 ('After 1 second')");
  // From here, or from the start?
  EXPECT_EQ(judged("output 'B: done'", "When does A finish?", R"("After 1 second", "After 2 seconds")", 2),
            "not judged\n");
}

TEST(LessonCheck, How_things_are_is_judged_by_the_state_at_the_place) {
  EXPECT_EQ(judged("output 'tick'", "What does main wait for?", R"("task B", "task A", "a timer")", 1),
            "write 2 ('task A')");
  EXPECT_EQ(judged("output 'tick'", "What is task B waiting for?", R"("a timer", "a future")", 2),
            "write 1 ('a timer')");
  EXPECT_EQ(judged("output 'B: done'", "Is task A done?", R"("yes", "no")", 1), "write 2 ('no')");
  EXPECT_EQ(judged("output 'tick'", "In what state is B?", R"("ready", "running", "waiting")", 1),
            "write 3 ('waiting')");
  EXPECT_EQ(judged("output 'tick'", "How many tasks are waiting now?", R"("1", "2", "3")", 1),
            "write 3 ('3')");
  EXPECT_EQ(judged("output 'tick'", "What does task B return?", R"("A", "B")", 1), "write 2 ('B')");
  EXPECT_EQ(judged("output 'B: done'", "What time is it?", R"("0 s", "1 s")", 1), "write 2 ('1 s')");
  EXPECT_EQ(judged("iteration 2", "How many iterations has the loop made so far?", R"("2", "9")", 2),
            "write 1 ('2')");
}

TEST(LessonCheck, What_one_does_to_another_is_not_taken_for_what_comes_next) {
  EXPECT_EQ(judged("iteration 2", "Who wakes B up?", R"("main", "A", "B")", 1), "not judged\n");
  EXPECT_EQ(judged("iteration 2", "Which task creates A?", R"("main", "B")", 1), "not judged\n");
}

TEST(LessonCheck, An_answer_that_no_choice_gives_asks_for_one_that_does) {
  const LessonReport report = report_of(
      R"j({"at": "iteration 2", "ask": "When is `B: done` printed?", "choices": ["at 5 s", "at 7 s"], "answer": 1})j");
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_NE(report.errors[0].message.find("none of the choices says so, add one that does"),
            std::string::npos);
}

TEST(LessonCheck, What_no_run_can_tell_is_noted_not_judged) {
  EXPECT_EQ(judged("iteration 2", "Why is A slow?", R"("it sleeps longer", "it is older")", 1),
            "not judged\n");
  EXPECT_EQ(judged("iteration 2", "What does the loop do?", R"("A", "it sleeps until a timer is due")", 2),
            "not judged\n");
}

TEST(LessonCheck, A_question_without_choices_needs_a_handle_that_runs_after_it) {
  EXPECT_EQ(text_of(report_of(R"j({"at": "iteration 2", "ask": "Which handle runs next?"})j").errors), "");
  EXPECT_EQ(text_of(report_of(R"j({"at": "end", "ask": "Which handle runs next?"})j").errors),
            "9:22 no handle runs after this place, so there is none to choose; give 'choices'\n");
}

/// The lessons of the library, each held against its run.
class LibraryLesson : public testing::TestWithParam<std::string> {};

TEST_P(LibraryLesson, Is_reached_and_right_and_every_other_answer_would_be_found_wrong) {
  auto read = read_scenario(GetParam());
  auto& scenario = std::get<scenarios::Scenario>(read);
  if (scenario.lesson.empty()) GTEST_SKIP() << "it has no lesson";
  const TracePtr store = testing_support::library_run(GetParam());
  const LessonReport report = check_lesson(scenario, *store);
  EXPECT_EQ(text_of(report.errors), "");
  EXPECT_EQ(text_of(report.notes), "");
  EXPECT_GE(scenario.lesson.size(), 3U);
  EXPECT_LE(scenario.lesson.size(), 6U);
  std::size_t questions = 0;
  for (scenarios::LessonStep& step : scenario.lesson) {
    const std::size_t right = step.answer;
    questions += right > 0 ? 1 : 0;
    for (step.answer = 1; right > 0 && step.answer <= step.choices.size(); ++step.answer)
      EXPECT_EQ(check_lesson(scenario, *store).errors.size(), step.answer == right ? 0U : 1U) << step.ask;
    step.answer = right;
  }
  EXPECT_GE(questions, 1U);
}

INSTANTIATE_TEST_SUITE_P(Library, LibraryLesson, testing::ValuesIn(testing_support::library_names()),
                         [](const auto& test) { return testing_support::as_test_name(test.param); });

TEST(LessonCheck, The_command_fails_with_file_line_and_column) {
  const TemporaryFolder folder;
  const std::string file = folder.write("l.json", with_lesson("{\"at\": \"iteration 99\"}"));
  const auto result = testing_support::run_process({loopscope::support::loopscope_binary(), "check", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(result.err.find(file + ":9:8: error: the run does not reach 'iteration 99'"), 0U) << result.err;
}

}  // namespace
}  // namespace loopscope::app
