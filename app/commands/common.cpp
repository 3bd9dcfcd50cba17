#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "app/commands/commands.h"

namespace loopscope::app {

void print_error(const std::string& text) {
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

int finish_stdout(const std::string& text, int code) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return code;
  print_error(std::string("stdout: error: cannot be written: ") + std::strerror(errno) + "\n");
  return kBadInput;
}

std::optional<Size> parse_size(const std::string& text) {
  Size size{};
  const char* end = text.data() + text.size();
  const auto width = std::from_chars(text.data(), end, size.width);
  if (width.ec != std::errc{} || width.ptr == end || *width.ptr != 'x') return std::nullopt;
  const auto height = std::from_chars(width.ptr + 1, end, size.height);
  if (height.ec != std::errc{} || height.ptr != end) return std::nullopt;
  if (size.width < 320 || size.height < 240 || size.width > 8192 || size.height > 8192) return std::nullopt;
  return size;
}

}  // namespace loopscope::app
