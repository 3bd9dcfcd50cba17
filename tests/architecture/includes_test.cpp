// Walks every #include of the project and fails on one that points upwards.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/paths.h"

namespace {

namespace fs = std::filesystem;
using Rooms = std::vector<std::string>;

/// What each room may include, beside itself. The longest matching room counts.
const std::map<std::string, Rooms> kAllowed = {
    {"core/base", {}},
    {"core/trace", {"core/base"}},
    {"core/world", {"core/base", "core/trace"}},
    {"core/loop", {"core/base", "core/trace", "core/world"}},
    {"core/task", {"core/base", "core/trace", "core/world", "core/loop"}},
    {"core/sync", {"core/base", "core/trace", "core/world", "core/loop", "core/task"}},
    {"core/net", {"core/base", "core/trace", "core/world", "core/loop", "core/task"}},
    {"core", {}},  // asyncio.h alone: all of them, for C++ programs
    {"traces", {"core/base", "core/trace"}},
    {"scenarios",
     {"core/base", "core/trace", "core/world", "core/loop", "core/task", "core/sync", "core/net"}},
    {"viz/model", {"traces", "core/base", "core/trace"}},
    {"viz/panels", {"viz/model", "traces", "core/base", "core/trace"}},
    {"viz/export", {"viz/model", "viz/panels", "traces", "core/base", "core/trace"}},
    {"viz/shell", {"viz/model", "viz/panels", "viz/export", "traces", "core/base", "core/trace"}},
    {"app", {"core", "traces", "scenarios", "viz"}},
};

/// Libraries that only some rooms may see.
const std::vector<std::pair<std::regex, Rooms>> kLibraries = {
    {std::regex("nlohmann/.*"), {"traces", "scenarios"}},
    {std::regex("imgui.*"), {"viz/panels", "viz/export", "viz/shell"}},
    {std::regex("(GLFW|GL|EGL|KHR)/.*"), {"viz/shell"}},
    {std::regex("CLI/.*"), {"app"}},
    {std::regex("stb/.*|stb_.*"), {"viz/export", "viz/shell"}},
};

bool inside(const std::string& path, const std::string& room) { return path.rfind(room + "/", 0) == 0; }

std::string room_of(const std::string& path) {
  std::string best;
  for (const auto& [room, allowed] : kAllowed)
    if (inside(path, room) && room.size() > best.size()) best = room;
  return best;
}

bool project_include(const std::string& target) {
  static const std::set<std::string> kTops = {"core", "traces", "scenarios", "viz", "app", "tests", "bench"};
  return kTops.contains(target.substr(0, target.find('/')));
}

bool allowed(const std::string& file, const std::string& target) {
  const std::string room = room_of(file);
  if (project_include(target)) {
    if (inside(target, room)) return true;
    for (const std::string& other : kAllowed.at(room))
      if (inside(target, other)) return true;
    return false;
  }
  for (const auto& [pattern, rooms] : kLibraries)
    if (std::regex_match(target, pattern))
      return std::ranges::any_of(rooms, [&](const std::string& r) { return inside(file, r); });
  return true;
}

/// "file:line: includes target" for every include of `text` that `file` may not have.
std::vector<std::string> breaches(const std::string& file, const std::string& text) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<std::string> found;
  std::istringstream lines(text);
  std::string line;
  for (int n = 1; std::getline(lines, line); ++n) {
    std::smatch match;
    if (std::regex_search(line, match, kInclude) && !allowed(file, match[1].str()))
      found.push_back(file + ":" + std::to_string(n) + ": includes " + match[1].str());
  }
  return found;
}

std::vector<fs::path> sources() {
  std::vector<fs::path> files;
  for (const char* top : {"core", "traces", "scenarios", "viz", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(loopscope::support::source_dir() / top))
      if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp")
        files.push_back(entry.path());
  return files;
}

std::string read(const fs::path& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Architecture, No_include_points_upwards) {
  std::vector<std::string> found;
  for (const fs::path& path : sources()) {
    const std::string file = fs::relative(path, loopscope::support::source_dir()).generic_string();
    for (std::string& breach : breaches(file, read(path))) found.push_back(std::move(breach));
  }
  EXPECT_THAT(found, testing::IsEmpty());
}

TEST(Architecture, Every_source_stands_in_a_known_room) {
  ASSERT_GT(sources().size(), 50U);
  for (const fs::path& path : sources()) {
    const std::string file = fs::relative(path, loopscope::support::source_dir()).generic_string();
    EXPECT_NE(room_of(file), "") << file;
    if (room_of(file) == "core") EXPECT_EQ(file, "core/asyncio.h");
  }
}

TEST(Architecture, The_walk_finds_each_kind_of_breach) {
  EXPECT_THAT(breaches("core/loop/x.cpp", "#include \"core/task/task.h\"\n"),
              testing::ElementsAre("core/loop/x.cpp:1: includes core/task/task.h"));
  EXPECT_THAT(breaches("core/net/x.h", "#include \"core/asyncio.h\"\n"), testing::SizeIs(1));
  EXPECT_THAT(breaches("traces/x.h", "\n  #  include \"core/loop/event_loop.h\"\n"), testing::SizeIs(1));
  EXPECT_THAT(breaches("scenarios/run/x.h", "#include \"traces/trace_store.h\"\n"), testing::SizeIs(1));
  EXPECT_THAT(breaches("core/base/x.h", "#include <nlohmann/json.hpp>\n"), testing::SizeIs(1));
  EXPECT_THAT(breaches("viz/model/x.h", "#include <imgui.h>\n"), testing::SizeIs(1));
  EXPECT_THAT(breaches("viz/panels/x.cpp", "#include <GLFW/glfw3.h>\n"), testing::SizeIs(1));
  EXPECT_THAT(breaches("viz/shell/x.cpp", "#include <GLFW/glfw3.h>\n#include \"viz/panels/paint.h\"\n"),
              testing::IsEmpty());
  EXPECT_THAT(breaches("core/loop/x.cpp", "#include \"core/base/ids.h\"\n#include <vector>\n"),
              testing::IsEmpty());
}

}  // namespace
