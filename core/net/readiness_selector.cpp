#include "core/net/readiness_selector.h"

#include "core/loop/event_pair.h"
#include "core/trace/events.h"

namespace loopscope {

ReadinessSelector::ReadinessSelector(World world, Tracer& tracer)
    : tracer_(tracer), selector_(world.network.open_selector()) {}

void ReadinessSelector::watch(Fd fd, std::uint8_t mask, std::string_view label) {
  const auto known = masks_.find(fd);
  const std::uint8_t before = known == masks_.end() ? std::uint8_t{0} : known->second;
  try {
    selector_->watch(fd, mask);
  } catch (const OsError&) {
    unwatch(fd);
    throw;
  }
  masks_[fd] = mask;
  if (const auto gone = static_cast<std::uint8_t>(before & ~mask))
    tracer_.emit(make::fd_unwatched({}, fd, gone));
  if (mask) tracer_.emit(make::fd_watched({}, fd, mask, {}, tracer_.label(label)));
}

void ReadinessSelector::unwatch(Fd fd) {
  const auto known = masks_.find(fd);
  if (known == masks_.end()) return;
  const std::uint8_t mask = known->second;
  masks_.erase(known);
  selector_->watch(fd, 0);
  tracer_.emit(make::fd_unwatched({}, fd, mask));
}

std::vector<FdEvent> ReadinessSelector::select(std::optional<double> timeout) {
  EventPair pair(tracer_, timeout ? make::select_begin({}, *timeout) : make::select_begin_for_ever({}),
                 make::plain(EventKind::select_end, {}));
  std::vector<FdEvent> events = selector_->select(timeout);
  pair.end.arg = events.size();
  return events;
}

}  // namespace loopscope
