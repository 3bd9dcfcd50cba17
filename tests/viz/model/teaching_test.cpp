#include "viz/model/teaching.h"

#include <set>

#include "core/trace/event_reader.h"
#include "tests/viz/lesson_trace.h"
#include "traces/selector.h"
#include "viz/model/viewer.h"

namespace loopscope::viz {
namespace {

using What = command::Teach::What;

class TeachingTest : public testing::Test {
 protected:
  TeachingTest() { viewer.show({store, "lifecycle", "Two tasks share one loop"}, false); }

  void press(const KeyPress& key) {
    const auto command = command_for(key, viewer.context());
    ASSERT_TRUE(command) << key_text(key);
    viewer.apply(*command);
  }
  void type(char32_t c) { press(typed(c)); }
  void enter(bool shift = false) { press({.key = KeyName::enter, .shift = shift}); }
  const Teaching& teaching() const { return viewer.view().teaching; }
  EventIndex place(const char* selector) const {
    return std::get<EventIndex>(traces::select_event(*store, selector));
  }

  std::shared_ptr<traces::TraceStore> store = lesson_trace();
  Viewer viewer;
};

TEST_F(TeachingTest, A_lesson_goes_from_stop_to_stop_and_back_by_Enter) {
  EXPECT_EQ(viewer.view().lesson_stops, 6U);
  type(U'c');
  ASSERT_EQ(teaching().mode(), Teaching::Mode::tour);
  EXPECT_EQ(viewer.cursor(), place("line 12"));
  EXPECT_FALSE(teaching().asks());
  enter();
  EXPECT_EQ(viewer.cursor(), place("iteration 2"));
  EXPECT_TRUE(teaching().asks());
  enter(true);
  EXPECT_EQ(viewer.cursor(), place("line 12"));
  EXPECT_FALSE(teaching().asks());
}

TEST_F(TeachingTest, A_right_answer_shows_where_the_run_bears_it_out_and_counts) {
  type(U'c');
  enter();
  ASSERT_TRUE(teaching().question());
  EXPECT_TRUE(teaching().question()->handles);
  type(U'2');
  EXPECT_EQ(teaching().mark(), Mark::right);
  EXPECT_EQ(store->event(viewer.cursor()).kind, EventKind::handle_begin);
  EXPECT_EQ(teaching().title(), "lesson 2/6 – 1 of 1 right");
  EXPECT_EQ(teaching().sentence(), "First in, first out: A’s step stands at the head of the ready queue.");
}

TEST_F(TeachingTest, A_wrong_answer_names_the_rule_and_can_be_asked_again) {
  type(U'c');
  enter();
  type(U'1');
  EXPECT_EQ(teaching().mark(), Mark::wrong);
  EXPECT_NE(teaching().sentence().find("First in, first out: A’s step was queued before B’s step (events "),
            std::string::npos)
      << teaching().sentence();
  ASSERT_TRUE(teaching().last_miss());
  EXPECT_EQ(teaching().last_miss()->stop, 1U);
  EXPECT_EQ(teaching().title(), "lesson 2/6 – 0 of 1 right");
  enter();  // on to the next question
  EXPECT_EQ(viewer.cursor(), place("output 'B: starting'"));
  type(U'k');
  EXPECT_EQ(teaching().stop(), 1U);
  EXPECT_TRUE(teaching().asks());
  type(U'2');
  EXPECT_EQ(teaching().title(), "lesson 2/6 – 1 of 1 right");
}

TEST_F(TeachingTest, While_a_question_stands_nothing_shows_what_comes) {
  type(U'c');
  enter();
  const EventIndex here = viewer.cursor();
  const Command all[] = {command::Seek{here + 5},
                         command::Step{Granularity::handle, true},
                         command::Step{Granularity::iteration, true},
                         command::FollowWake{true},
                         command::RunToBreakpoint{true},
                         command::Back{},
                         command::NextBookmark{true},
                         command::OpenPrompt{PromptKind::search},
                         command::TogglePlay{}};
  for (const Command& command : all) {
    viewer.apply(command);
    viewer.advance(1);
    EXPECT_EQ(viewer.cursor(), here) << command.index();
    EXPECT_FALSE(viewer.view().playing);
    EXPECT_FALSE(viewer.takes_text());
    EXPECT_FALSE(teaching().note().empty());
  }
  EXPECT_TRUE(teaching().asks());
  EXPECT_EQ(viewer.frame(1600, 1000, 1, 0).narration.text.find("A"), std::string::npos);
}

TEST_F(TeachingTest, Arrows_move_the_focus_and_Enter_takes_it_but_Enter_alone_does_not_guess) {
  type(U'c');
  enter();
  enter();
  EXPECT_TRUE(teaching().asks());
  EXPECT_FALSE(teaching().note().empty());
  press({.key = KeyName::right});
  EXPECT_EQ(teaching().focused(), 0U);
  press({.key = KeyName::right});
  EXPECT_EQ(teaching().focused(), 1U);
  press({.key = KeyName::right});
  EXPECT_EQ(teaching().focused(), 0U);
  press({.key = KeyName::left});
  EXPECT_EQ(teaching().focused(), 1U);
  enter();
  EXPECT_EQ(teaching().mark(), Mark::right);
}

TEST_F(TeachingTest, A_hint_rules_a_wrong_choice_out_and_Show_me_counts_for_nothing) {
  type(U'c');
  enter();
  type(U'y');
  EXPECT_EQ(teaching().mark(), Mark::shown);
  EXPECT_EQ(teaching().title(), "lesson 2/6");
  enter();
  ASSERT_TRUE(teaching().asks());
  type(U'h');
  ASSERT_TRUE(teaching().hint() && teaching().hint()->not_this);
  const std::size_t out = *teaching().hint()->not_this;
  EXPECT_NE(out, teaching().question()->right);
  type(static_cast<char32_t>(U'1' + out));
  EXPECT_TRUE(teaching().asks()) << "what is ruled out cannot be chosen";
  type(U'9');
  EXPECT_TRUE(teaching().asks()) << "there is no ninth";
  type(U'2');
  EXPECT_EQ(teaching().mark(), Mark::right);
  EXPECT_NE(teaching().sentence().find("'B: done' is printed first, at event"), std::string::npos)
      << teaching().sentence();
}

TEST_F(TeachingTest, A_question_without_choices_takes_them_from_the_run) {
  type(U'c');
  viewer.apply(command::Teach{What::next});
  for (const char32_t key : {U'2', U'2'}) {
    type(key);
    enter();
  }
  ASSERT_EQ(teaching().stop(), 3U);
  ASSERT_TRUE(teaching().asks());
  EXPECT_EQ(teaching().question()->text, "Which one now?");
  EXPECT_GE(teaching().question()->choices.size(), 2U);
}

TEST_F(TeachingTest, A_place_that_is_not_reached_stops_nobody) {
  type(U'c');
  for (int i = 0; i < 12 && teaching().has_next(); ++i) {
    if (teaching().asks()) type(U'y');
    enter();
  }
  EXPECT_EQ(teaching().stop(), 5U);
  EXPECT_FALSE(teaching().stops()[4].event);
  EXPECT_EQ(viewer.cursor(), store->size() - 1);
}

TEST_F(TeachingTest, A_run_made_anew_goes_on_with_the_lesson_at_the_same_stop_with_the_same_answers) {
  type(U'c');
  enter();
  type(U'1');  // wrong
  enter();
  ASSERT_TRUE(teaching().asks());
  const EventIndex before = viewer.cursor();
  viewer.show({lesson_trace(), "lifecycle", "Two tasks share one loop"}, true);
  EXPECT_TRUE(teaching().asks());
  EXPECT_EQ(teaching().stop(), 2U);
  EXPECT_EQ(viewer.cursor(), before);
  EXPECT_EQ(teaching().marks(), std::vector{Mark::wrong});
  ASSERT_TRUE(teaching().last_miss());
  type(U'2');
  EXPECT_EQ(teaching().mark(), Mark::right);
}

TEST_F(TeachingTest, A_lesson_waits_for_the_end_of_the_run_made_anew_and_asks_changed_questions_again) {
  type(U'c');
  enter();
  type(U'2');
  std::string changed = kLesson;
  changed.replace(changed.find("Which handle runs next?"), 5, "What ");
  traces::TraceHeader header;
  header.scenario_json = changed;
  auto growing = std::make_shared<traces::TraceStore>(header);
  viewer.show({growing, "lifecycle", ""}, true);
  EXPECT_FALSE(teaching().on());
  SampleTraceWriter(*growing).write();
  viewer.resume();
  EXPECT_FALSE(teaching().on());
  growing->finish();
  viewer.resume();
  EXPECT_TRUE(teaching().asks());
  EXPECT_EQ(teaching().stop(), 1U);
  EXPECT_TRUE(teaching().marks().empty());
}

TEST_F(TeachingTest, Predict_mode_asks_the_same_question_again_in_a_run_made_anew) {
  type(U'q');
  type(U'1');
  type(U'q');
  type(U'q');
  ASSERT_TRUE(teaching().asks());
  const EventIndex before = viewer.cursor();
  viewer.show({lesson_trace(), "lifecycle", ""}, true);
  EXPECT_TRUE(teaching().asks());
  EXPECT_EQ(viewer.cursor(), before);
}

TEST_F(TeachingTest, Another_file_leaves_the_lesson) {
  type(U'c');
  viewer.show({lesson_trace(), "other", ""}, false);
  EXPECT_FALSE(teaching().on());
}

TEST_F(TeachingTest, Esc_leaves_at_any_time_and_everything_moves_again) {
  type(U'c');
  enter();
  ASSERT_TRUE(teaching().asks());
  press({.key = KeyName::escape});
  EXPECT_FALSE(teaching().on());
  press({.key = KeyName::end});
  EXPECT_EQ(viewer.cursor(), store->size() - 1);
  type(U'c');
  EXPECT_TRUE(teaching().on());
  type(U'c');
  EXPECT_FALSE(teaching().on());
}

TEST_F(TeachingTest, Predict_mode_asks_at_every_handle_run_and_knows_the_answer) {
  type(U'q');
  std::size_t asked = 0;
  for (; asked <= store->run_count() && teaching().asks(); ++asked) {
    const Question question = *teaching().question();
    const traces::HandleRun run = store->run(asked);
    EXPECT_EQ(viewer.cursor() + 1, run.begin);
    ASSERT_LT(question.right, question.choices.size());
    EXPECT_EQ(question.choices[question.right].candidate->handle.handle, run.handle);
    EXPECT_GE(question.choices.size(), 2U);
    EXPECT_LE(question.choices.size(), 9U);
    type(static_cast<char32_t>(U'1' + (asked % 2 == 0 ? question.right : (question.right + 1) % 2)));
    ASSERT_FALSE(teaching().asks());
    EXPECT_FALSE(teaching().sentence().empty());
    EXPECT_EQ(viewer.cursor(), run.begin);
    enter();
  }
  EXPECT_EQ(asked, store->run_count());
  EXPECT_EQ(viewer.cursor(), store->size() - 1);
  EXPECT_EQ(teaching().marks().size(), asked);
}

TEST_F(TeachingTest, Every_wrong_prediction_is_answered_by_a_rule_with_its_name) {
  std::set<std::string> rules;
  for (std::size_t k = 0; k < store->run_count(); ++k) {
    const auto question = predict_question(*store, store->run(k).begin - 1);
    ASSERT_TRUE(question);
    EXPECT_FALSE(question->narration.empty());
    const QuestionHint hint = hint_for(*store, *question);
    EXPECT_NE(hint.not_this, question->right);
    for (std::size_t i = 0; i < question->choices.size(); ++i) {
      const std::string said = explain_answer(*store, *question, i);
      ASSERT_NE(said.find(": "), std::string::npos) << said;
      rules.insert(said.substr(0, said.find(": ")));
    }
  }
  EXPECT_THAT(rules, testing::UnorderedElementsAre("First in, first out", "A waiting task is in no queue",
                                                   "A timer waits in the heap until its time",
                                                   "Earliest deadline first"));
}

TEST_F(TeachingTest, A_wrong_guess_at_what_is_printed_names_the_rule_and_the_fact) {
  traces::LessonStep step{"output 'B: starting'", "", "What is printed next?", {"A: done", "B: done"}, 2};
  const auto question = lesson_question(*store, place("output 'B: starting'"), step);
  ASSERT_TRUE(question);
  EXPECT_FALSE(question->handles);
  EXPECT_EQ(explain_answer(*store, *question, 0).find("Await: a task goes on when what it awaits is done"),
            0U);
  EXPECT_NE(explain_answer(*store, *question, 0).find("'B: done' is printed first"), std::string::npos);
  step.ask = "Why?";
  step.choices = {"so", "so not"};
  const auto open = lesson_question(*store, 3, step);
  ASSERT_TRUE(open) << "the author's word counts where the run has none";
  EXPECT_EQ(open->right, 1U);
  EXPECT_EQ(open->answered, 3U);
}

TEST_F(TeachingTest, Predict_mode_stops_whoever_walks_or_plays_before_the_next_run) {
  type(U'q');
  type(U'y');
  const EventIndex first = viewer.cursor();
  viewer.apply(command::Step{Granularity::event, true});
  EXPECT_EQ(viewer.cursor(), first + 1);
  viewer.apply(command::Seek{store->size() - 1});
  EXPECT_EQ(viewer.cursor() + 1, store->run(1).begin);
  EXPECT_TRUE(teaching().asks());
  type(U'y');
  viewer.apply(command::TogglePlay{});
  for (int i = 0; i < 600 && !teaching().asks(); ++i) viewer.advance(0.05);
  EXPECT_TRUE(teaching().asks());
  EXPECT_FALSE(viewer.view().playing);
  EXPECT_EQ(viewer.cursor() + 1, store->run(2).begin);
}

TEST_F(TeachingTest, Predict_mode_from_the_end_begins_anew) {
  viewer.apply(command::Seek{store->size() - 1});
  type(U'q');
  EXPECT_TRUE(teaching().asks());
  EXPECT_EQ(viewer.cursor() + 1, store->run(0).begin);
}

TEST(Teaching, A_run_without_a_lesson_or_events_offers_none) {
  Viewer viewer;
  viewer.show({lesson_trace(""), "x", ""}, false);
  viewer.apply(command::Teach{What::lesson});
  EXPECT_FALSE(viewer.view().teaching.on());
  Viewer empty;
  empty.apply(command::Teach{What::predict});
  empty.apply(command::Teach{What::lesson});
  EXPECT_FALSE(empty.view().teaching.on());
}

TEST(Teaching, A_window_may_begin_with_the_lesson_once_the_run_is_over) {
  Viewer viewer;
  viewer.begin_with_lesson(true);
  viewer.resume();
  EXPECT_FALSE(viewer.view().teaching.on());
  viewer.show({lesson_trace(), "x", ""}, false);
  EXPECT_TRUE(viewer.view().teaching.on());
  viewer.show({lesson_trace(), "y", ""}, false);
  EXPECT_FALSE(viewer.view().teaching.on());
}

TEST(Presenter, One_command_gives_large_type_and_few_panels_and_back) {
  Viewer viewer;
  viewer.show({lesson_trace(), "x", ""}, false);
  const float before = viewer.total_scale(1);
  viewer.apply(*command_for(typed(U'z'), viewer.context()));
  EXPECT_FLOAT_EQ(viewer.total_scale(1), before * Viewer::kPresenterScale);
  const Layout large = viewer.frame(1600, 1000, 1, 0).layout;
  EXPECT_TRUE(large.tasks.empty() && large.timeline.empty() && large.why.empty());
  EXPECT_FALSE(large.program.empty() || large.loop.empty() || large.narration.empty());
  viewer.apply(command::TogglePresenter{});
  EXPECT_FALSE(viewer.frame(1600, 1000, 1, 0).layout.tasks.empty());
}

}  // namespace
}  // namespace loopscope::viz
