#include "viz/model/same_place.h"

#include <algorithm>

#include "core/trace/event_reader.h"

namespace loopscope::viz {
namespace {

using traces::EventIndex;
using traces::TraceStore;

// What the program does by itself; the loop's own events are told by their distance from these.
constexpr traces::KindSet kAnchors{EventKind::line,      EventKind::output,         EventKind::task_created,
                                   EventKind::task_step, EventKind::task_suspended, EventKind::task_done,
                                   EventKind::error};
constexpr traces::KindSet kWithTask{EventKind::task_created,   EventKind::task_renamed, EventKind::task_step,
                                    EventKind::task_suspended, EventKind::task_cancel,  EventKind::task_done,
                                    EventKind::output,         EventKind::line,         EventKind::error};
constexpr traces::KindSet kWithLine{EventKind::task_suspended, EventKind::output, EventKind::line,
                                    EventKind::error};
std::string task_look(const TraceStore& store, TaskId task) {
  const auto created = task ? store.created_at(task) : std::nullopt;
  if (!created) return {};
  const TraceEvent event = store.event(*created);
  std::string look(store.label(field::coro(event)));
  if (field::named(event)) look += " " + std::string(store.label(field::label(event)));
  return look;
}

std::string_view line_look(const TraceStore& store, std::uint32_t line) {
  const auto& listing = store.header().listing;
  return line > 0 && line <= listing.size() ? std::string_view(listing[line - 1]) : std::string_view();
}

TaskId task_of(const TraceEvent& event) {
  if (kWithTask.has(event.kind)) return field::task(event);
  return event.kind == EventKind::handle_queued ? field::queued_task(event) : TaskId{};
}

EventLook look_of(const TraceStore& store, EventIndex i) {
  const TraceEvent event = store.event(i);
  EventLook look{.kind = event.kind, .task = task_look(store, task_of(event)), .line = {}, .text = {}};
  if (kWithLine.has(event.kind)) look.line = line_look(store, field::line(event));
  if (event.kind == EventKind::output) look.text = store.text(i, TextField::text).value_or("");
  if (event.kind == EventKind::handle_queued) look.cause = field::cause(event);
  return look;
}

/// Whether look_of(store, i) is `look`; what tells most events apart comes first.
bool has_look(const TraceStore& store, EventIndex i, const EventLook& look) {
  const TraceEvent event = store.event(i);
  if (event.kind != look.kind) return false;
  if (kWithLine.has(event.kind) && line_look(store, field::line(event)) != look.line) return false;
  return look_of(store, i) == look;
}

}  // namespace

PlaceMark mark_place(const TraceStore& store, EventIndex event) {
  PlaceMark mark{.event = event, .anchor = {}, .look = look_of(store, event)};
  EventIndex begin = 0;
  if (kAnchors.has(mark.look.kind)) {
    mark.anchored = true;
    begin = event;
  } else if (const auto before = store.previous_of(kAnchors, event)) {
    mark.anchored = true;
    begin = *before;
  }
  if (mark.anchored) {
    mark.anchor = look_of(store, begin);
    for (EventIndex i = 0; i < begin; ++i) mark.nth += has_look(store, i, mark.anchor) ? 1 : 0;
  }
  for (EventIndex i = begin; i <= event; ++i) mark.after += has_look(store, i, mark.look) ? 1 : 0;
  return mark;
}

/// Goes on to the anchor; true once it is found.
bool PlaceFinder::seek_anchor(const TraceStore& store, std::size_t size) {
  if (!mark_.anchored) anchor_ = 0;
  for (; !anchor_ && at_ < size; ++at_) {
    if (!has_look(store, at_, mark_.anchor)) continue;
    best_ = at_;
    if (seen_++ != mark_.nth) continue;
    anchor_ = at_;
    break;  // it may be the place itself
  }
  return anchor_.has_value();
}

std::optional<EventIndex> PlaceFinder::look(const TraceStore& store) {
  const bool finished = store.finished();  // before the size: it stays as it is from then on
  const std::size_t size = store.size();
  if (seek_anchor(store, size)) {
    for (; at_ < size; ++at_) {
      if (has_look(store, at_, mark_.look) && ++after_ == mark_.after) return at_;
      if (at_ > *anchor_ && kAnchors.has(store.event(at_).kind)) return at_ - 1;  // here it would have been
    }
    if (finished && size > 0) return size - 1;
  }
  if (!finished || size == 0) return std::nullopt;
  return best_ ? *best_ : std::min(mark_.event, size - 1);
}

}  // namespace loopscope::viz
