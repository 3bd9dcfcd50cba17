#include "viz/model/places.h"

#include <algorithm>

namespace loopscope::viz {
namespace {

constexpr std::size_t kMostPlaces = 200;

auto place_of(const std::vector<Bookmark>& all, EventIndex event) {
  return std::lower_bound(all.begin(), all.end(), event,
                          [](const Bookmark& b, EventIndex e) { return b.event < e; });
}

std::optional<EventIndex> pop(std::vector<EventIndex>& from, std::vector<EventIndex>& to, EventIndex place) {
  while (!from.empty()) {
    const EventIndex event = from.back();
    from.pop_back();
    if (event == place) continue;
    to.push_back(place);
    return event;
  }
  return std::nullopt;
}

}  // namespace

void Bookmarks::assign(std::vector<Bookmark> bookmarks) {
  all_.clear();
  for (Bookmark& b : bookmarks) set(b.event, std::move(b.note));
}

void Bookmarks::set(EventIndex event, std::string note) {
  const auto at = all_.begin() + (place_of(all_, event) - all_.cbegin());
  if (at != all_.end() && at->event == event)
    at->note = std::move(note);
  else
    all_.insert(at, {event, std::move(note)});
}

bool Bookmarks::remove(EventIndex event) {
  return std::erase_if(all_, [event](const Bookmark& b) { return b.event == event; }) > 0;
}

const Bookmark* Bookmarks::at(EventIndex event) const {
  const auto at = place_of(all_, event);
  return at != all_.end() && at->event == event ? &*at : nullptr;
}

const Bookmark* Bookmarks::next(EventIndex event, bool forward) const {
  if (all_.empty()) return nullptr;
  if (forward) {
    const auto at = place_of(all_, event + 1);
    return at != all_.end() ? &*at : &all_.front();
  }
  const auto at = place_of(all_, event);
  return at != all_.begin() ? &*(at - 1) : &all_.back();
}

void Visited::leave(EventIndex place) {
  if (!back_.empty() && back_.back() == place) return;
  if (back_.size() == kMostPlaces) back_.erase(back_.begin());
  back_.push_back(place);
  forward_.clear();
}

std::optional<EventIndex> Visited::back(EventIndex place) { return pop(back_, forward_, place); }
std::optional<EventIndex> Visited::forward(EventIndex place) { return pop(forward_, back_, place); }

}  // namespace loopscope::viz
