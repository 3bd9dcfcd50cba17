#pragma once

#include <optional>
#include <string>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::viz {

using traces::EventIndex;

/// A marked place of a trace, with what somebody wanted to say of it.
struct Bookmark {
  EventIndex event = 0;
  std::string note;
  friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

/// Bookmarks in order of their events, at most one an event.
class Bookmarks {
 public:
  const std::vector<Bookmark>& all() const { return all_; }
  void assign(std::vector<Bookmark> bookmarks);
  void set(EventIndex event, std::string note);
  bool remove(EventIndex event);
  const Bookmark* at(EventIndex event) const;
  /// The nearest one after (or before) `event`; round the ends.
  const Bookmark* next(EventIndex event, bool forward) const;

 private:
  std::vector<Bookmark> all_;
};

/// The places that one has jumped away from, as in a browser.
class Visited {
 public:
  void clear() { back_.clear(), forward_.clear(); }
  /// One jumps away from `place`.
  void leave(EventIndex place);
  /// Where to go back (forward) to from `place`, if anywhere.
  std::optional<EventIndex> back(EventIndex place);
  std::optional<EventIndex> forward(EventIndex place);

 private:
  std::vector<EventIndex> back_, forward_;
};

}  // namespace loopscope::viz
