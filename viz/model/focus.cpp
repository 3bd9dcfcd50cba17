#include "viz/model/focus.h"

#include <algorithm>
#include <utility>

namespace loopscope::viz {

std::vector<FocusStop> focus_stops(const Layout& layout) {
  std::vector<FocusStop> stops;
  const auto add = [&](FocusStop stop) {
    if (!rect_of(stop, layout).empty()) stops.push_back(stop);
  };
  add(FocusStop::program);
  add(FocusStop::output);
  add(FocusStop::loop);
  add(FocusStop::tasks);
  add(FocusStop::why);
  add(FocusStop::awaits);
  add(FocusStop::findings);
  add(FocusStop::timeline);
  return stops;
}

FocusStop next_stop(const std::vector<FocusStop>& stops, FocusStop stop, bool forward) {
  if (stops.empty()) return FocusStop::none;
  const auto at = std::find(stops.begin(), stops.end(), stop);
  if (at == stops.end()) return forward ? stops.front() : stops.back();
  const auto here = static_cast<std::size_t>(at - stops.begin());
  return stops[(here + (forward ? 1 : stops.size() - 1)) % stops.size()];
}

const Rect& rect_of(FocusStop stop, const Layout& layout) {
  static constexpr Rect kNowhere{};
  switch (stop) {
    case FocusStop::program:
      return layout.program;
    case FocusStop::output:
      return layout.output;
    case FocusStop::loop:
      return layout.loop;
    case FocusStop::tasks:
      return layout.tasks;
    case FocusStop::why:
    case FocusStop::awaits:
      return layout.side_tabs ? layout.tasks : layout.why;
    case FocusStop::findings:
      return layout.side_tabs ? layout.tasks : layout.findings;
    case FocusStop::timeline:
      return layout.timeline;
    case FocusStop::none:
      break;
  }
  return kNowhere;
}

std::optional<FocusRow> take_focus(Focus& focus, FocusStop stop, std::size_t rows, std::size_t start) {
  if (focus.stop != stop) return std::nullopt;
  const int moves = std::exchange(focus.moves, 0);
  const bool enter = std::exchange(focus.enter, false), fresh = !focus.row;
  if (rows == 0) {
    focus.row.reset();
    return std::nullopt;
  }
  const auto last = static_cast<std::ptrdiff_t>(rows) - 1;
  const auto at = static_cast<std::ptrdiff_t>(focus.row.value_or(start));
  focus.row = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(at + moves, 0, last));
  return FocusRow{*focus.row, fresh || moves != 0, enter};
}

}  // namespace loopscope::viz
