#pragma once

#include <optional>
#include <string>
#include <vector>

namespace loopscope::traces {

/// What the viewer remembers from one day to the next.
struct ViewerSettings {
  /// In screen coordinates.
  struct Place {
    int x = 0, y = 0, width = 0, height = 0;
    bool maximized = false;
    friend bool operator==(const Place&, const Place&) = default;
  };
  std::optional<Place> window;  ///< none: the program chooses
  std::string theme = "dark";   ///< or "light"
  double scale = 1;             ///< on top of the monitor's; 0.5 to 4
  bool reduced_motion = false;
  std::string axis = "steps";       ///< or "clock"
  std::string program = "listing";  ///< the program panel: or "json", "output"
  std::string side = "tasks";       ///< the right side's tab: or "why", "findings", "await"
  bool await_tree = false;          ///< in place of "why"
  std::vector<std::string> recent;  ///< files, the newest first
  friend bool operator==(const ViewerSettings&, const ViewerSettings&) = default;
};

/// At most so many recent files are kept.
inline constexpr std::size_t kMostRecent = 20;

struct ReadSettings {
  ViewerSettings settings;
  std::string problem;  ///< what of the text was not taken over, or empty: the default stands for it
};

/// Settings from a file's text. Anything that is missing or wrong is as in a new
/// ViewerSettings; keys that are not known are left alone.
ReadSettings parse_settings(const std::string& text);
std::string settings_json(const ViewerSettings& settings);

}  // namespace loopscope::traces
