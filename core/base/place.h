#pragma once

#include <cstdint>
#include <string>

namespace loopscope {

/// A line of a source file, as reprs show it. `file` is a literal; null: unknown.
struct Place {
  const char* file = nullptr;
  std::uint32_t line = 0;

  explicit operator bool() const { return file != nullptr; }
  /// "FILE:LINE"
  std::string text() const { return std::string(file) + ":" + std::to_string(line); }
};

}  // namespace loopscope
