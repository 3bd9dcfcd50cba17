// Editing the scenario as people do it, without a window.
#include <gtest/gtest.h>

#include "tests/viz/headless.h"
#include "viz/shell/key_queue.h"

namespace loopscope::viz {
namespace {

constexpr KeyPress kCtrlEnter{.key = KeyName::enter, .ctrl = true};

KeyPress ctrl(char32_t c) { return typed(c, true); }

/// A driver whose file holds `text`.
void give_source(HeadlessDriver& driver, std::string text) {
  driver.session.shown.source = std::make_shared<SourceText>(SourceText{std::move(text), "a.json"});
  driver.frame(2);
}

void give_problems(HeadlessDriver& driver, std::vector<TextProblem> problems) {
  driver.session.shown.problems = std::make_shared<std::vector<TextProblem>>(std::move(problems));
  driver.frame(2);
}

Vec2 tab(const HeadlessDriver& driver, std::string_view before, std::string_view name) {
  const Rect p = driver.layout().program;
  const Fonts::Pick pick = driver.fonts().pick(Face::semibold, 14);
  const auto width = [&](std::string_view t) {
    return pick.font->CalcTextSizeA(pick.size, 1e9F, 0, t.data(), t.data() + t.size()).x + 20;
  };
  return {p.x + 6 + width(before) + width(name) / 2, p.y + 18};
}

/// The middle of cell `column` of line `line`, both from 0.
Vec2 cell(const HeadlessDriver& driver, int line, int column) {
  const Rect p = driver.layout().program;
  const Fonts::Pick pick = driver.fonts().pick(Face::mono, 14);
  const float w = pick.font->CalcTextSizeA(pick.size, 1e9F, 0, "0").x;
  return {p.x + 46 + w * static_cast<float>(column), p.y + 36 + 2 + 22 * (static_cast<float>(line) + 0.5F)};
}

TEST(Editor, Ctrl_E_shows_the_JSON_with_the_focus_and_again_the_listing) {
  HeadlessDriver driver;
  give_source(driver, "{}");
  driver.press(ctrl(U'e'));
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::json);
  driver.type(U't');  // no theme: a letter
  EXPECT_EQ(driver.viewer.theme_name(), ThemeName::dark);
  EXPECT_EQ(driver.viewer.editor().text().text(), "t{}");
  driver.press({.key = KeyName::escape});
  driver.type(U't');
  EXPECT_EQ(driver.viewer.theme_name(), ThemeName::light);
  driver.press(ctrl(U'e'));  // shown already: the focus
  EXPECT_TRUE(driver.viewer.editor().has_focus());
  driver.press(ctrl(U'e'));
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::listing);
  EXPECT_FALSE(driver.viewer.editor().has_focus());
}

TEST(Editor, While_it_has_the_focus_no_single_key_command_fires) {
  HeadlessDriver driver;
  give_source(driver, "{}");
  driver.frames.apply(command::Seek{60});
  driver.press(ctrl(U'e'));
  for (const CommandRow& row : command_table())
    for (const KeyPress& key : row.keys) {
      if (key.ctrl || key.alt || key.key == KeyName::escape || key.key == KeyName::f3 ||
          key.key == KeyName::f5)
        continue;
      driver.press(key);
      ASSERT_TRUE(driver.viewer.editor().has_focus()) << row.name;
    }
  EXPECT_EQ(driver.viewer.cursor(), 60U);
  EXPECT_FALSE(driver.viewer.view().playing);
  EXPECT_FALSE(driver.viewer.view().help_open);
  EXPECT_EQ(driver.session.restarts, 0);
}

TEST(Editor, Ctrl_Enter_runs_what_was_typed_and_Ctrl_R_goes_back_to_the_file) {
  HeadlessDriver driver;
  give_source(driver, "{}");
  driver.press(ctrl(U'e'));
  driver.type(U'x');
  driver.press(kCtrlEnter);
  EXPECT_EQ(driver.session.texts, std::vector<std::string>{"x{}"});
  EXPECT_TRUE(driver.viewer.editor().has_focus());
  driver.press(ctrl(U'r'));
  EXPECT_EQ(driver.viewer.editor().text().text(), "{}");
  EXPECT_EQ(driver.session.restarts, 1);
  driver.press(ctrl(U'z'));
  EXPECT_EQ(driver.viewer.editor().text().text(), "x{}");
}

