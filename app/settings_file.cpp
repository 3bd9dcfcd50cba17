#include "app/settings_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "app/output_file.h"

namespace loopscope::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargest = 1U << 20;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

}  // namespace

std::string SettingsFile::usual_path() {
  // The standard wants relative paths ignored.
  if (const std::string folder = environment("XDG_CONFIG_HOME"); folder.starts_with('/'))
    return folder + "/loopscope/settings.json";
  const std::string home = environment("HOME");
  return home.empty() ? std::string() : home + "/.config/loopscope/settings.json";
}

std::string SettingsFile::keep_unsaved(const std::string& name, const std::string& text) const {
  if (path_.empty()) return {};
  std::error_code ignored;
  const fs::path folder = fs::path(path_).parent_path() / "unsaved";
  fs::create_directories(folder, ignored);
  const std::string file = (folder / name).string();
  OutputFile out(file);
  return out.ok() && out.write(text) && out.commit() ? file : std::string();
}

SettingsFile::SettingsFile(std::string path) : path_(std::move(path)) {
  std::error_code code;
  if (path_.empty() || !fs::exists(path_, code)) return;
  std::string what;
  std::ifstream in(path_, std::ios::binary);
  if (!fs::is_regular_file(path_, code) || !in) {
    what = "it cannot be read";
  } else if (fs::file_size(path_, code) > kLargest) {
    what = "it is too large";
  } else {
    std::ostringstream text;
    text << in.rdbuf();
    auto read = traces::parse_settings(text.str());
    settings_ = std::move(read.settings);
    what = std::move(read.problem);
  }
  broken_ = !what.empty();
  if (broken_) problem_ = "Default settings are used. " + path_ + ": " + what + ".";
}

void SettingsFile::keep(const traces::ViewerSettings& settings) {
  if (path_.empty() || settings == settings_) return;
  settings_ = settings;
  std::error_code ignored;
  fs::create_directories(fs::path(path_).parent_path(), ignored);
  if (std::exchange(broken_, false)) fs::rename(path_, path_ + ".broken", ignored);
  OutputFile out(path_);
  if (out.ok() && out.write(traces::settings_json(settings))) out.commit();
}

}  // namespace loopscope::app
