#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "traces/stepping.h"
#include "traces/trace_store.h"

namespace loopscope::viz {

using traces::EventIndex;
using traces::Granularity;

/// What is selected: shared by all panels.
struct Selection {
  enum class Kind : std::uint8_t { none, task, handle, fd, line };
  Kind kind = Kind::none;
  std::uint32_t id = 0;  ///< task, handle or fd id, or listing line
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// What a panel asks the session to do before the next frame. Panels return commands;
/// they change nothing but their own view state.
namespace command {
struct Seek { EventIndex event; };                 ///< clamps to the trace
struct Step { Granularity by; bool forward; };     ///< also makes `by` the current granularity
struct TogglePlay {};
struct SetSpeed { float factor; };
struct Select { Selection what; };
struct ToggleAxis {};
struct ToggleHelp {};
struct ToggleTheme {};
struct SetScale { float scale; };
struct Restart {};
struct Zoom { float factor; };                     ///< the timeline, about the playhead; > 1 shows less
struct Pan { float share; };                       ///< the timeline moves on by this share of what it shows
struct Fit {};
struct Open { std::string path; };
struct Dismiss {};                                 ///< Esc: closes, then deselects
struct Quit {};
}  // namespace command

using Command = std::variant<command::Seek, command::Step, command::TogglePlay, command::SetSpeed, command::Select,
                             command::ToggleAxis, command::ToggleHelp, command::ToggleTheme, command::SetScale,
                             command::Restart, command::Zoom, command::Pan, command::Fit, command::Open, command::Dismiss,
                             command::Quit>;
using Commands = std::vector<Command>;

}  // namespace loopscope::viz