TEST(Editor, A_failed_run_keeps_the_text_the_run_and_marks_the_place) {
  HeadlessDriver driver;
  give_source(driver, "{\n \"loopscope\": 1,\n \"x\": 2\n}");
  driver.frames.apply(command::Seek{60});
  driver.press(ctrl(U'e'));
  driver.type(U' ');
  const int before = driver.vertices();
  give_problems(driver, {{3, 2, "unknown key 'x'"}});
  EXPECT_GT(driver.vertices(), before);
  EXPECT_EQ(driver.viewer.editor().text().line_of(driver.viewer.editor().text().cursor()), 2U);
  EXPECT_TRUE(driver.viewer.editor().edited());
  EXPECT_EQ(driver.viewer.cursor(), 60U);
  ASSERT_TRUE(driver.viewer.view().toast.has_value());
  EXPECT_TRUE(driver.viewer.view().toast->is_error);
  driver.frame(1, 10);
  driver.frame(1, 10);
  EXPECT_FALSE(driver.viewer.view().toast.has_value());
  EXPECT_EQ(driver.viewer.editor().problems().size(), 1U);  // these stay
}

TEST(Editor, Problems_stand_below_the_listing_too_and_a_click_goes_to_the_place) {
  HeadlessDriver driver;
  give_source(driver, "{\n\n\n\"x\": 2}");
  give_problems(driver, {{4, 1, "unknown key 'x'"}});
  const Rect p = driver.layout().program;
  driver.click({p.x + 120, p.bottom() - 14});
  EXPECT_EQ(driver.viewer.view().program_tab, ProgramTab::json);
  EXPECT_TRUE(driver.viewer.editor().has_focus());
  EXPECT_EQ(driver.viewer.editor().text().cursor(), 4U);
}

TEST(Editor, The_mouse_places_selects_and_leaves) {
  HeadlessDriver driver;
  give_source(driver, "{\n  \"title\": 1\n}");
  driver.click(tab(driver, "Program", "JSON"));
  ASSERT_EQ(driver.viewer.view().program_tab, ProgramTab::json);
  driver.click(cell(driver, 1, 4));
  TextEditor& text = driver.viewer.editor().text();
  EXPECT_EQ(text.cursor(), 6U);
  driver.drag(cell(driver, 1, 3), cell(driver, 1, 8));
  EXPECT_EQ(text.selected_text(), "title");
  driver.press(ctrl(U'c'));
  EXPECT_STREQ(ImGui::GetClipboardText(), "title");
  driver.press(ctrl(U'x'));
  driver.press({.key = KeyName::end, .ctrl = true});
  driver.press(ctrl(U'v'));
  EXPECT_EQ(text.text(), "{\n  \"\": 1\n}title");
  driver.click(driver.layout().loop.center());
  EXPECT_FALSE(driver.viewer.editor().has_focus());
}

TEST(Editor, The_cursor_stays_in_sight_in_a_long_text_and_the_wheel_scrolls) {
  HeadlessDriver driver;
  std::string lines;
  for (int i = 0; i < 500; ++i) lines += "\"line\",\n";
  give_source(driver, lines + std::string(3000, 'x'));
  driver.press(ctrl(U'e'));
  driver.press({.key = KeyName::end, .ctrl = true});
  EXPECT_GT(driver.viewer.editor().scroll, 400 * 22);
  EXPECT_GT(driver.viewer.editor().scroll_x, 1000);
  driver.press({.key = KeyName::home, .ctrl = true});
  EXPECT_EQ(driver.viewer.editor().scroll, 0);
  EXPECT_EQ(driver.viewer.editor().scroll_x, 0);
  driver.wheel(cell(driver, 3, 3), -5);
  EXPECT_GT(driver.viewer.editor().scroll, 0);
  driver.press({.key = KeyName::page_down});
  const std::size_t page = driver.viewer.editor().text().line_of(driver.viewer.editor().text().cursor());
  EXPECT_GT(page, 5U);
  EXPECT_LT(page, 40U);
}

TEST(Editor, A_changed_file_runs_again_unless_it_is_edited_here) {
  HeadlessDriver driver;
  give_source(driver, "{}");
  ++driver.session.shown.file_saves;
  driver.frame();
  EXPECT_EQ(driver.session.restarts, 1);
  driver.press(ctrl(U'e'));
  driver.type(U'x');
  ++driver.session.shown.file_saves;
  driver.frame();
  EXPECT_EQ(driver.session.restarts, 1);
  EXPECT_TRUE(driver.viewer.editor().stale());
  EXPECT_TRUE(driver.viewer.view().toast.has_value());
}

