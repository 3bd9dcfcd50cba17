#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "viz/model/layout.h"

namespace loopscope::viz {

/// Where Tab takes the keyboard: a panel, or a tab of one.
enum class FocusStop : std::uint8_t { none, program, output, loop, tasks, why, awaits, findings, timeline };

/// What the keyboard is at. Commands ask for moves; the panel that has the focus makes them when it is
/// drawn next, for only it knows its rows.
struct Focus {
  FocusStop stop = FocusStop::none;
  std::optional<std::size_t> row = {};  ///< none until the panel has chosen one
  int moves = 0;                        ///< rows to go; > 0: downwards
  bool enter = false;                   ///< Enter was pressed

  /// To another stop, which chooses its row anew.
  void go_to(FocusStop to) { *this = Focus{.stop = to}; }
};

/// The stops of a window, in the order of Tab.
std::vector<FocusStop> focus_stops(const Layout& layout);
/// The one after `stop` (or before it), round and round.
FocusStop next_stop(const std::vector<FocusStop>& stops, FocusStop stop, bool forward);
/// The panel of `stop`.
const Rect& rect_of(FocusStop stop, const Layout& layout);

/// The row of a list that the keyboard is at.
struct FocusRow {
  std::size_t row = 0;
  bool moved = false;  ///< the focus has just come here: the row is to be in sight
  bool enter = false;  ///< Enter: what a click on the row does
};
/// The row at which `stop`'s list of `rows` rows has the focus, after the moves that were asked for;
/// none: it has not the focus, or no rows. `start`: where the focus begins in it.
std::optional<FocusRow> take_focus(Focus& focus, FocusStop stop, std::size_t rows, std::size_t start);

}  // namespace loopscope::viz
