#include "viz/shell/frame_loop.h"

#include <imgui.h>
#include <utility>
#include <variant>

namespace loopscope::viz {
namespace {

constexpr double kToastSeconds = 4, kErrorSeconds = 8;
constexpr double kTypingPause = 0.35;  // seconds without a key before the text is checked

}  // namespace

bool FrameLoop::sync() {
  SessionView now = session_.view();
  const auto text = [](const SessionView& v) {
    return v.notice ? v.notice->title + "\n" + v.notice->text : std::string();
  };
  bool changed = !synced_ || text(now) != text(shown_) || now.failure != shown_.failure;
  if (!synced_ || now.generation != shown_.generation) {
    now.run.source = now.source;
    viewer_.show(now.run, synced_ && now.same_program);
    viewer_.set_bookmarks(now.bookmarks);
    changed = true;
  }
  viewer_.set_failure(now.failure);
  take_text(now);
  changed = changed || now.source != shown_.source || now.problems != shown_.problems ||
            now.checked != shown_.checked || now.file_saves != shown_.file_saves ||
            now.message != shown_.message || now.work != shown_.work;
  viewer_.view().work = now.work;
  const bool finished = now.run.store && now.run.store->finished();
  const std::size_t size = now.run.store ? now.run.store->size() : 0;
  changed = changed || size != size_ || finished != finished_;
  shown_ = std::move(now);
  size_ = size;
  finished_ = finished;
  synced_ = true;
  viewer_.resume();
  return changed || viewer_.has_new_answers();
}

/// The file's text, what is wrong with the one that was to be run, and whether somebody else has
/// saved the file: then it is run again, unless that would throw edits away.
void FrameLoop::take_text(const SessionView& now) {
  ScenarioEditor& editor = viewer_.editor();
  if (now.source != shown_.source) editor.set_source(now.source);
  if (now.problems != shown_.problems) {
    editor.set_problems(now.problems ? *now.problems : std::vector<TextProblem>());
    if (const std::size_t count = editor.problems().size(); count > 0 && !now.notice)
      viewer_.say("Not run: " + (count == 1 ? std::string("an error") : std::to_string(count) + " errors") +
                      ". The run before stays.",
                  true);
  }
  if (now.checked && now.checked != shown_.checked) editor.take_check(*now.checked);
  if (now.message != shown_.message && !now.message.empty()) viewer_.say(now.message, true);
  if (!synced_ || now.file_saves == shown_.file_saves) return;
  if (!editor.edited()) return session_.restart();
  editor.set_stale(true);
  viewer_.say("The file has changed on disk; Ctrl R takes its text.");
}

/// Once the typing has paused, what was typed is checked.
void FrameLoop::check_typed(double clock) {
  const ScenarioEditor& editor = viewer_.editor();
  const std::uint64_t revision = editor.text().revision();
  if (revision != typed_revision_) typed_revision_ = revision, typed_at_ = clock;
  if (revision == checked_revision_ || clock - typed_at_ < kTypingPause || !editor.source()) return;
  const bool worth_it = editor.edited() || !editor.problems().empty();
  checked_revision_ = revision;
  if (worth_it) session_.check_text(revision, editor.text().text());
}

bool FrameLoop::expire(double clock) {
  check_typed(clock);
  if (double& wake = viewer_.view().wake_at; wake > 0 && clock >= wake) {
    wake = 0;
    return true;
  }
  auto& toast = viewer_.view().toast;
  if (!toast || toast->until == 0 || clock < toast->until) return false;
  toast.reset();
  return true;
}

void FrameLoop::press(const KeyPress& press) {
  if (viewer_.takes_text()) {
    viewer_.type(press);
  } else if (!viewer_.edit(press) && (!press.held || repeats(press))) {
    if (const auto command = command_for(press, viewer_.context())) viewer_.apply(*command);
  }
  serve_requests();
}

void FrameLoop::apply(const Command& command) {
  viewer_.apply(command);
  serve_requests();
}

void FrameLoop::serve_requests() {
  for (const Command& request : viewer_.take_requests()) serve(request);
}

void FrameLoop::serve(const Command& request) {
  ScenarioEditor& editor = viewer_.editor();
  if (const auto* open = std::get_if<command::Open>(&request)) {
    leave();
    session_.open(open->path);
  } else if (std::holds_alternative<command::ListFiles>(request)) {
    viewer_.set_files(session_.files());
  } else if (std::holds_alternative<command::Restart>(request)) {
    session_.restart();
  } else if (std::holds_alternative<command::CancelWork>(request)) {
    session_.cancel();
  } else if (std::holds_alternative<command::RunText>(request)) {
    session_.run_text(editor.text().text());
  } else if (std::holds_alternative<command::ResetText>(request)) {
    editor.reset();
    session_.restart();
  } else if (const auto* save = std::get_if<command::SaveAs>(&request)) {
    save_as(save->path);
  } else if (std::holds_alternative<command::KeepBookmarks>(request)) {
    session_.keep_bookmarks(viewer_.view().bookmarks.all());
  } else if (const auto* copy = std::get_if<command::Copy>(&request)) {
    this->copy(copy->what);
  } else if (const auto* text = std::get_if<command::CopyText>(&request)) {
    ImGui::SetClipboardText(text->text.c_str());
  } else if (std::holds_alternative<command::PasteText>(request)) {
    if (const char* clipboard = ImGui::GetClipboardText()) viewer_.paste(clipboard);
  } else if (std::holds_alternative<command::Quit>(request)) {
    quit_ = true;
  }
}

void FrameLoop::copy(CopyWhat what) {
  const std::string text = viewer_.text_of(what);
  const std::string_view name = what == CopyWhat::narration ? "narration"
                                : what == CopyWhat::output  ? "output"
                                                            : "findings";
  // An empty clipboard would be what nobody wanted.
  if (text.empty()) return viewer_.say("There is nothing to copy: no " + std::string(name) + ".");
  ImGui::SetClipboardText(text.c_str());
  viewer_.say("Copied the " + std::string(name) + ".");
}

void FrameLoop::leave() {
  if (!viewer_.editor().edited() || viewer_.editor().text().text().empty()) return;
  const std::string kept = session_.keep_unsaved(viewer_.editor().text().text());
  if (!kept.empty()) viewer_.say("What you edited is kept in " + kept);
}

void FrameLoop::drop(const std::vector<std::string>& paths) {
  if (paths.empty()) return;
  apply(command::Open{paths.front()});
  if (paths.size() > 1) viewer_.say("Opened the first of " + std::to_string(paths.size()) + " files.");
}

void FrameLoop::save_as(const std::string& path) {
  const std::string problem = session_.save_as(path, viewer_.editor().text().text());
  viewer_.say(problem.empty() ? "Saved as " + path : problem, !problem.empty());
}

void FrameLoop::draw(const Fonts& fonts, float width, float height, float content_scale, double clock) {
  const Theme& colors = theme(viewer_.theme_name());
  if (auto& toast = viewer_.view().toast; toast && toast->until == 0)
    toast->until = clock + (toast->is_error ? kErrorSeconds : kToastSeconds);
  if (shown_.notice || !viewer_.has_events()) {
    const Notice notice = shown_.notice.value_or(Notice{shown_.run.title, "running …", Notice::Kind::busy});
    viewer_.apply(draw_notice(notice, viewer_.view(), colors, fonts, width, height));
  } else {
    const FrameView frame = viewer_.frame(width, height, content_scale, clock);
    viewer_.apply(draw_main_window(frame, viewer_.view(), fonts));
  }
  serve_requests();
}

bool FrameLoop::expects_more() const {
  return shown_.work || viewer_.awaits_answers() || (!shown_.notice && !finished_);
}

std::string FrameLoop::window_title() const {
  const std::string title = shown_.notice ? shown_.notice->title : viewer_.window_title();
  return title.empty() ? "loopscope" : "loopscope – " + title;
}

}  // namespace loopscope::viz
