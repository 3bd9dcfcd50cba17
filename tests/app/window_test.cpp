// End to end: stepping, searching, marking, teaching in the real window.
#include "tests/app/window.h"

namespace loopscope::testing_support {
namespace {

using testing::HasSubstr;

TEST_F(WindowTest, Steps_three_iterations_forward_and_one_back) {
  Window window("lifecycle");
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles()) << window.title();
  EXPECT_THAT(window.title(), HasSubstr("lifecycle"));
  window.key("Home");
  ASSERT_TRUE(window.reaches_event(1)) << window.title();
  for (int n = 1; n <= 3; ++n) {
    window.key("ctrl+Right");
    ASSERT_TRUE(window.reaches_iteration(n)) << window.title();
  }
  const int at_three = window.position().event;
  window.key("ctrl+Left");
  ASSERT_TRUE(window.reaches_iteration(2)) << window.title();
  EXPECT_LT(window.position().event, at_three);
  window.key("ctrl+Right");
  EXPECT_TRUE(window.reaches_event(at_three)) << window.title();
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, Every_size_of_step_goes_there_and_back) {
  Window window("lifecycle");
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  window.key("Home");
  ASSERT_TRUE(window.reaches_event(1));
  for (const char* modifier : {"", "shift+", "alt+", "ctrl+"}) {
    window.key(std::string(modifier) + "Right");
    ASSERT_TRUE(eventually([&] { return window.position().event > 1; })) << modifier << window.title();
    window.key(std::string(modifier) + "Left");
    ASSERT_TRUE(window.reaches_event(1)) << modifier << window.title();
  }
  window.key("End");
  EXPECT_TRUE(window.reaches_event(window.position().events)) << window.title();
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, Space_plays_and_the_play_button_stops) {
  Window window("lifecycle");
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  window.key("Home");
  ASSERT_TRUE(window.reaches_event(1));
  window.key("space");
  EXPECT_TRUE(eventually([&] { return window.position().event > 3; })) << window.title();
  window.click(313, 28);
  pause(500);  // the title follows the click
  const int stopped = window.position().event;
  pause(1200);
  EXPECT_EQ(window.position().event, stopped);
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, Search_and_breakpoints_answer_to_real_keys) {
  Window window("lifecycle");
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  window.key("Home");
  ASSERT_TRUE(window.reaches_event(1));
  window.key("slash");
  window.type("iteration 4");
  window.key("Return");
  ASSERT_TRUE(window.reaches_iteration(4)) << window.title();
  const int found = window.position().event;
  window.key("BackSpace");  // back to where the search began
  ASSERT_TRUE(window.reaches_event(1)) << window.title();
  window.key("ctrl+b");
  window.type("task B done");
  window.key("Return");
  window.key("F5");
  EXPECT_TRUE(eventually([&] { return window.position().event > found; })) << window.title();
  const int done = window.position().event;
  EXPECT_LT(done, window.position().events);
  window.key("End");
  window.key("shift+F5");
  EXPECT_TRUE(window.reaches_event(done)) << window.title();
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, A_lesson_takes_a_wrong_and_a_right_answer_by_key_and_by_mouse) {
  const TemporaryFolder folder;
  const std::string file = folder.write("l.json", R"j({"loopscope": 1, "program": [
    {"async def": "task(name)", "do": ["print(name)"]},
    {"async def": "main()", "do": ["await asyncio.gather(task('A'), task('B'))"]}, "asyncio.run(main())"],
    "lesson": [
      {"at": "iteration 2", "say": "Both wait.", "ask": "Which handle runs next?", "choices": ["B", "A"], "answer": 2},
      {"at": "output 'A'", "ask": "What is printed next?", "choices": ["`B`", "nothing"], "answer": 1},
      {"at": "end", "say": "That was all."}]})j");
  Window window(file);
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  const auto says = [&](const char* text) {
    return eventually([&] { return window.title().find(text) != std::string::npos; });
  };
  window.key("c");
  ASSERT_TRUE(says("lesson 1/3")) << window.title();
  const int asked = window.position().event;
  window.key("End");  // nothing moves while the question stands
  window.key("ctrl+Right");
  EXPECT_EQ(window.position().event, asked) << window.title();
  window.key("1");
  ASSERT_TRUE(says("0 of 1 right")) << window.title();
  window.key("k");  // asked again
  ASSERT_TRUE(window.reaches_event(asked)) << window.title();
  window.click(1100, 580);  // the right one of two chips
  ASSERT_TRUE(says("1 of 1 right")) << window.title();
  EXPECT_GT(window.position().event, asked);
  window.key("Return");
  ASSERT_TRUE(says("lesson 2/3")) << window.title();
  window.key("Right");
  window.key("Return");  // the choice in focus: the first
  ASSERT_TRUE(says("2 of 2 right")) << window.title();
  window.key("Return");
  ASSERT_TRUE(says("lesson 3/3")) << window.title();
  EXPECT_TRUE(window.reaches_event(window.position().events)) << window.title();
  window.key("Escape");
  EXPECT_TRUE(eventually([&] { return window.title().find("lesson") == std::string::npos; }));
  window.key("Home");
  window.key("q");
  ASSERT_TRUE(says("predict")) << window.title();
  window.key("y");
  window.key("Escape");
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, Bookmarks_are_kept_beside_the_file) {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", "{\"loopscope\": 1, \"program\": [\"print('hi')\"]}");
  {
    Window window(file);
    ASSERT_TRUE(window.ok());
    ASSERT_TRUE(window.settles());
    window.key("End");
    window.key("m");
    window.type("here");
    window.key("Return");
    EXPECT_TRUE(
        eventually([&] { return read_file(file + ".bookmarks.json").find("here") != std::string::npos; }));
    EXPECT_EQ(window.quit(), 0);
  }
  Window again(file);
  ASSERT_TRUE(again.ok());
  ASSERT_TRUE(again.settles());
  again.key("Home");
  again.key("n");
  EXPECT_TRUE(again.reaches_event(again.position().events)) << again.title();
  EXPECT_EQ(again.quit(), 0);
}

TEST_F(WindowTest, A_bad_file_shows_its_error_and_the_window_stays) {
  const TemporaryFolder folder;
  const std::string file = folder.write("bad.json", "{\"loopscope\": 1, \"program\": [\"x = (1\"]}");
  Window window(file);
  ASSERT_TRUE(window.ok());
  EXPECT_THAT(window.title(), HasSubstr("loopscope"));
  window.key("Right");
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, A_file_that_is_mended_runs_after_a_restart) {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", "{\"loopscope\": 1}");
  Window window(file);
  ASSERT_TRUE(window.ok());
  EXPECT_EQ(window.position().event, -1) << window.title();
  folder.write("s.json", "{\"loopscope\": 1, \"program\": [\"print('mended')\"]}");
  window.key("r");
  EXPECT_TRUE(eventually([&] { return window.position().events >= 2; })) << window.title();
  EXPECT_EQ(window.quit(), 0);
}

}  // namespace
}  // namespace loopscope::testing_support