TEST(Editor, Save_as_asks_for_a_path_and_says_what_came_of_it) {
  HeadlessDriver driver;
  give_source(driver, "{}");
  driver.press(ctrl(U's'));
  ASSERT_TRUE(driver.viewer.takes_text());
  EXPECT_EQ(driver.viewer.view().prompt->text(), "a.json");
  driver.type(U'n');
  driver.press({.key = KeyName::enter});
  ASSERT_EQ(driver.session.saved.size(), 1U);
  EXPECT_EQ(driver.session.saved[0], (std::pair<std::string, std::string>{"a.jsonn", "{}"}));
  EXPECT_FALSE(driver.viewer.view().toast->is_error);
  driver.session.save_error = "a.json: error: is a directory";
  driver.press(ctrl(U's'));
  driver.press({.key = KeyName::enter});
  EXPECT_TRUE(driver.viewer.view().toast->is_error);
}

TEST(Editor, Edits_that_nobody_saved_are_kept_when_another_file_opens_or_the_window_closes) {
  HeadlessDriver driver;
  give_source(driver, "{}");
  driver.frames.apply(command::Open{"b.json"});
  driver.frames.leave();
  EXPECT_TRUE(driver.session.unsaved.empty());  // nothing was edited
  driver.press(ctrl(U'e'));
  driver.type(U'x');
  driver.frames.apply(command::Open{"b.json"});
  EXPECT_EQ(driver.session.unsaved, std::vector<std::string>{"x{}"});
  ASSERT_TRUE(driver.viewer.view().toast.has_value());
  EXPECT_NE(driver.viewer.view().toast->text.find("unsaved.json"), std::string::npos);
  driver.frames.leave();
  EXPECT_EQ(driver.session.unsaved.size(), 2U);
}

TEST(Editor, A_held_key_types_on_but_does_no_command_again) {
  constexpr int kSpace = 32, kRepeat = 2, kPress = 1, kEnter = 257;  // as GLFW counts
  KeyQueue keys;
  keys.on_key(kSpace, 0, kPress, 0);
  for (int i = 0; i < 3; ++i) keys.on_key(kSpace, 0, kRepeat, 0);
  keys.on_key(kSpace, 0, 0, 0);
  const std::vector<KeyPress> presses = keys.take();
  ASSERT_EQ(presses.size(), 4U);
  HeadlessDriver driver;
  give_source(driver, "{}");
  for (const KeyPress& press : presses) driver.press(press);
  EXPECT_TRUE(driver.viewer.view().playing);  // once, not four times
  driver.press(ctrl(U'e'));
  for (const KeyPress& press : presses) driver.press(press);
  EXPECT_EQ(driver.viewer.editor().text().text(), "    {}");
  keys.on_key(kEnter, 0, kRepeat, 0);
  for (const KeyPress& press : keys.take()) driver.press(press);
  EXPECT_EQ(driver.viewer.editor().text().line_count(), 2U);
}

TEST(Editor, A_file_that_does_not_load_can_be_mended_on_its_page) {
  HeadlessDriver driver(std::make_shared<traces::TraceStore>());
  driver.session.shown.notice =
      Notice{"bad.json cannot be shown", "bad.json:1:2: error: x", Notice::Kind::error};
  give_source(driver, "{\"x\"}");
  give_problems(driver, {{1, 2, "x"}});
  const int card = driver.vertices();
  driver.press(ctrl(U'e'));
  EXPECT_NE(driver.vertices(), card);
  EXPECT_TRUE(driver.viewer.editor().has_focus());
  EXPECT_EQ(driver.viewer.editor().text().cursor(), 1U);
  driver.press({.key = KeyName::delete_forward});
  driver.press(kCtrlEnter);
  EXPECT_EQ(driver.session.texts, std::vector<std::string>{"{x\"}"});
}

TEST(Editor, What_was_typed_stays_when_it_runs_as_the_first_run_of_its_file) {
  HeadlessDriver driver(std::make_shared<traces::TraceStore>());
  driver.session.shown.notice =
      Notice{"bad.json cannot be shown", "bad.json:1:2: error: x", Notice::Kind::error};
  give_source(driver, "{");
  driver.press(ctrl(U'e'));
  driver.type(U'}');
  driver.session.shown.notice.reset();
  driver.session.shown.run.store = sample_trace();
  ++driver.session.shown.generation;
  driver.frame(2);
  EXPECT_EQ(driver.viewer.editor().text().text(), "}{");
  EXPECT_EQ(driver.viewer.editor().source()->path, "a.json");
}

