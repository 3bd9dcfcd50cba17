#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "viz/model/commands.h"
#include "viz/model/keys.h"

namespace loopscope::viz {

/// What some commands start from.
struct CommandContext {
  float scale = 1;  ///< the user's UI scale
  float speed = 1;
  bool teaching = false;  ///< a lesson or predict mode is on: its keys come first
  LoopId next_loop = {};  ///< the loop to show after the one that is shown; none: the cursor's
  char32_t typed = 0;     ///< the sign that was typed, if one was
};

enum class CommandGroup : std::uint8_t { walk, marks, look, file, window, teach };
inline constexpr int kCommandGroups = 6;
std::string_view title_of(CommandGroup group);

/// One thing that the user can ask for. Shortcuts and the help overlay come from this table.
struct CommandRow {
  CommandGroup group;
  std::string_view name;           ///< "Next event"
  std::string_view help;           ///< one more sentence, or empty
  std::span<const KeyPress> keys;  ///< the first one is shown
  Command (*make)(const CommandContext&);
};

/// All commands, in the order of the help overlay.
std::span<const CommandRow> command_table();

/// The key of the command called `name`, for people; empty when there is none.
std::string key_of(std::string_view name);

/// What `press` asks for, if it is bound.
std::optional<Command> command_for(const KeyPress& press, const CommandContext& context);

/// The stops of the speed control, slowest first.
std::span<const float> speed_stops();
/// The stop after (`faster`) or before `speed`.
float next_speed(float speed, bool faster);
/// UI scales stay between these.
inline constexpr float kMinScale = 0.5F, kMaxScale = 4;

}  // namespace loopscope::viz
