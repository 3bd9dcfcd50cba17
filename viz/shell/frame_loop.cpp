#include "viz/shell/frame_loop.h"

#include <imgui.h>
#include <utility>
#include <variant>

namespace loopscope::viz {

bool FrameLoop::sync() {
  SessionView now = session_.view();
  const auto text = [](const SessionView& v) {
    return v.notice ? v.notice->title + "\n" + v.notice->text : std::string();
  };
  bool changed = !synced_ || text(now) != text(shown_) || now.failure != shown_.failure;
  if (!synced_ || now.generation != shown_.generation) {
    viewer_.show(now.run, synced_ && now.same_program);
    viewer_.set_bookmarks(now.bookmarks);
    changed = true;
  }
  viewer_.set_failure(now.failure);
  const bool finished = now.run.store && now.run.store->finished();
  const std::size_t size = now.run.store ? now.run.store->size() : 0;
  changed = changed || size != size_ || finished != finished_;
  shown_ = std::move(now);
  size_ = size;
  finished_ = finished;
  synced_ = true;
  viewer_.resume();
  return changed;
}

void FrameLoop::press(const KeyPress& press) {
  if (viewer_.takes_text()) {
    viewer_.type(press);
    serve_requests();
    return;
  }
  if (const auto command = command_for(press, viewer_.context())) apply(*command);
}

void FrameLoop::apply(const Command& command) {
  viewer_.apply(command);
  serve_requests();
}

void FrameLoop::serve_requests() {
  for (const Command& request : viewer_.take_requests()) {
    if (const auto* open = std::get_if<command::Open>(&request))
      session_.open(open->path);
    else if (std::holds_alternative<command::Restart>(request))
      session_.restart();
    else if (std::holds_alternative<command::KeepBookmarks>(request))
      session_.keep_bookmarks(viewer_.view().bookmarks.all());
    else if (const auto* copy = std::get_if<command::Copy>(&request))
      ImGui::SetClipboardText(viewer_.text_of(copy->what).c_str());
    else if (std::holds_alternative<command::Quit>(request))
      quit_ = true;
  }
}

void FrameLoop::draw(const Fonts& fonts, float width, float height, float content_scale, double clock) {
  const Theme& colors = theme(viewer_.theme_name());
  const float scale = this->scale(content_scale);
  if (shown_.notice || !viewer_.has_events()) {
    const Notice notice = shown_.notice.value_or(Notice{shown_.run.title, "running …", false});
    viewer_.apply(draw_notice(notice, colors, fonts, width, height, scale));
  } else {
    const FrameView frame = viewer_.frame(width, height, content_scale, clock);
    viewer_.apply(draw_main_window(frame, viewer_.view(), fonts));
  }
  serve_requests();
}

bool FrameLoop::expects_more() const { return !shown_.notice && !finished_; }

std::string FrameLoop::window_title() const {
  const std::string title = shown_.notice ? shown_.notice->title : viewer_.window_title();
  return title.empty() ? "loopscope" : "loopscope – " + title;
}

}  // namespace loopscope::viz
