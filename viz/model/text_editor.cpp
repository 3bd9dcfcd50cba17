#include "viz/model/text_editor.h"

#include <algorithm>

#include "viz/model/utf8.h"

namespace loopscope::viz {
namespace {

constexpr std::size_t kTab = 4;
constexpr std::size_t kMostChanges = 10'000;
constexpr std::size_t kLargest = 16U << 20;  // no more is typed or pasted
constexpr std::string_view kIndent = "  ";

bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t cells_of(char c, std::size_t at) { return c == '\t' ? kTab - at % kTab : c == '\r' ? 0 : 1; }

}  // namespace

std::size_t cells(std::string_view line, std::size_t bytes) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < std::min(bytes, line.size()); i = next_code_point(line, i))
    column += cells_of(line[i], column);
  return column;
}

std::pair<std::size_t, std::size_t> TextEditor::selection() const { return std::minmax(cursor_, anchor_); }

std::string TextEditor::selected_text() const {
  const auto [from, to] = selection();
  return text_.substr(from, to - from);
}

std::string_view TextEditor::line(std::size_t n) const {
  const std::size_t end = n + 1 < lines_.size() ? lines_[n + 1] - 1 : text_.size();
  return std::string_view(text_).substr(lines_[n], end - lines_[n]);
}

std::size_t TextEditor::line_of(std::size_t offset) const {
  return static_cast<std::size_t>(std::upper_bound(lines_.begin(), lines_.end(), offset) - lines_.begin()) -
         1;
}

std::size_t TextEditor::column_of(std::size_t offset) const {
  const std::size_t n = line_of(offset);
  return cells(line(n), offset - lines_[n]);
}

std::size_t TextEditor::offset_at(std::size_t n, std::size_t column) const {
  n = std::min(n, lines_.size() - 1);
  const std::string_view all = line(n);
  std::size_t i = 0, at = 0;
  while (i < all.size()) {
    const std::size_t width = cells_of(all[i], at);
    if (at + (width + 1) / 2 > column) break;  // nearer to this edge
    at += width;
    i = next_code_point(all, i);
  }
  return lines_[n] + i;
}

std::size_t TextEditor::offset_of_message(std::uint32_t number, std::uint32_t column) const {
  if (number == 0) return 0;
  const std::size_t n = std::min<std::size_t>(number - 1, lines_.size() - 1);
  const std::string_view all = line(n);
  std::size_t i = 0;
  for (std::uint32_t k = 1; k < column && i < all.size(); ++k) i = next_code_point(all, i);
  return lines_[n] + i;
}

void TextEditor::reset(std::string text) {
  text_ = std::move(text);
  cursor_ = anchor_ = 0;
  column_known_ = false;
  done_.clear();
  undone_.clear();
  ++revision_;
  index_lines();
}

void TextEditor::replace_all(const std::string& text) {
  if (text == text_) return;
  const std::size_t n = line_of(cursor_), column = column_of(cursor_);
  apply(0, text_.size(), text, false);
  cursor_ = anchor_ = offset_at(n, column);
}

void TextEditor::index_lines() {
  lines_.assign(1, 0);
  for (std::size_t i = text_.find('\n'); i != std::string::npos; i = text_.find('\n', i + 1))
    lines_.push_back(i + 1);
}

void TextEditor::splice(std::size_t at, std::size_t length, std::string_view inserted) {
  text_.replace(at, length, inserted);
  ++revision_;
  index_lines();
  column_known_ = false;
}

void TextEditor::apply(std::size_t at, std::size_t length, std::string_view inserted, bool typing) {
  if (length == 0 && inserted.empty()) return;
  undone_.clear();
  Change* last = done_.empty() ? nullptr : &done_.back();
  if (typing && last && last->typing && length == 0 && last->at + last->inserted.size() == at) {
    last->inserted += inserted;
  } else {
    if (done_.size() >= kMostChanges) done_.erase(done_.begin(), done_.begin() + kMostChanges / 4);
    done_.push_back({at, text_.substr(at, length), std::string(inserted), cursor_, anchor_, typing});
  }
  splice(at, length, inserted);
  cursor_ = anchor_ = at + inserted.size();
}

void TextEditor::insert(std::string_view text) {
  if (text_.size() + text.size() > kLargest) return;
  const auto [from, to] = selection();
  const bool typing = text.size() <= 4 && text != "\n" && text != kIndent;
  apply(from, to - from, text, typing);
}

void TextEditor::erase(std::size_t from, std::size_t to) {
  if (from < to) apply(from, to - from, {}, false);
}

std::string TextEditor::cut() {
  std::string text = selected_text();
  const auto [from, to] = selection();
  erase(from, to);
  return text;
}

void TextEditor::undo() {
  if (done_.empty()) return;
  Change change = std::move(done_.back());
  done_.pop_back();
  splice(change.at, change.inserted.size(), change.removed);
  cursor_ = change.cursor;
  anchor_ = change.anchor;
  change.typing = false;
  undone_.push_back(std::move(change));
}

