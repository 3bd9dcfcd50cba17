#include "viz/model/time_axis.h"

#include <cmath>

namespace loopscope::viz {
namespace {

using traces::EventIndex;

// The nearest that one can look: a handful of events, a tenth of a microsecond.
constexpr double kFewestEvents = 4, kShortest = 100;

// The clock axis leaves air around the run, so that its last instant does not stick to the edge.
constexpr double kAirBefore = 0.012, kAirAfter = 0.035;

struct Range {
  double begin, end;
};

std::int64_t time_of(const traces::TraceStore& store, std::size_t size, std::size_t event) {
  if (size == 0) return 0;
  return store.event(std::min(event, size - 1)).ts;
}

Range whole(const traces::TraceStore& store, std::size_t size, AxisKind kind) {
  if (kind == AxisKind::steps) return {0, static_cast<double>(std::max<std::size_t>(size, 1))};
  const auto first = static_cast<double>(time_of(store, size, 0));
  const auto last = static_cast<double>(time_of(store, size, size));
  const double duration = last > first ? last - first : 1e6;  // one instant: a millisecond around it
  return {first - duration * kAirBefore,
          std::max(last, first + (last > first ? 0 : duration)) + duration * kAirAfter};
}

Range stored(const TimelineView& view, AxisKind kind) {
  return kind == AxisKind::steps ? Range{view.steps_begin, view.steps_end}
                                 : Range{view.clock_begin, view.clock_end};
}

void store_range(TimelineView& view, AxisKind kind, Range range) {
  if (kind == AxisKind::steps) {
    view.steps_begin = range.begin;
    view.steps_end = range.end;
  } else {
    view.clock_begin = range.begin;
    view.clock_end = range.end;
  }
}

bool is_range(Range r) { return std::isfinite(r.begin) && std::isfinite(r.end) && r.end > r.begin; }

double shortest(AxisKind kind, Range full) {
  return std::min(kind == AxisKind::steps ? kFewestEvents : kShortest, full.end - full.begin);
}

/// The first event from `start` on that is at or after `ns`; `size` when there is none.
/// Gallops, then halves.
std::size_t first_at(const traces::TraceStore& store, std::size_t size, double ns, std::size_t start = 0) {
  std::size_t low = std::min(start, size), high = size;
  for (std::size_t step = 16; low + step < size; step *= 4) {
    if (static_cast<double>(store.event(low + step).ts) >= ns) {
      high = low + step;
      break;
    }
    low += step;
  }
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (static_cast<double>(store.event(middle).ts) < ns)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

}  // namespace

TimeAxis::TimeAxis(const traces::TraceStore& store, std::size_t size, AxisKind kind, const TimelineView& view,
                   float left, float right)
    : store_(&store), size_(size), kind_(kind), view_(view), left_(left), right_(std::max(right, left + 1)) {
  const Range full = whole(store, size, kind), range = stored(view, kind);
  full_begin_ = full.begin;
  full_end_ = full.end;
  begin_ = is_range(range) ? range.begin : full.begin;
  end_ = is_range(range) ? range.end : full.end;
}

bool TimeAxis::shows_all() const { return begin_ <= full_begin_ && end_ >= full_end_; }

float TimeAxis::x_of(std::size_t event) const {
  if (kind_ == AxisKind::clock) return x_of_time(time_of(*store_, size_, event));
  return left_ + static_cast<float>((static_cast<double>(event) - begin_) * pixels_per_unit());
}

float TimeAxis::x_mid(std::size_t event) const {
  return x_of(event) + (kind_ == AxisKind::steps ? static_cast<float>(pixels_per_unit() / 2) : 0.0F);
}

float TimeAxis::x_of_time(std::int64_t ns) const {
  return left_ + static_cast<float>((static_cast<double>(ns) - begin_) * pixels_per_unit());
}

EventIndex TimeAxis::event_at(float x) const {
  if (size_ == 0) return 0;
  const double at = begin_ + static_cast<double>(x - left_) / pixels_per_unit();
  if (kind_ == AxisKind::steps)
    return static_cast<EventIndex>(std::clamp(std::floor(at), 0.0, static_cast<double>(size_ - 1)));
  const std::size_t after = first_at(*store_, size_, std::nextafter(at, HUGE_VAL));
  return after == 0 ? 0 : after - 1;
}

std::size_t TimeAxis::first_from(float x, std::size_t start) const {
  const double at = begin_ + static_cast<double>(x - left_) / pixels_per_unit();
  if (kind_ == AxisKind::steps)
    return std::max(std::min(start, size_),
                    static_cast<std::size_t>(std::clamp(std::ceil(at), 0.0, static_cast<double>(size_))));
  return first_at(*store_, size_, at, start);
}

std::pair<EventIndex, EventIndex> TimeAxis::visible() const {
  if (size_ == 0) return {0, 0};
  if (kind_ == AxisKind::steps) {
    const double last = static_cast<double>(size_);
    return {static_cast<EventIndex>(std::clamp(std::floor(begin_), 0.0, last)),
            static_cast<EventIndex>(std::clamp(std::ceil(end_), 0.0, last))};
  }
  return {first_at(*store_, size_, begin_), first_at(*store_, size_, std::nextafter(end_, HUGE_VAL))};
}

TimelineView TimeAxis::zoomed(float x, double factor) const {
  TimelineView view = view_;
  if (!(factor > 0) || !std::isfinite(factor)) return view;
  const Range full{full_begin_, full_end_};
  const double span = std::max((end_ - begin_) / factor, shortest(kind_, full));
  if (span >= full.end - full.begin) {
    store_range(view, kind_, {0, 0});
    return view;
  }
  const double share = static_cast<double>(x - left_) / static_cast<double>(right_ - left_);
  const double about = begin_ + share * (end_ - begin_);
  // What hangs over an end of the trace may stay so, but gets no worse.
  const double low = std::min(full.begin, begin_), high = std::max(full.end, end_);
  const double begin = std::clamp(about - share * span, low, high - span);
  store_range(view, kind_, {begin, begin + span});
  return view;
}

TimelineView TimeAxis::panned(float pixels) const {
  TimelineView view = view_;
  const double span = end_ - begin_;
  const double low = std::min(full_begin_, begin_), high = std::max(full_end_ - span, begin_);
  const double begin = std::clamp(begin_ - static_cast<double>(pixels) / pixels_per_unit(), low, high);
  if (begin != begin_) store_range(view, kind_, {begin, begin + span});
  return view;
}

TimelineView switch_axis(const traces::TraceStore& store, std::size_t size, const TimelineView& view,
                         AxisKind from, EventIndex cursor, float left, float right) {
  const AxisKind to = from == AxisKind::steps ? AxisKind::clock : AxisKind::steps;
  const TimeAxis source(store, size, from, view, left, right), target(store, size, to, view, left, right);
  const float x = source.x_mid(cursor);
  if (std::abs(target.x_mid(cursor) - x) < 0.5F) return view;

  const double share =
      std::clamp(static_cast<double>(x - left) / static_cast<double>(source.right() - left), 0.0, 1.0);
  const double at = to == AxisKind::steps ? static_cast<double>(cursor) + 0.5
                                          : static_cast<double>(time_of(store, size, cursor));
  double span = target.end() - target.begin();
  if (target.shows_all()) {
    // Keep the whole run in sight: it then leaves some room at one end. Where that would
    // squeeze the run too much, rather cut it.
    const Range full = whole(store, size, to);
    const double need = std::max(share > 0 ? (at - full.begin) / share : 0.0,
                                 share < 1 ? (full.end - at) / (1 - share) : 0.0);
    span = std::clamp(need, full.end - full.begin, 3 * (full.end - full.begin));
  }
  TimelineView result = view;
  store_range(result, to, {at - share * span, at + (1 - share) * span});
  return result;
}

}  // namespace loopscope::viz
