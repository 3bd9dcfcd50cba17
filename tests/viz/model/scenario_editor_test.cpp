#include "viz/model/scenario_editor.h"

#include <gtest/gtest.h>

#include "viz/model/json_text.h"

namespace loopscope::viz {
namespace {

std::shared_ptr<const SourceText> source(std::string text, std::string path = "a.json") {
  return std::make_shared<SourceText>(SourceText{std::move(text), std::move(path)});
}

KeyPress key(KeyName name) { return {.key = name}; }

TEST(ScenarioEditor, Takes_keys_only_while_it_has_the_focus) {
  ScenarioEditor editor;
  editor.set_source(source("{}"));
  EXPECT_FALSE(editor.press(typed(U'x')));
  EXPECT_FALSE(editor.edited());
  editor.focus(true);
  EXPECT_TRUE(editor.press(typed(U'x')));
  EXPECT_TRUE(editor.edited());
  EXPECT_TRUE(editor.press(key(KeyName::escape)));
  EXPECT_FALSE(editor.has_focus());
  EXPECT_EQ(editor.text().text(), "x{}");
}

TEST(ScenarioEditor, A_file_that_changes_shows_unless_it_was_edited) {
  ScenarioEditor editor;
  editor.set_source(source("one"));
  editor.set_source(source("two"));
  EXPECT_EQ(editor.text().text(), "two");
  editor.focus(true);
  editor.press(typed(U'x'));
  editor.set_stale(true);
  editor.set_source(source("three"));
  EXPECT_EQ(editor.text().text(), "xtwo");
  EXPECT_TRUE(editor.stale());
  editor.reset();
  EXPECT_EQ(editor.text().text(), "three");
  EXPECT_FALSE(editor.stale());
  editor.undo();  // edits are not lost by one key
  EXPECT_EQ(editor.text().text(), "xtwo");
}

TEST(ScenarioEditor, Another_file_replaces_everything) {
  ScenarioEditor editor;
  editor.set_source(source("one"));
  editor.focus(true);
  editor.press(typed(U'x'));
  editor.set_problems({{1, 1, "wrong"}});
  editor.set_source(source("other", "b.json"));
  EXPECT_EQ(editor.text().text(), "other");
  EXPECT_TRUE(editor.problems().empty());
  editor.undo();
  EXPECT_EQ(editor.text().text(), "other");
}

TEST(ScenarioEditor, A_file_saved_under_another_name_keeps_cursor_and_undo) {
  ScenarioEditor editor;
  editor.set_source(source("one"));
  editor.focus(true);
  editor.press(typed(U'x'));
  editor.set_source(source("xone", "b.json"));
  EXPECT_FALSE(editor.edited());
  EXPECT_EQ(editor.text().cursor(), 1U);
  editor.undo();
  EXPECT_EQ(editor.text().text(), "one");
}

TEST(ScenarioEditor, Problems_take_the_cursor_there_and_move_with_their_lines) {
  ScenarioEditor editor;
  editor.set_source(source("a\nb\ncc\nd"));
  editor.focus(true);
  editor.set_problems({{3, 2, "wrong"}, {0, 0, "nowhere"}});
  EXPECT_EQ(editor.text().cursor(), 5U);
  editor.text().move_to(0, false);
  editor.press(key(KeyName::enter));
  EXPECT_EQ(editor.problems()[0].line, 4U);
  editor.undo();
  EXPECT_EQ(editor.problems()[0].line, 3U);
  editor.text().move_to(editor.text().text().size(), false);
  editor.press(key(KeyName::enter));  // below it
  EXPECT_EQ(editor.problems()[0].line, 3U);
  EXPECT_EQ(editor.problems()[1].line, 0U);
  editor.go_to(1);
  editor.go_to(7);
  editor.text().select_all();
  editor.cut();
  EXPECT_GE(editor.problems()[0].line, 1U);
  editor.go_to(0);
}

TEST(ScenarioEditor, Goes_from_problem_to_problem_and_round) {
  ScenarioEditor editor;
  editor.set_source(source("aaa\nbbb\nccc"));
  editor.next_problem();  // none
  editor.set_problems({{3, 1, "last"}, {1, 2, "first"}, {0, 0, "nowhere"}, {2, 3, "middle"}});
  editor.text().move_to(0, false);
  std::vector<std::size_t> places;
  for (int i = 0; i < 4; ++i) {
    editor.next_problem();
    places.push_back(editor.text().cursor());
  }
  EXPECT_EQ(places, (std::vector<std::size_t>{1, 6, 8, 1}));
}

TEST(JsonText, Indents_a_line_a_member_and_keeps_short_lists_in_one) {
  const std::string compact = R"j({"a":1,"t":["x","y"],"p":[{"do":["print('a, b')"]},"c"],"e":{}})j";
  const std::string indented = R"j({
  "a": 1,
  "t": ["x", "y"],
  "p": [
    {
      "do": ["print('a, b')"]
    },
    "c"
  ],
  "e": {}
}
)j";
  EXPECT_EQ(indented_json(compact), indented);
  EXPECT_EQ(indented_json(indented), indented);
}

TEST(JsonText, Does_not_mind_what_is_no_JSON) {
  for (const std::string& text : {std::string(), std::string("]]]}}"), std::string("\"abc\\"),
                                  std::string("{\"a"), std::string(100'000, '['), std::string("\xff,,::")})
    EXPECT_FALSE(indented_json(text).empty());
}

TEST(JsonText, Colours_names_texts_numbers_words_and_comments) {
  using K = TokenKind;
  const std::string line = R"(  "a\"b" : "c:d", -1.5e3, true // "x")";
  std::vector<std::pair<K, std::string>> found;
  std::size_t at = 0;
  for (const Token& t : highlight_json(line)) {
    EXPECT_EQ(t.begin, at);
    at = t.end;
    if (t.kind != K::plain) found.emplace_back(t.kind, line.substr(t.begin, t.end - t.begin));
  }
  EXPECT_EQ(at, line.size());
  const std::vector<std::pair<K, std::string>> expected = {{K::call, "\"a\\\"b\""},
                                                           {K::string, "\"c:d\""},
                                                           {K::number, "-1.5e3"},
                                                           {K::keyword, "true"},
                                                           {K::comment, "// \"x\""}};
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace loopscope::viz