TEST(Editor, Shows_the_scenario_that_a_trace_carries_or_that_it_has_none) {
  traces::TraceHeader header;
  header.scenario_json = R"j({"loopscope":1,"program":["print(1)"]})j";
  auto store = std::make_shared<traces::TraceStore>(header);
  SampleTraceWriter(*store).write();
  HeadlessDriver driver(store);
  EXPECT_EQ(driver.viewer.editor().text().text(),
            "{\n  \"loopscope\": 1,\n  \"program\": [\"print(1)\"]\n}\n");
  EXPECT_FALSE(driver.viewer.editor().edited());
  HeadlessDriver bare;
  bare.click(tab(bare, "Program", "JSON"));
  bare.viewer.editor().focus(false);
  bare.frame(2);
  EXPECT_EQ(bare.viewer.editor().text().text(), "");
}

TEST(Editor, Draws_any_text_at_every_size_in_both_themes) {
  std::string odd = "\t\"ä€\": \"\xff\xfe\",\r\n\n" + std::string(30'000, 'y') + "\n\"";
  for (int i = 0; i < 40; ++i) odd += "\n{ \"a\": [1, 2, true] }, // note";
  for (const auto& [w, h] :
       {std::pair{1600.0F, 1000.0F}, {1280.0F, 720.0F}, {320.0F, 200.0F}, {16.0F, 16.0F}}) {
    HeadlessDriver driver(sample_trace(), w, h);
    give_source(driver, odd);
    driver.press(ctrl(U'e'));
    give_problems(
        driver,
        {{2, 1, std::string(900, 'w')}, {3, 20'000, "far"}, {9999, 9999, "past the end"}, {0, 0, ""}});
    for (std::size_t k = 0; k < 4; ++k) {
      driver.viewer.editor().go_to(k);
      driver.frame();
    }
    driver.press(ctrl(U'a'));
    EXPECT_GT(driver.vertices(), 0);
    driver.frames.apply(command::ToggleTheme{});
    driver.frame();
  }
}

TEST(Editor, Checks_what_was_typed_once_the_typing_has_paused) {
  HeadlessDriver driver;
  driver.session.shown.source = std::make_shared<SourceText>(SourceText{"{\n}\n", "a.json"});
  driver.frame(2);
  driver.press(typed(U'e', true));
  ScenarioEditor& editor = driver.viewer.editor();
  for (const char32_t c : U"wrong") {
    if (c == 0) break;
    driver.type(c);
    driver.frame(3, 0.02);
  }
  EXPECT_TRUE(driver.session.checks.empty());
  driver.frame(30, 0.02);
  ASSERT_EQ(driver.session.checks.size(), 1U);
  EXPECT_EQ(driver.session.checks[0].second, editor.text().text());
  const std::size_t cursor = editor.text().cursor();
  const std::uint64_t revision = driver.session.checks[0].first;
  driver.session.shown.checked = std::make_shared<CheckedText>(CheckedText{revision, {{1, 1, "not JSON"}}});
  driver.frame(2);
  EXPECT_EQ(editor.problems().size(), 1U);
  EXPECT_EQ(editor.text().cursor(), cursor);  // who types is not moved
  EXPECT_FALSE(driver.viewer.view().toast);
  driver.type(U'x');
  driver.session.shown.checked = std::make_shared<CheckedText>(CheckedText{revision, {}});
  driver.frame(2);
  EXPECT_EQ(editor.problems().size(), 1U);  // that was another text
  driver.frame(30, 0.02);
  ASSERT_EQ(driver.session.checks.size(), 2U);
  driver.session.shown.checked =
      std::make_shared<CheckedText>(CheckedText{driver.session.checks[1].first, {}});
  driver.frame(2);
  EXPECT_TRUE(editor.known_good());
}

TEST(Editor, Leaves_a_text_alone_that_nobody_has_typed_in) {
  HeadlessDriver driver;
  driver.session.shown.source = std::make_shared<SourceText>(SourceText{"{\n}\n", "a.json"});
  driver.frame(60, 0.05);
  EXPECT_TRUE(driver.session.checks.empty());
}

}  // namespace
}  // namespace loopscope::viz
