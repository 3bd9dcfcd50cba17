#include "viz/model/text_editor.h"

#include <gtest/gtest.h>
#include <random>

namespace loopscope::viz {
namespace {

KeyPress key(KeyName name, bool shift = false, bool ctrl = false) {
  return {.key = name, .shift = shift, .ctrl = ctrl};
}

void type(TextEditor& editor, std::string_view text) {
  for (const char c : text) {
    if (c == '\n')
      editor.press(key(KeyName::enter));
    else if (c == ' ')
      editor.press(key(KeyName::space));
    else
      editor.press(typed(static_cast<unsigned char>(c)));
  }
}

TEST(TextEditor, What_is_typed_stands_where_the_cursor_was) {
  TextEditor editor("ad");
  editor.press(key(KeyName::right));
  type(editor, "b C");
  EXPECT_EQ(editor.text(), "ab Cd");
  EXPECT_EQ(editor.cursor(), 4U);
}

TEST(TextEditor, Enter_keeps_the_indent_of_the_line) {
  TextEditor editor("  \"a\",");
  editor.press(key(KeyName::end));
  type(editor, "\nx");
  EXPECT_EQ(editor.text(), "  \"a\",\n  x");
}

TEST(TextEditor, Up_and_down_keep_to_the_column_through_a_short_line) {
  TextEditor editor("abcdef\nx\nabcdef");
  editor.move_to(5, false);
  editor.press(key(KeyName::down));
  EXPECT_EQ(editor.cursor(), 8U);
  editor.press(key(KeyName::down));
  EXPECT_EQ(editor.column_of(editor.cursor()), 5U);
  editor.press(key(KeyName::down));  // below the last line: to the end
  EXPECT_EQ(editor.cursor(), editor.text().size());
}

TEST(TextEditor, Shift_selects_and_typing_replaces_the_selection) {
  TextEditor editor("one two");
  editor.press(key(KeyName::right, true, true));
  EXPECT_EQ(editor.selected_text(), "one");
  type(editor, "1");
  EXPECT_EQ(editor.text(), "1 two");
  editor.select_all();
  editor.press(key(KeyName::delete_forward));
  EXPECT_EQ(editor.text(), "");
  EXPECT_EQ(editor.line_count(), 1U);
}

TEST(TextEditor, Ctrl_moves_and_deletes_by_words) {
  TextEditor editor("{ \"title\": 12 }");
  editor.press(key(KeyName::right, false, true));
  EXPECT_EQ(editor.cursor(), 8U);  // behind title
  editor.press(key(KeyName::backspace, false, true));
  EXPECT_EQ(editor.text(), "{ \"\": 12 }");
  editor.press(key(KeyName::end, false, true));
  editor.press(key(KeyName::left, false, true));
  EXPECT_EQ(editor.cursor(), 6U);
}

TEST(TextEditor, Home_goes_to_the_first_sign_and_then_to_the_margin) {
  TextEditor editor("    abc");
  editor.move_to(6, false);
  editor.press(key(KeyName::home));
  EXPECT_EQ(editor.cursor(), 4U);
  editor.press(key(KeyName::home));
  EXPECT_EQ(editor.cursor(), 0U);
}

TEST(TextEditor, Undo_takes_a_typed_word_at_once_and_redo_brings_it_back) {
  TextEditor editor("a\n");
  editor.move_to(2, false);
  type(editor, "hello");
  editor.press(key(KeyName::enter));
  editor.undo();
  EXPECT_EQ(editor.text(), "a\nhello");
  editor.undo();
  EXPECT_EQ(editor.text(), "a\n");
  EXPECT_EQ(editor.cursor(), 2U);
  editor.redo();
  EXPECT_EQ(editor.text(), "a\nhello");
  editor.undo();
  type(editor, "x");
  editor.redo();  // nothing: typing has begun another future
  EXPECT_EQ(editor.text(), "a\nx");
}

TEST(TextEditor, Counts_code_points_not_bytes) {
  TextEditor editor("äöü€x");
  editor.press(key(KeyName::right));
  editor.press(key(KeyName::right));
  EXPECT_EQ(editor.cursor(), 4U);
  editor.press(key(KeyName::backspace));
  EXPECT_EQ(editor.text(), "äü€x");
  EXPECT_EQ(editor.offset_of_message(1, 4), 7U);
  EXPECT_EQ(editor.column_of(7), 3U);
  editor.press({.key = KeyName::character, .character = U'é', .sign = U'É'});
  EXPECT_EQ(editor.text(), "äÉü€x");
}

TEST(TextEditor, A_tab_reaches_to_the_next_multiple_of_four) {
  const TextEditor editor("a\tb");
  EXPECT_EQ(editor.column_of(2), 4U);
  EXPECT_EQ(editor.offset_at(0, 4), 2U);
  EXPECT_EQ(editor.offset_at(0, 1), 1U);
  EXPECT_EQ(editor.offset_at(0, 99), 3U);
  EXPECT_EQ(editor.offset_at(99, 0), 0U);
}

TEST(TextEditor, A_double_click_selects_the_word) {
  TextEditor editor("print('ab')\n\nx");
  editor.select_word(2);
  EXPECT_EQ(editor.selected_text(), "print");
  editor.select_word(5);
  EXPECT_EQ(editor.selected_text(), "('");
  editor.select_word(12);
  EXPECT_EQ(editor.selected_text(), "");
  editor.select_word(999);
  EXPECT_EQ(editor.selected_text(), "x");
}

TEST(TextEditor, Leaves_keys_with_Ctrl_and_a_letter_Escape_and_Alt_to_others) {
  TextEditor editor("a");
  EXPECT_FALSE(editor.press(typed(U'p', true)));
  EXPECT_FALSE(editor.press(key(KeyName::escape)));
  EXPECT_FALSE(editor.press(key(KeyName::enter, false, true)));
  EXPECT_FALSE(editor.press({.key = KeyName::right, .alt = true}));
  EXPECT_FALSE(editor.press(key(KeyName::f5)));
  EXPECT_EQ(editor.text(), "a");
}

TEST(TextEditor, Replacing_all_keeps_the_line_and_can_be_undone) {
  TextEditor editor("a\nbb\nc");
  editor.move_to(4, false);
  editor.replace_all("1\n22\n3");
  EXPECT_EQ(editor.cursor(), 4U);
  editor.undo();
  EXPECT_EQ(editor.text(), "a\nbb\nc");
}

// Whatever is pressed, undoing all of it gives the text that was there, and every place is one.
TEST(TextEditor, Undoes_ten_thousand_random_keys) {
  const KeyName names[] = {KeyName::character,     KeyName::left,    KeyName::right,     KeyName::up,
                           KeyName::down,          KeyName::home,    KeyName::end,       KeyName::page_down,
                           KeyName::tab,           KeyName::page_up, KeyName::backspace, KeyName::enter,
                           KeyName::delete_forward};
  const std::string start = "{ \"a\": [1, 2],\n\t\"ä€\": \"\xff\" }\r\n";
  std::mt19937 random(7);
  TextEditor editor(start);
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) {
    KeyPress press = key(names[random() % std::size(names)], random() % 3 == 0, random() % 4 == 0);
    if (press.key == KeyName::character) press = typed(random() % 2 == 0 ? U'x' : U'ß');
    editor.press(press);
    ASSERT_LE(editor.cursor(), editor.text().size());
    ASSERT_LE(editor.selection().second, editor.text().size());
    ASSERT_LT(editor.line_of(editor.cursor()), editor.line_count());
    ASSERT_EQ(editor.line_begin(editor.line_count() - 1) + editor.line(editor.line_count() - 1).size(),
              editor.text().size());
  }
  const std::string end = editor.text();
  for (int i = 0; i < 5000; ++i) editor.undo();
  EXPECT_EQ(editor.text(), start);
  for (int i = 0; i < 5000; ++i) editor.redo();
  EXPECT_EQ(editor.text(), end);
}

}  // namespace
}  // namespace loopscope::viz
