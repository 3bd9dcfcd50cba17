// End to end: the real window on a real X server, driven by real keys and a real mouse.
#include <cstdlib>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <regex>

#include "tests/support/paths.h"
#include "tests/support/process.h"

namespace {

using loopscope::testing_support::Process;
using loopscope::testing_support::read_file;
using loopscope::testing_support::run_process;
using loopscope::testing_support::TemporaryFolder;
using testing::HasSubstr;

void pause(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

/// Calls `attempt` until it is true, for at most ten seconds.
template <class Attempt>
bool eventually(Attempt attempt) {
  for (int i = 0; i < 200; ++i) {
    if (attempt()) return true;
    pause(50);
  }
  return false;
}

/// An X server without a screen.
class Display {
 public:
  /// With or without OpenGL.
  explicit Display(bool opengl = true)
      : server_({"Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-noreset", opengl ? "+extension" : "-extension",
                 "GLX"},
                folder_) {
    eventually([this] { return !number().empty(); });
    ::setenv("DISPLAY", (":" + number()).c_str(), 1);
    ::setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
    ::setenv("XDG_CONFIG_HOME", (folder_ / "config").c_str(), 1);  // never the user's own settings
  }
  ~Display() { ::unsetenv("DISPLAY"); }
  bool ok() const { return !number().empty(); }
  std::string settings() const { return (folder_ / "config/loopscope/settings.json").string(); }

 private:
  std::string number() const {
    std::string text = read_file(folder_ / "stdout.txt");
    return text.ends_with('\n') ? text.substr(0, text.size() - 1) : "";
  }

  TemporaryFolder folder_;
  Process server_;
};

struct Position {
  int event = -1, events = -1, iteration = -1;
};

/// Loopscope's window on that display.
class Window {
 public:
  explicit Window(const std::string& file)
      : process_({loopscope::support::loopscope_binary(), file, "--scale", "1"}, folder_) {
    eventually([this] {
      id_ = first_line(run_process({"xdotool", "search", "--onlyvisible", "--name", "loopscope"}).out);
      return !id_.empty();
    });
  }

  bool ok() const { return !id_.empty(); }
  const std::string& id() const { return id_; }
  std::string title() const { return first_line(run_process({"xdotool", "getwindowname", id_}).out); }

  Position position() const {
    static const std::regex pattern("event (\\d+)/(\\d+)(?:.*iteration (\\d+))?");
    const std::string text = title();
    std::smatch match;
    if (!std::regex_search(text, match, pattern)) return {};
    return {std::stoi(match[1]), std::stoi(match[2]), match[3].matched ? std::stoi(match[3]) : 0};
  }
  bool reaches_event(int event) const {
    return eventually([&] { return position().event == event; });
  }
  bool reaches_iteration(int n) const {
    return eventually([&] { return position().iteration == n; });
  }
  /// The run is over: the number of events no longer grows.
  bool settles() const {
    int last = -2;
    return eventually([&] {
      const int now = position().events;
      const bool same = now > 1 && now == last;
      last = now;
      return same;
    });
  }

  void key(const std::string& chord) const {
    run_process({"xdotool", "key", chord});
    pause(120);
  }
  void type(const std::string& text) const {
    run_process({"xdotool", "type", "--delay", "30", text});
    pause(200);
  }
  void click(int x, int y) const {
    run_process({"xdotool", "mousemove", std::to_string(x), std::to_string(y)});
    pause(80);
    run_process({"xdotool", "click", "1"});
    pause(120);
  }
  int quit() {
    key("ctrl+q");
    return process_.wait().exit_code;
  }

 private:
  static std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

  TemporaryFolder folder_;
  Process process_;
  std::string id_;
};

class WindowTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"Xvfb", "xdotool"})
      if (run_process({"which", tool}).exit_code != 0) GTEST_SKIP() << tool << " is not installed";
    display_ = std::make_unique<Display>();
    ASSERT_TRUE(display_->ok());
  }

  std::unique_ptr<Display> display_;
};

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
    EXPECT_TRUE(eventually([&] { return read_file(file + ".bookmarks.json").find("here") != std::string::npos; }));
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
  EXPECT_TRUE(eventually([&] { return window.title().find("second") != std::string::npos; })) << window.title();
  window.key("ctrl+o");
  window.type("lifecycl");
  window.click(800, 140 + 8 + 40 + 4 + 24 + 16);  // the first of the list
  EXPECT_TRUE(eventually([&] { return window.title().find("lifecycle") != std::string::npos; })) << window.title();
  window.key("ctrl+o");  // recent ones come first
  window.key("Return");
  EXPECT_TRUE(eventually([&] { return window.title().find("second") != std::string::npos; })) << window.title();
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
    EXPECT_TRUE(eventually([&] { return geometry(window).find("1210x760") != std::string::npos; })) << geometry(window);
    pause(500);
    EXPECT_EQ(window.quit(), 0);
  }
  Window again("lifecycle");
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(eventually([&] { return geometry(again).find("1210x760") != std::string::npos; })) << geometry(again);
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
  const auto result = run_process({loopscope::support::loopscope_binary(), "lifecycle"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.out, "");
  for (const char* word : {"loopscope: error: ", "OpenGL 3.3", "LIBGL_ALWAYS_SOFTWARE=1", "libgl1-mesa-dri", "loopscope shot"})
    EXPECT_THAT(result.err, HasSubstr(word));
}

TEST(NoDisplay, Says_what_to_do_instead) {
  const auto result = run_process({"env", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY",
                                   loopscope::support::loopscope_binary(), "lifecycle"});
  EXPECT_EQ(result.exit_code, 2);
  for (const char* word : {"no display", "loopscope shot", "loopscope explain"}) EXPECT_THAT(result.err, HasSubstr(word));
}

}  // namespace
