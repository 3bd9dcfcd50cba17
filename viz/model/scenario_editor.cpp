#include "viz/model/scenario_editor.h"

#include <algorithm>
#include <optional>

namespace loopscope::viz {

void ScenarioEditor::set_source(std::shared_ptr<const SourceText> source) {
  if (source == source_ || !source) return;
  const bool same_file = source_ && source_->path == source->path, was_edited = edited();
  source_ = std::move(source);
  if (!edited() || !same_file || !was_edited) stale_ = false;
  if (!edited() || (same_file && was_edited)) return;
  if (same_file) {
    text_.replace_all(source_->text);
    return;
  }
  text_.reset(source_->text);
  problems_.clear();
  scroll = scroll_x = 0;
}

/// Asked in every frame, so a long text is compared only when one of the two has changed.
bool ScenarioEditor::edited() const {
  if (compared_ == source_.get() && compared_revision_ == text_.revision()) return edited_;
  compared_ = source_.get();
  compared_revision_ = text_.revision();
  return edited_ = source_ && text_.text() != source_->text;
}

void ScenarioEditor::reset() {
  if (!source_) return;
  text_.replace_all(source_->text);
  text_.move_to(text_.line_begin(text_.line_of(text_.cursor())), false);
  problems_.clear();
  stale_ = false;
}

void ScenarioEditor::set_problems(std::vector<TextProblem> problems) {
  problems_ = std::move(problems);
  if (!problems_.empty()) go_to(0);
}

void ScenarioEditor::take_check(const CheckedText& checked) {
  if (checked.revision != text_.revision()) return;
  checked_revision_ = checked.revision;
  problems_ = checked.problems;
}

void ScenarioEditor::go_to(std::size_t k) {
  if (k >= problems_.size() || problems_[k].line == 0) return;
  text_.move_to(text_.offset_of_message(problems_[k].line, problems_[k].column), false);
}

void ScenarioEditor::next_problem() {
  std::optional<std::size_t> next, first;
  for (const TextProblem& p : problems_) {
    if (p.line == 0) continue;
    const std::size_t at = text_.offset_of_message(p.line, p.column);
    if (!first || at < *first) first = at;
    if (at > text_.cursor() && (!next || at < *next)) next = at;
  }
  if (next || first) text_.move_to(next ? *next : *first, false);
}

/// Carries out a change of the text; problems below it move with their lines.
template <class Change>
void ScenarioEditor::change(Change what) {
  const std::uint64_t revision = text_.revision();
  const std::size_t lines = text_.line_count(), before = text_.line_of(text_.selection().first);
  what();
  if (text_.revision() == revision) return;
  const std::size_t from = std::min(before, text_.line_of(text_.cursor()));
  const auto more = static_cast<std::int64_t>(text_.line_count()) - static_cast<std::int64_t>(lines);
  for (TextProblem& p : problems_)
    if (p.line > from + 1)
      p.line =
          static_cast<std::uint32_t>(std::max<std::int64_t>(1, static_cast<std::int64_t>(p.line) + more));
}

bool ScenarioEditor::press(const KeyPress& press) {
  if (!has_focus()) return false;
  if (press.key == KeyName::escape) {
    focused_ = false;
    return true;
  }
  bool taken = false;
  change([&] { taken = text_.press(press); });
  return taken;
}

void ScenarioEditor::paste(const std::string& text) {
  change([&] { text_.insert(text); });
}

std::string ScenarioEditor::cut() {
  std::string text;
  change([&] { text = text_.cut(); });
  return text;
}

void ScenarioEditor::undo() {
  change([&] { text_.undo(); });
}

void ScenarioEditor::redo() {
  change([&] { text_.redo(); });
}

}  // namespace loopscope::viz