void TextEditor::redo() {
  if (undone_.empty()) return;
  Change change = std::move(undone_.back());
  undone_.pop_back();
  splice(change.at, change.removed.size(), change.inserted);
  cursor_ = anchor_ = change.at + change.inserted.size();
  done_.push_back(std::move(change));
}

void TextEditor::move_to(std::size_t offset, bool select) {
  offset = std::min(offset, text_.size());
  while (offset > 0 && inside_code_point(text_, offset)) --offset;
  cursor_ = offset;
  if (!select) anchor_ = cursor_;
  column_known_ = false;
  if (!done_.empty()) done_.back().typing = false;  // what is typed here is another change
}

void TextEditor::select_all() {
  anchor_ = 0;
  move_to(text_.size(), true);
}

void TextEditor::select_word(std::size_t offset) {
  const std::string_view all = line(line_of(std::min(offset, text_.size())));
  const std::size_t begin = line_begin(line_of(std::min(offset, text_.size())));
  std::size_t from = std::min(offset - begin, all.size()), to = from;
  if (all.empty()) return move_to(begin, false);
  const bool word = in_word(all[std::min(from, all.size() - 1)]);
  while (from > 0 && in_word(all[from - 1]) == word) --from;
  while (to < all.size() && in_word(all[to]) == word) ++to;
  move_to(begin + from, false);
  move_to(begin + to, true);
}

std::size_t TextEditor::word_before(std::size_t offset) const {
  while (offset > 0 && !in_word(text_[offset - 1])) --offset;
  while (offset > 0 && in_word(text_[offset - 1])) --offset;
  return offset;
}

std::size_t TextEditor::word_after(std::size_t offset) const {
  while (offset < text_.size() && !in_word(text_[offset])) ++offset;
  while (offset < text_.size() && in_word(text_[offset])) ++offset;
  return offset;
}

/// The first sign of the line that is not blank, or from there the line's begin.
std::size_t TextEditor::line_home(std::size_t offset) const {
  const std::size_t begin = lines_[line_of(offset)];
  std::size_t first = begin;
  while (first < text_.size() && is_blank(text_[first])) ++first;
  return offset == first ? begin : first;
}

void TextEditor::move_lines(std::ptrdiff_t by, bool select) {
  const std::size_t column = column_known_ ? column_ : column_of(cursor_);
  const auto n = static_cast<std::ptrdiff_t>(line_of(cursor_)) + by;
  const auto last = static_cast<std::ptrdiff_t>(lines_.size()) - 1;
  if (n < 0)
    move_to(0, select);
  else if (n > last)
    move_to(text_.size(), select);
  else
    move_to(offset_at(static_cast<std::size_t>(n), column), select);
  column_ = column;
  column_known_ = true;
}

/// With the line's own indent.
void TextEditor::new_line() {
  const std::size_t from = selection().first, begin = lines_[line_of(from)];
  std::size_t end = begin;
  while (end < from && is_blank(text_[end])) ++end;
  insert("\n" + text_.substr(begin, end - begin));
}

bool TextEditor::move(const KeyPress& press) {
  const bool select = press.shift;
  const auto page = static_cast<std::ptrdiff_t>(page_);
  const auto [from, to] = selection();
  switch (press.key) {
    case KeyName::left:
      move_to(press.ctrl             ? word_before(cursor_)
              : !select && from < to ? from
                                     : previous_code_point(text_, cursor_),
              select);
      return true;
    case KeyName::right:
      move_to(press.ctrl             ? word_after(cursor_)
              : !select && from < to ? to
                                     : next_code_point(text_, cursor_),
              select);
      return true;
    case KeyName::up:
    case KeyName::down:
      move_lines(press.key == KeyName::up ? -1 : 1, select);
      return true;
    case KeyName::page_up:
    case KeyName::page_down:
      move_lines(press.key == KeyName::page_up ? -page : page, select);
      return true;
    case KeyName::home:
      move_to(press.ctrl ? 0 : line_home(cursor_), select);
      return true;
    case KeyName::end: {
      const std::size_t n = line_of(cursor_);
      move_to(press.ctrl ? text_.size() : lines_[n] + line(n).size(), select);
      return true;
    }
    default:
      return false;
  }
}

bool TextEditor::press(const KeyPress& press) {
  if (press.alt) return false;
  if (move(press)) return true;
  const bool selected = selection().first < selection().second;
  switch (press.key) {
    case KeyName::backspace:
      if (selected) return cut(), true;
      erase(press.ctrl ? word_before(cursor_) : previous_code_point(text_, cursor_), cursor_);
      return true;
    case KeyName::delete_forward:
      if (selected) return cut(), true;
      erase(cursor_, press.ctrl ? word_after(cursor_) : next_code_point(text_, cursor_));
      return true;
    case KeyName::enter:
      if (press.ctrl) return false;
      new_line();
      return true;
    case KeyName::tab:
      if (press.ctrl || press.shift) return false;
      insert(kIndent);
      return true;
    case KeyName::space:
      if (press.ctrl) return false;
      insert(" ");
      return true;
    case KeyName::character:
      if (press.ctrl) return false;
      insert(utf8(press.sign != 0 ? press.sign : press.character));
      return true;
    default:
      return false;
  }
}

}  // namespace loopscope::viz
