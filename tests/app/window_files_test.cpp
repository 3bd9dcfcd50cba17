// End to end: editing, opening, remembering, and doing without a display.
#include <filesystem>
#include <fstream>

#include "tests/app/window.h"

namespace loopscope::testing_support {
namespace {

using testing::HasSubstr;

TEST_F(WindowTest, The_scenario_is_edited_run_and_reset_in_the_window) {
  const TemporaryFolder folder;
  const std::string text = "{\"loopscope\": 1, \"program\": [\n\"print('one')\"\n]}";
  const std::string file = folder.write("s.json", text);
  Window window(file);
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  const int events = window.position().events;
  window.key("ctrl+e");
  window.key("Down");
  window.key("End");
  window.type(", \"print('two')\"");
  window.key("ctrl+Return");
  EXPECT_TRUE(eventually([&] { return window.position().events > events; })) << window.title();
  window.type("nonsense");  // the run before stays
  window.key("ctrl+Return");
  pause(500);
  EXPECT_GT(window.position().events, events) << window.title();
  window.key("ctrl+r");
  EXPECT_TRUE(eventually([&] { return window.position().events == events; })) << window.title();
  EXPECT_EQ(read_file(file), text);
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, A_file_that_is_saved_runs_again_and_a_broken_one_keeps_the_run) {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", "{\"loopscope\": 1, \"program\": [\"print('one')\"]}");
  Window window(file);
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  const int events = window.position().events;
  folder.write("s.json", "{\"loopscope\": 1, \"program\": [\"print('one')\", \"print('two')\"]}");
  EXPECT_TRUE(eventually([&] { return window.position().events > events; })) << window.title();
  folder.write("s.json", "{\"loopscope\": 1, \"program\": [\"print('one'\"]}");
  pause(1000);
  EXPECT_GT(window.position().events, events) << window.title();
  folder.write("s.json", "{\"loopscope\": 1, \"program\": [\"print('one')\"]}");
  EXPECT_TRUE(eventually([&] { return window.position().events == events; })) << window.title();
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, A_bad_file_is_mended_in_the_window_and_saved) {
  const TemporaryFolder folder;
  const std::string file = folder.write("bad.json", "{\"loopscope\": 1, \"program\": [\"x = 1\"]");
  Window window(file);
  ASSERT_TRUE(window.ok());
  EXPECT_EQ(window.position().events, -1) << window.title();
  window.key("ctrl+e");
  window.key("ctrl+End");
  window.type("}");
  window.key("ctrl+Return");
  EXPECT_TRUE(eventually([&] { return window.position().events > 0; })) << window.title();
  window.key("ctrl+s");
  window.key("Return");
  EXPECT_TRUE(eventually([&] { return read_file(file).ends_with("\"x = 1\"]}"); })) << read_file(file);
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, The_open_list_is_filtered_and_opens_with_Enter_and_with_the_mouse) {
  const TemporaryFolder folder;
  const std::string file = folder.write("first.json", "{\"loopscope\": 1, \"program\": [\"print('hi')\"]}");
  folder.write("second.json", "{\"loopscope\": 1, \"program\": [\"print('ho')\"]}");
  Window window(file);
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  window.key("ctrl+o");
  window.type("second");
  window.key("Return");
  EXPECT_TRUE(eventually([&] { return window.title().find("second") != std::string::npos; }))
      << window.title();
  window.key("ctrl+o");
  window.type("lifecycl");
  window.click(800, 140 + 8 + 40 + 4 + 24 + 16);  // the first of the list
  EXPECT_TRUE(eventually([&] { return window.title().find("lifecycle") != std::string::npos; }))
      << window.title();
  window.key("ctrl+o");  // recent ones come first
  window.key("Return");
  EXPECT_TRUE(eventually([&] { return window.title().find("second") != std::string::npos; }))
      << window.title();
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, The_narration_is_copied_and_can_be_pasted) {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", "{\"loopscope\": 1, \"program\": [\"print('hi')\"]}");
  Window window(file);
  ASSERT_TRUE(window.ok());
  ASSERT_TRUE(window.settles());
  window.key("End");
  window.key("ctrl+c");
  window.key("ctrl+e");
  window.key("ctrl+a");
  window.key("ctrl+v");
  window.key("ctrl+s");
  window.key("Return");
  EXPECT_TRUE(eventually([&] { return read_file(file).find("print") == std::string::npos; }));
  EXPECT_THAT(read_file(file), HasSubstr(": "));
  window.key("ctrl+z");
  window.key("ctrl+Return");
  EXPECT_TRUE(eventually([&] { return window.position().events > 1; })) << window.title();
  EXPECT_EQ(window.quit(), 0);
}

TEST_F(WindowTest, Theme_scale_and_recent_files_are_there_the_next_time) {
  {
    Window window("lifecycle");
    ASSERT_TRUE(window.ok());
    ASSERT_TRUE(window.settles());
    window.key("t");
    window.key("x");
    EXPECT_EQ(window.quit(), 0);
  }
  const std::string kept = read_file(display_->settings());
  EXPECT_THAT(kept, HasSubstr("\"theme\": \"light\""));
  EXPECT_THAT(kept, HasSubstr("\"axis\": \"clock\""));
  EXPECT_THAT(kept, HasSubstr("\"lifecycle\""));
  EXPECT_THAT(kept, HasSubstr("\"width\": 1600"));
  Window again("lifecycle");
  ASSERT_TRUE(again.ok());
  ASSERT_TRUE(again.settles());
  again.key("t");
  EXPECT_EQ(again.quit(), 0);
  EXPECT_THAT(read_file(display_->settings()), HasSubstr("\"theme\": \"dark\""));
}

TEST_F(WindowTest, Its_size_is_there_the_next_time) {
  const auto geometry = [](const Window& window) {
    return run_process({"xdotool", "getwindowgeometry", window.id()}).out;
  };
  {
    Window window("lifecycle");
    ASSERT_TRUE(window.ok());
    ASSERT_TRUE(window.settles());
    run_process({"xdotool", "windowsize", window.id(), "1210", "760"});
    EXPECT_TRUE(eventually([&] { return geometry(window).find("1210x760") != std::string::npos; }))
        << geometry(window);
    pause(500);
    EXPECT_EQ(window.quit(), 0);
  }
  Window again("lifecycle");
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(eventually([&] { return geometry(again).find("1210x760") != std::string::npos; }))
      << geometry(again);
  EXPECT_EQ(again.quit(), 0);
}

TEST_F(WindowTest, Broken_settings_do_not_keep_the_window_from_opening) {
  std::filesystem::create_directories(std::filesystem::path(display_->settings()).parent_path());
  std::ofstream(display_->settings()) << "{\"theme\": [[[";
  Window window("lifecycle");
  ASSERT_TRUE(window.ok());
  EXPECT_TRUE(window.settles());
  EXPECT_EQ(window.quit(), 0);
  EXPECT_THAT(read_file(display_->settings()), HasSubstr("\"theme\": \"dark\""));
  EXPECT_EQ(read_file(display_->settings() + ".broken"), "{\"theme\": [[[");
}

TEST_F(WindowTest, Without_OpenGL_it_says_what_to_do) {
  display_.reset();
  display_ = std::make_unique<Display>(false);
  ASSERT_TRUE(display_->ok());
  const auto result = run_process({support::loopscope_binary(), "lifecycle"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.out, "");
  for (const char* word :
       {"loopscope: error: ", "OpenGL 3.3", "LIBGL_ALWAYS_SOFTWARE=1", "libgl1-mesa-dri", "loopscope shot"})
    EXPECT_THAT(result.err, HasSubstr(word));
}

TEST(NoDisplay, Says_what_to_do_instead) {
  const auto result = run_process(
      {"env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", support::loopscope_binary(), "lifecycle"});
  EXPECT_EQ(result.exit_code, 2);
  for (const char* word : {"no display", "loopscope shot", "loopscope explain"})
    EXPECT_THAT(result.err, HasSubstr(word));
}

}  // namespace
}  // namespace loopscope::testing_support
