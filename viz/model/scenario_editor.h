#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "viz/model/text_editor.h"

namespace loopscope::viz {

/// Something that is wrong with a scenario, where it stands. Line and column from 1, the
/// column in code points; line 0: nowhere in particular.
struct TextProblem {
  std::uint32_t line = 0, column = 0;
  std::string message;
  friend bool operator==(const TextProblem&, const TextProblem&) = default;
};

/// A scenario's text as its file has it.
struct SourceText {
  std::string text;
  std::string path;  ///< the file, or NAME.json of one that is none: where Save as begins
};

/// What a check of the text at one revision has found.
struct CheckedText {
  std::uint64_t revision = 0;
  std::vector<TextProblem> problems;
};

/// The scenario's JSON in the window: what was typed, how it differs from the file, what is
/// wrong with it. Takes keys only while it has the focus.
class ScenarioEditor final {
 public:
  bool has_focus() const { return focused_; }
  void focus(bool on) { focused_ = on; }

  /// The file's text. Of another file it replaces what was typed; of the same one it only
  /// does when nothing was typed.
  void set_source(std::shared_ptr<const SourceText> source);
  const std::shared_ptr<const SourceText>& source() const { return source_; }
  /// Whether the text differs from the file's.
  bool edited() const;
  /// The file's text again; can be undone.
  void reset();
  /// The file was saved by somebody else while there were edits.
  void set_stale(bool stale) { stale_ = stale; }
  bool stale() const { return stale_; }

  /// What the last attempt to run the text found; empty when it ran.
  void set_problems(std::vector<TextProblem> problems);
  const std::vector<TextProblem>& problems() const { return problems_; }
  /// What a check beside the typing found. Of an older text it says nothing. The cursor stays.
  void take_check(const CheckedText& checked);
  /// Whether the text as it stands was checked and has no problem.
  bool known_good() const { return problems_.empty() && checked_revision_ == text_.revision(); }
  /// To the first problem behind the cursor, or behind the text's end to the first of all.
  void next_problem();
  /// To the place of problem `k`.
  void go_to(std::size_t k);

  /// A key, while it has the focus. False when it does nothing with it.
  bool press(const KeyPress& press);
  /// Instead of the selection.
  void paste(const std::string& text);
  std::string cut();
  void undo();
  void redo();

  TextEditor& text() { return text_; }
  const TextEditor& text() const { return text_; }

  // What the panel keeps: pixels, and the cursor that it last brought into sight.
  float scroll = 0, scroll_x = 0;
  std::size_t follows = static_cast<std::size_t>(-1);
  std::uint64_t followed_revision = 0;
  bool dragging = false;

 private:
  template <class Change>
  void change(Change what);

  TextEditor text_;
  std::shared_ptr<const SourceText> source_;
  std::vector<TextProblem> problems_;
  bool focused_ = false, stale_ = false;
  std::uint64_t checked_revision_ = static_cast<std::uint64_t>(-1);
  // Whether the text differs from the file's, for this revision and this file.
  mutable const SourceText* compared_ = nullptr;
  mutable std::uint64_t compared_revision_ = 0;
  mutable bool edited_ = false;
};

}  // namespace loopscope::viz
