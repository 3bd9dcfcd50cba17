#include "app/terminal_progress.h"

#include <cstdio>
#include <unistd.h>
#include <utility>

namespace loopscope::app {

TerminalProgress::TerminalProgress(std::string what)
    : what_(std::move(what)),
      terminal_(isatty(STDERR_FILENO) == 1),
      began_(std::chrono::steady_clock::now()) {}

TerminalProgress::~TerminalProgress() {
  if (shown_ < 0) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
}

void TerminalProgress::tell(std::size_t done, std::size_t all) {
  constexpr auto kSilence = std::chrono::milliseconds(500);
  if (!terminal_ || all == 0) return;
  const int percent = static_cast<int>(100.0 * static_cast<double>(done) / static_cast<double>(all));
  if (percent == shown_ || std::chrono::steady_clock::now() - began_ < kSilence) return;
  shown_ = percent;
  std::fprintf(stderr, "\r\033[K%s: %d %%", what_.c_str(), percent);
  std::fflush(stderr);
}

}  // namespace loopscope::app
