#pragma once

#include <optional>
#include <string>
#include <utility>

#include "traces/trace_store.h"

namespace loopscope::viz {

/// What makes an event the same in two runs of nearly the same program: ids and line numbers
/// may differ, what the program's text says does not.
struct EventLook {
  EventKind kind = EventKind::gap;
  std::string task;                ///< its coroutine and, where it has one, its own name
  std::string line;                ///< the text of the line that it stands on
  std::string text;                ///< of an output
  Cause cause = Cause::call_soon;  ///< of a handle that is queued
  friend bool operator==(const EventLook&, const EventLook&) = default;
};

/// A place in one run, to be found again in another: "the second time that A's `await queue.get()`
/// suspends it, and from there the third event of that kind".
struct PlaceMark {
  traces::EventIndex event = 0;  ///< in the run it was taken from
  bool anchored = false;         ///< an event of the program's own stood at the place or before it
  EventLook anchor;
  std::size_t nth = 0;    ///< which event of that look, from 0
  EventLook look;         ///< of the event itself
  std::size_t after = 0;  ///< how many of that look came since the anchor, itself included
};

/// The place of `event` in `store`. Linear in `event`.
PlaceMark mark_place(const traces::TraceStore& store, traces::EventIndex event);

/// Looks for a marked place in a run that may still grow; never looks at an event twice.
class PlaceFinder final {
 public:
  explicit PlaceFinder(PlaceMark mark) : mark_(std::move(mark)) {}

  /// Where it is, once the run has come to it. When the run has finished without, the place
  /// nearest to it: the last event that looked like the anchor, else the same event number.
  std::optional<traces::EventIndex> look(const traces::TraceStore& store);
  const PlaceMark& mark() const { return mark_; }

 private:
  bool seek_anchor(const traces::TraceStore& store, std::size_t size);

  PlaceMark mark_;
  traces::EventIndex at_ = 0;  // looked at so far
  std::size_t seen_ = 0;       // events that look like the anchor
  std::optional<traces::EventIndex> anchor_, best_;
  std::size_t after_ = 0;
};

}  // namespace loopscope::viz
