// Opening files, dropping them, copying, and what is remembered, without a window.
#include <gtest/gtest.h>

#include "tests/viz/headless.h"
#include "viz/shell/remembered.h"
#include "viz/shell/window_events.h"

namespace loopscope::viz {
namespace {

KeyPress ctrl(char32_t c) { return typed(c, true); }
constexpr KeyPress kEnter{.key = KeyName::enter}, kDown{.key = KeyName::down};

void give_files(HeadlessDriver& driver) {
  driver.session.choices = {{"Recent", "mine.json", "~/a", "/home/u/a/mine.json"},
                            {"Folder ~/b", "other.json", "", "/home/u/b/other.json"},
                            {"Folder ~/b", "record.jsonl", "trace", "/home/u/b/record.jsonl"},
                            {"Library", "lifecycle", "Two tasks share one loop", "lifecycle"},
                            {"Library", "queue-workers", "Three workers, one queue", "queue-workers"}};
}

void type(HeadlessDriver& driver, std::string_view text) {
  for (const char c : text)
    driver.press(c == ' ' ? KeyPress{.key = KeyName::space} : typed(static_cast<unsigned char>(c)));
}

const Prompt& prompt(const HeadlessDriver& driver) { return *driver.viewer.view().prompt; }

TEST(OpenList, Offers_all_files_in_their_groups_and_Enter_opens_the_chosen_one) {
  HeadlessDriver driver;
  give_files(driver);
  driver.press(ctrl(U'o'));
  ASSERT_TRUE(driver.viewer.takes_text());
  ASSERT_EQ(prompt(driver).items().size(), 5U);
  EXPECT_EQ(prompt(driver).items()[0].group, "Recent");
  EXPECT_EQ(prompt(driver).items()[4].title, "queue-workers");
  driver.press(kDown);
  driver.press(kEnter);
  EXPECT_EQ(driver.session.opened, std::vector<std::string>{"/home/u/b/other.json"});
  EXPECT_FALSE(driver.viewer.takes_text());
}

TEST(OpenList, Typing_filters_by_name_and_by_description) {
  HeadlessDriver driver;
  give_files(driver);
  driver.press(ctrl(U'o'));
  type(driver, "que");
  ASSERT_FALSE(prompt(driver).items().empty());
  EXPECT_EQ(prompt(driver).items()[0].title, "queue-workers");
  for (int i = 0; i < 3; ++i) driver.press({.key = KeyName::backspace});
  type(driver, "share one loop");
  ASSERT_EQ(prompt(driver).items().size(), 1U);
  driver.press(kEnter);
  EXPECT_EQ(driver.session.opened, std::vector<std::string>{"lifecycle"});
}

TEST(OpenList, What_fits_nothing_says_so_and_what_has_a_slash_is_a_path) {
  HeadlessDriver driver;
  give_files(driver);
  driver.press(ctrl(U'o'));
  type(driver, "zzzz");
  EXPECT_TRUE(prompt(driver).items().empty());
  EXPECT_NE(prompt(driver).note(), "");
  driver.press(kEnter);  // nothing to open
  EXPECT_TRUE(driver.session.opened.empty());
  EXPECT_TRUE(driver.viewer.takes_text());
  type(driver, "/a b");
  driver.press(kEnter);
  EXPECT_EQ(driver.session.opened, std::vector<std::string>{"zzzz/a b"});
}

TEST(OpenList, The_mouse_chooses_and_the_wheel_goes_through_it) {
  HeadlessDriver driver;
  give_files(driver);
  for (int i = 0; i < 100; ++i)
    driver.session.choices.push_back(
        {"Library", "more-" + std::to_string(i), "", "more-" + std::to_string(i)});
  driver.press(ctrl(U'o'));
  const Vec2 inside{800, 300};
  driver.wheel(inside, -3);
  EXPECT_EQ(prompt(driver).chosen(), 9U);
  driver.wheel(inside, 100);
  EXPECT_EQ(prompt(driver).chosen(), 0U);
  driver.wheel(inside, -1000);
  EXPECT_EQ(prompt(driver).chosen(), 104U);
  driver.wheel(inside, 1000);
  driver.click({800, 140 + 8 + 40 + 4 + 24 + 16});  // the first row below its heading
  EXPECT_EQ(driver.session.opened, std::vector<std::string>{"/home/u/a/mine.json"});
}

TEST(OpenList, Opens_from_the_page_of_a_bad_file) {
  HeadlessDriver driver(std::make_shared<traces::TraceStore>());
  give_files(driver);
  driver.session.shown.notice = Notice{"bad.json cannot be shown", "bad.json:1:1: error: x", Notice::Kind::error};
  driver.frame(2);
  const int card = driver.vertices();
  driver.press(ctrl(U'o'));
  EXPECT_GT(driver.vertices(), card);
  type(driver, "life");
  driver.press(kEnter);
  EXPECT_EQ(driver.session.opened, std::vector<std::string>{"lifecycle"});
}

TEST(OpenList, Another_run_closes_what_was_asked_about_the_one_before) {
  HeadlessDriver driver;
  driver.press(typed(U'/'));
  ASSERT_TRUE(driver.viewer.takes_text());
  ++driver.session.shown.generation;
  driver.frame();
  EXPECT_FALSE(driver.viewer.takes_text());
}

TEST(OpenList, A_path_can_be_pasted) {
  HeadlessDriver driver;
  driver.press(ctrl(U'o'));
  ImGui::SetClipboardText("/tmp/a b.json\nsecond line");
  driver.press(ctrl(U'v'));
  EXPECT_EQ(prompt(driver).text(), "/tmp/a b.json");
  driver.press(kEnter);
  EXPECT_EQ(driver.session.opened, std::vector<std::string>{"/tmp/a b.json"});
}

TEST(Drop, The_callback_keeps_what_was_dropped_and_asks_for_a_frame) {
  WindowEvents events;
  const char* paths[] = {"/a/b.json", "", nullptr, "/ä ö.jsonl"};
  events.on_drop(4, paths);
  EXPECT_EQ(events.dropped, (std::vector<std::string>{"/a/b.json", "/ä ö.jsonl"}));
  EXPECT_GT(events.frames_due, 0);
  events.on_drop(0, nullptr);
  EXPECT_EQ(events.dropped.size(), 2U);
}

TEST(Drop, Opens_the_first_of_the_files_and_says_so) {
  HeadlessDriver driver;
  driver.frames.drop({});
  EXPECT_TRUE(driver.session.opened.empty());
  driver.frames.drop({"one.json"});
  EXPECT_FALSE(driver.viewer.view().toast.has_value());
  driver.frames.drop({"two.json", "three.json"});
  EXPECT_EQ(driver.session.opened, (std::vector<std::string>{"one.json", "two.json"}));
  EXPECT_TRUE(driver.viewer.view().toast.has_value());
}

TEST(Copy, Puts_narration_output_and_findings_on_the_clipboard_and_says_so) {
  HeadlessDriver driver;
  driver.press({.key = KeyName::end});
  const std::pair<char32_t, CopyWhat> keys[] = {
      {U'c', CopyWhat::narration}, {U'u', CopyWhat::output}, {U'i', CopyWhat::findings}};
  for (const auto& [key, what] : keys) {
    ImGui::SetClipboardText("before");
    driver.viewer.view().toast.reset();
    driver.press(ctrl(key));
    const std::string text = driver.viewer.text_of(what);
    EXPECT_EQ(ImGui::GetClipboardText(), text.empty() ? "before" : text);
    EXPECT_TRUE(driver.viewer.view().toast.has_value());
  }
  EXPECT_NE(driver.viewer.text_of(CopyWhat::output).find("done\n"), std::string::npos);
}

TEST(Toast, A_message_of_the_session_shows_once) {
  HeadlessDriver driver;
  driver.session.shown.message = "the settings are broken";
  const int before = driver.vertices();
  driver.frame(2);
  EXPECT_GT(driver.vertices(), before);
  driver.frame(1, 20);
  driver.frame(1, 20);
  EXPECT_FALSE(driver.viewer.view().toast.has_value());
}

TEST(Remembered, What_was_chosen_comes_back) {
  WindowOptions options;
  Viewer one;
  Remembered first(options, one);
  one.apply(command::ToggleTheme{});
  one.apply(command::SetScale{1.3F});
  one.apply(command::ToggleAxis{});
  one.apply(command::ToggleReducedMotion{});
  one.view().program_tab = ProgramTab::json;
  one.view().side_tab = kFindingsTab;
  one.view().await.shown = true;
  options.settings = first.now(one, traces::ViewerSettings::Place{1, 2, 900, 700});
  Viewer two;
  Remembered second(options, two);
  EXPECT_EQ(two.theme_name(), ThemeName::light);
  EXPECT_FLOAT_EQ(two.scale(), 1.3F);
  EXPECT_EQ(two.view().axis, AxisKind::clock);
  EXPECT_TRUE(two.view().reduced_motion);
  EXPECT_EQ(two.view().program_tab, ProgramTab::json);
  EXPECT_FALSE(two.editor().has_focus());  // the first key is a command
  EXPECT_EQ(two.view().side_tab, kFindingsTab);
  EXPECT_TRUE(two.view().await.shown);
  EXPECT_EQ(second.now(two, options.settings.window), options.settings);
}

TEST(Remembered, What_the_command_line_asked_for_is_for_this_time) {
  WindowOptions options;
  options.settings.theme = "light";
  options.settings.scale = 1.5;
  options.settings.window = traces::ViewerSettings::Place{1, 2, 900, 700};
  options.theme = ThemeName::dark;
  options.scale = 2;
  options.sized = true;
  Viewer viewer;
  Remembered remembered(options, viewer);
  EXPECT_EQ(viewer.theme_name(), ThemeName::dark);
  EXPECT_FLOAT_EQ(viewer.scale(), 2);
  const traces::ViewerSettings::Place asked{0, 0, 1600, 1000};
  EXPECT_EQ(remembered.now(viewer, asked), options.settings);
  viewer.apply(command::SetScale{1.1F});  // but what the user changes is kept
  const traces::ViewerSettings::Place resized{0, 0, 1000, 800};
  const auto now = remembered.now(viewer, resized);
  EXPECT_EQ(now.theme, "light");
  EXPECT_DOUBLE_EQ(now.scale, 1.1);
  EXPECT_EQ(now.window, resized);
}

}  // namespace
}  // namespace loopscope::viz
