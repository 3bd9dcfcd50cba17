#pragma once

#include <cstdint>
#include <string>

namespace loopscope::app {

/// Notices that a file was saved, also by one that is renamed into its place.
class FileWatch final {
 public:
  /// Watches nothing.
  FileWatch() = default;
  /// From how the file is now on.
  explicit FileWatch(std::string path);

  /// Asks the file; to be called a few times a second. True once after each save, when the file
  /// has stood still between two calls: a half-written one is waited for, and so is one that is
  /// empty or away.
  bool changed();

 private:
  struct Stamp {
    std::int64_t seconds = 0, nanoseconds = 0, size = 0;
    std::uint64_t node = 0;
    bool operator==(const Stamp&) const = default;
  };
  static Stamp stamp(const std::string& path);

  std::string path_;
  Stamp known_, seen_;
};

}  // namespace loopscope::app
