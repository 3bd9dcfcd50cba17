#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "viz/model/keys.h"

namespace loopscope::viz {

/// A text that is edited with the keyboard and the mouse: cursor, selection, undo.
/// Places are offsets in bytes, always at the beginning of a code point; lines count from 0
/// and end in "\n". Knows nothing of drawing; columns are cells of a fixed-width font, of
/// which a tab takes all up to the next multiple of four.
class TextEditor final {
 public:
  explicit TextEditor(std::string text = {}) { reset(std::move(text)); }

  const std::string& text() const { return text_; }
  std::size_t cursor() const { return cursor_; }
  /// Both ends of the selection; equal when nothing is selected.
  std::pair<std::size_t, std::size_t> selection() const;
  std::string selected_text() const;
  /// Changes with every change of the text.
  std::uint64_t revision() const { return revision_; }

  std::size_t line_count() const { return lines_.size(); }
  std::string_view line(std::size_t n) const;  ///< n < line_count(); without the "\n"
  std::size_t line_of(std::size_t offset) const;
  std::size_t line_begin(std::size_t n) const { return lines_[n]; }
  /// The cell where `offset` stands in its line.
  std::size_t column_of(std::size_t offset) const;
  /// The offset in line `n` (the last one if there are fewer) nearest to cell `column`.
  std::size_t offset_at(std::size_t n, std::size_t column) const;
  /// The offset of code point `column` (from 1) in line `line` (from 1), as messages count.
  std::size_t offset_of_message(std::uint32_t line, std::uint32_t column) const;

  /// Another text: cursor at its begin, nothing to undo.
  void reset(std::string text);
  /// The whole text becomes `text`, which undo() takes back; the cursor stays in its line.
  void replace_all(const std::string& text);
  /// `text` in place of the selection.
  void insert(std::string_view text);
  /// Takes out the selection and returns it.
  std::string cut();
  void undo();
  void redo();

  void move_to(std::size_t offset, bool select);
  void select_all();
  void select_word(std::size_t offset);  ///< the word, or the run of other signs, there
  /// A key that moves or edits. False when it is none of these: Ctrl with a letter, Escape.
  bool press(const KeyPress& press);
  /// How many lines Page Up and Page Down move.
  void set_page(std::size_t lines) { page_ = lines > 1 ? lines : 1; }

 private:
  struct Change {
    std::size_t at = 0;
    std::string removed, inserted;
    std::size_t cursor = 0, anchor = 0;  // before it
    bool typing = false;                 // goes on with the change before when that was typing too
  };

  void apply(std::size_t at, std::size_t length, std::string_view inserted, bool typing);
  void splice(std::size_t at, std::size_t length, std::string_view inserted);
  void erase(std::size_t from, std::size_t to);
  void index_lines();
  void new_line();
  void move_lines(std::ptrdiff_t by, bool select);
  bool move(const KeyPress& press);
  std::size_t word_before(std::size_t offset) const;
  std::size_t word_after(std::size_t offset) const;
  std::size_t line_home(std::size_t offset) const;

  std::string text_;
  std::vector<std::size_t> lines_;  // where each begins
  std::size_t cursor_ = 0, anchor_ = 0;
  std::size_t column_ = 0;  // that up and down keep to
  bool column_known_ = false;
  std::size_t page_ = 20;
  std::uint64_t revision_ = 0;
  std::vector<Change> done_, undone_;
};

/// Cells that the first `bytes` bytes of `line` take.
std::size_t cells(std::string_view line, std::size_t bytes);

}  // namespace loopscope::viz
