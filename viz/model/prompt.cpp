#include "viz/model/prompt.h"

#include <algorithm>
#include <fmt/format.h>

#include "viz/model/breakpoints.h"
#include "viz/model/utf8.h"
#include "viz/model/viewer.h"

namespace loopscope::viz {
namespace {

constexpr std::size_t kLongest = 1000;
constexpr int kGoodDetail = 12;  // of a match in a file's description: less is chance

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

void remove_last_character(std::string& text) { text.resize(previous_code_point(text, text.size())); }

std::string_view group_name(traces::SearchHit::Kind kind) {
  switch (kind) {
    case traces::SearchHit::Kind::task:
      return "Tasks";
    case traces::SearchHit::Kind::line:
      return "Lines";
    case traces::SearchHit::Kind::output:
      return "Output";
    case traces::SearchHit::Kind::problem:
      return "Errors and warnings";
    case traces::SearchHit::Kind::event:
      break;
  }
  return "Events";
}

Commands commands_of(const traces::SearchHit& hit) {
  Commands commands;
  if (hit.task) commands.push_back(command::Select{{Selection::Kind::task, hit.task.value}});
  if (hit.kind == traces::SearchHit::Kind::line)
    commands.push_back(command::Select{{Selection::Kind::line, hit.line}});
  commands.push_back(command::Seek{hit.event});
  return commands;
}

}  // namespace

int fuzzy_score(std::string_view query, std::string_view name) {
  int score = 1;
  std::size_t at = 0;
  for (const char wanted : query) {
    if (wanted == ' ') continue;
    const std::size_t from = at;
    while (at < name.size() && lower(name[at]) != lower(wanted)) ++at;
    if (at == name.size()) return 0;
    const bool word = at == 0 || name[at - 1] == ' ';
    score += word ? 8 : at == from ? 4 : 1;
    ++at;
  }
  return score;
}

void Prompt::open(PromptKind kind, std::string text, const Viewer& viewer) {
  open_ = true;
  kind_ = kind;
  text_ = std::move(text);
  chosen_ = 0;
  update(viewer);
}

void Prompt::move(int by) {
  if (items_.empty()) return;
  const auto count = static_cast<int>(items_.size());
  chosen_ = static_cast<std::size_t>((static_cast<int>(chosen_) + by + count) % count);
}

Commands Prompt::choose(std::size_t k) {
  if (k >= items_.size()) return {};
  open_ = false;
  return items_[k].commands;
}

Commands Prompt::enter(const Viewer& viewer) {
  if (kind_ == PromptKind::bookmark) {
    open_ = false;
    return {command::SetBookmark{text_}};
  }
  if (kind_ == PromptKind::filter) {
    open_ = false;
    return {command::SetFilter{text_}};
  }
  if (kind_ == PromptKind::save_as) {
    if (text_.empty()) return {};
    open_ = false;
    return {command::SaveAs{text_}};
  }
  (void)viewer;
  return choose(chosen_);
}

Commands Prompt::press(const KeyPress& press, const Viewer& viewer) {
  if (press.key == KeyName::enter) return enter(viewer);
  if (press.key == KeyName::up || press.key == KeyName::down) {
    move(press.key == KeyName::up ? -1 : 1);
    return {};
  }
  const std::string before = text_;
  if (press.key == KeyName::backspace)
    remove_last_character(text_);
  else if (press.key == KeyName::space && text_.size() < kLongest)
    text_ += ' ';
  else if (press.key == KeyName::character && !press.ctrl && !press.alt && text_.size() < kLongest)
    text_ += utf8(press.sign != 0 ? press.sign : press.character);
  else if (press.key == KeyName::escape)
    open_ = false;
  return text_ == before ? Commands{} : changed(viewer);
}

Commands Prompt::changed(const Viewer& viewer) {
  chosen_ = 0;
  update(viewer);
  if (kind_ == PromptKind::filter) return {command::SetFilter{text_}};
  return {};
}

Commands Prompt::insert(std::string_view text, const Viewer& viewer) {
  text = text.substr(0, text.find_first_of("\r\n"));
  if (!open_ || text.empty() || text_.size() + text.size() > kLongest) return {};
  text_ += text;
  return changed(viewer);
}

void Prompt::update(const Viewer& viewer) {
  items_.clear();
  note_.clear();
  switch (kind_) {
    case PromptKind::search:
      return update_search(viewer);
    case PromptKind::palette:
      return update_palette(viewer);
    case PromptKind::breakpoint:
      return update_breakpoint(viewer);
    case PromptKind::bookmark:
      note_ = "a note, then Enter";
      break;
    case PromptKind::filter:
      note_ = "lanes whose name has this in it";
      break;
    case PromptKind::save_as:
      note_ = "a file's path, then Enter; a file that is there is replaced";
      break;
    case PromptKind::open:
      return update_open(viewer);
  }
}

void Prompt::update_search(const Viewer& viewer) {
  matches_.clear();
  if (text_.empty()) {
    note_ = "tasks, lines, output, errors, events: #5, fd 7, event 120, iteration 3";
    return;
  }
  const traces::SearchResult found = traces::search(viewer.store(), text_);
  matches_ = found.matches;
  note_ = fmt::format("{} match{}", found.count(), found.count() == 1 ? "" : "es");
  for (const auto& group : found.groups)
    for (const traces::SearchHit& hit : group.hits)
      items_.push_back({fmt::format("{}  {}", group_name(hit.kind), group.count), hit.title,
                        hit.detail.empty() ? fmt::format("event {}", hit.event + 1) : hit.detail,
                        commands_of(hit)});
}

void Prompt::update_palette(const Viewer& viewer) {
  std::vector<std::pair<int, const CommandRow*>> found;
  for (const CommandRow& row : command_table())
    if (const int score = fuzzy_score(text_, row.name)) found.emplace_back(score, &row);
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  const CommandContext context = viewer.context();
  for (const auto& [score, row] : found)
    items_.push_back({text_.empty() ? std::string(title_of(row->group)) : std::string(),
                      std::string(row->name),
                      row->keys.empty() ? std::string() : key_text(row->keys.front()),
                      {row->make(context)}});
  if (items_.empty()) note_ = "no such command";
}

/// Groups stay together, the one with the best match first; what has a slash is a path.
void Prompt::update_open(const Viewer& viewer) {
  struct Group {
    std::string_view name;
    int best = 0;
    std::vector<std::pair<int, const FileChoice*>> files;
  };
  std::vector<Group> groups;
  for (const FileChoice& file : viewer.files()) {
    const int title = fuzzy_score(text_, file.title), detail = fuzzy_score(text_, file.detail);
    // What stands there word for word comes before letters found here and there.
    const int whole = text_.empty() || file.title.find(text_) != std::string::npos ? 1000 : 0;
    const int score = title > 0 ? title + whole + 100 : detail > 0 && detail >= kGoodDetail ? detail : 0;
    if (score == 0) continue;
    if (groups.empty() || groups.back().name != file.group) groups.push_back({file.group, 0, {}});
    groups.back().files.emplace_back(text_.empty() ? 1 : score, &file);
    groups.back().best = std::max(groups.back().best, groups.back().files.back().first);
  }
  const auto better = [](const auto& a, const auto& b) { return a.first > b.first; };
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.best > b.best; });
  if (text_.find('/') != std::string::npos)
    items_.push_back({"Path", "Open " + text_, "Enter", {command::Open{text_}}});
  for (Group& group : groups) {
    std::stable_sort(group.files.begin(), group.files.end(), better);
    for (const auto& [score, file] : group.files)
      items_.push_back({file->group, file->title, file->detail, {command::Open{file->path}}});
  }
  note_ = items_.empty() ? "no such file; a path with a slash opens that one" : "";
}

void Prompt::update_breakpoint(const Viewer& viewer) {
  const auto parsed = parse_breakpoint(text_);
  if (const auto* breakpoint = std::get_if<Breakpoint>(&parsed))
    items_.push_back({"New", "Stop at " + to_text(*breakpoint), "Enter", {command::AddBreakpoint{text_}}});
  else
    note_ = std::get<std::string>(parsed);
  for (const Breakpoint& b : viewer.view().breakpoints)
    items_.push_back({"Set", to_text(b), "Enter removes it", {command::AddBreakpoint{to_text(b)}}});
  if (!viewer.view().breakpoints.empty())
    items_.push_back({"", "Remove all breakpoints", "", {command::RemoveBreakpoints{}}});
  if (text_.empty())
    for (const char* example : {"phase timers", "ready > 10", "select.timeout == 0", "heap > 100"})
      items_.push_back(
          {"Examples", std::string("Stop at ") + example, "", {command::AddBreakpoint{example}}});
}

}  // namespace loopscope::viz
