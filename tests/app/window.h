#pragma once

#include <chrono>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <regex>
#include <string>
#include <thread>

#include "tests/support/paths.h"
#include "tests/support/process.h"

/// The real window on a real X server, driven by real keys and a real mouse.
namespace loopscope::testing_support {

inline void pause(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

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
      : server_({"Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-noreset",
                 opengl ? "+extension" : "-extension", "GLX"},
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
      : process_({support::loopscope_binary(), file, "--scale", "1"}, folder_) {
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

}  // namespace loopscope::testing_support
