#pragma once

#include <string>
#include <vector>

#include "traces/search.h"
#include "viz/model/command_table.h"
#include "viz/model/commands.h"
#include "viz/model/keys.h"

namespace loopscope::viz {

class Viewer;

/// Whether a prompt of this kind is about the run that is shown, so that it cannot do without one.
constexpr bool needs_run(PromptKind kind) {
  return kind != PromptKind::palette && kind != PromptKind::save_as && kind != PromptKind::open;
}

/// One line to choose in the prompt.
struct PromptItem {
  std::string group;  ///< its heading, shown when it differs from the item before
  std::string title, detail;
  Commands commands;  ///< what Enter does
};

/// The one-line prompt: search, palette, breakpoint, bookmark note, lane filter. Takes
/// keys while it is open and turns Enter into commands.
class Prompt final {
 public:
  bool is_open() const { return open_; }
  PromptKind kind() const { return kind_; }
  /// Whether what it offers belongs to one run.
  bool needs_run() const { return viz::needs_run(kind_); }
  const std::string& text() const { return text_; }
  std::size_t chosen() const { return chosen_; }
  /// For the current text; made when the text or the trace changes.
  const std::vector<PromptItem>& items() const { return items_; }
  /// What is wrong with the text, or how many matches there are.
  const std::string& note() const { return note_; }
  /// Events that a search has found, for marks on the ruler; kept until the next search.
  const std::vector<EventIndex>& matches() const { return matches_; }
  void forget_matches() { matches_.clear(); }

  void open(PromptKind kind, std::string text, const Viewer& viewer);
  void close() { open_ = false; }
  /// Makes the items anew: what they come from has changed.
  void refresh(const Viewer& viewer) { update(viewer); }
  /// The first line of `text` at the end of what was typed.
  Commands insert(std::string_view text, const Viewer& viewer);
  /// Chooses another item, `by` further on.
  void move(int by);
  /// Takes a key press; returns what it asks for.
  Commands press(const KeyPress& press, const Viewer& viewer);
  /// As if item `k` were chosen by Enter.
  Commands choose(std::size_t k);

 private:
  void update(const Viewer& viewer);
  Commands changed(const Viewer& viewer);
  void update_search(const Viewer& viewer);
  void update_palette(const Viewer& viewer);
  void update_breakpoint(const Viewer& viewer);
  void update_open(const Viewer& viewer);
  Commands enter(const Viewer& viewer);

  bool open_ = false;
  PromptKind kind_ = PromptKind::search;
  std::string text_, note_;
  std::size_t chosen_ = 0;
  std::vector<PromptItem> items_;
  std::vector<EventIndex> matches_;
};

/// How well `query` fits `name`: its letters in order, better at beginnings of words; 0 = not at all.
int fuzzy_score(std::string_view query, std::string_view name);

}  // namespace loopscope::viz
