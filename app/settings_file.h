#pragma once

#include <string>

#include "traces/formats/viewer_settings.h"

namespace loopscope::app {

/// The viewer's settings on disk: settings.json in the user's configuration folder.
class SettingsFile final {
 public:
  /// Reads `path`; empty: nothing is read or kept.
  explicit SettingsFile(std::string path);

  /// $XDG_CONFIG_HOME/loopscope/settings.json, else ~/.config/loopscope/settings.json; empty
  /// where neither is known.
  static std::string usual_path();

  const traces::ViewerSettings& settings() const { return settings_; }
  /// One sentence on what could not be read, or empty.
  const std::string& problem() const { return problem_; }
  /// Writes them when they differ from what is there; the file appears whole. One that could
  /// not be read is kept as settings.json.broken.
  void keep(const traces::ViewerSettings& settings);
  /// Writes `text` as `name` into the folder "unsaved" beside the settings. Returns the file, or
  /// nothing when it cannot be kept.
  std::string keep_unsaved(const std::string& name, const std::string& text) const;

 private:
  std::string path_, problem_;
  traces::ViewerSettings settings_;
  bool broken_ = false;
};

}  // namespace loopscope::app
