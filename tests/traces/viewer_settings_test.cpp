#include "traces/formats/viewer_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::traces {
namespace {

using testing::HasSubstr;

TEST(ViewerSettings, What_is_written_is_read_again) {
  ViewerSettings s;
  s.window = ViewerSettings::Place{-20, 40, 1200, 800, true};
  s.theme = "light";
  s.scale = 1.3;
  s.reduced_motion = s.await_tree = true;
  s.axis = "clock";
  s.program = "json";
  s.side = "findings";
  s.recent = {"/a/b.json", "lifecycle", "\xff no text"};
  const ReadSettings read = parse_settings(settings_json(s));
  EXPECT_EQ(read.problem, "");
  s.recent[2] = "\xEF\xBF\xBD no text";
  EXPECT_EQ(read.settings, s);
  EXPECT_EQ(parse_settings(settings_json({})).settings, ViewerSettings{});
}

TEST(ViewerSettings, A_broken_file_gives_the_defaults_and_says_so) {
  for (const char* text : {"", "{", "[]", "null", "{\"theme\": \"dark\"", "\xff"}) {
    const ReadSettings read = parse_settings(text);
    EXPECT_EQ(read.settings, ViewerSettings{}) << text;
    EXPECT_NE(read.problem, "") << text;
  }
}

TEST(ViewerSettings, One_wrong_value_leaves_the_others) {
  const char* wrong[] = {R"("scale": 400)",
                         R"("scale": "1")",
                         R"("scale": -1)",
                         R"("theme": "pink")",
                         R"("theme": 1)",
                         R"("axis": [])",
                         R"("recent": 3)",
                         R"("recent": [3])",
                         R"("window": 1)",
                         R"("window": {"x": 1e300, "width": 800, "height": 600})",
                         R"("program": null)",
                         R"("await_tree": "yes")",
                         R"("window": {"width": 0, "height": 600})"};
  for (const std::string value : wrong) {
    const ReadSettings read = parse_settings("{" + value + ", \"reduced_motion\": true, \"unknown\": {}}");
    EXPECT_TRUE(read.settings.reduced_motion) << value;
    EXPECT_NE(read.problem, "") << value;
    EXPECT_THAT(read.problem, HasSubstr(value.substr(1, value.find('"', 1) - 1)));
    ViewerSettings rest = read.settings;
    rest.reduced_motion = false;
    EXPECT_EQ(rest, ViewerSettings{}) << value;
  }
}

TEST(ViewerSettings, Keeps_so_many_recent_files_and_no_more) {
  std::string text = "{\"recent\": [\"f\"";
  for (int i = 0; i < 100; ++i) text += ", \"g\"";
  EXPECT_EQ(parse_settings(text + "]}").settings.recent.size(), kMostRecent);
}

}  // namespace
}  // namespace loopscope::traces
