#pragma once

#include <chrono>
#include <string>

namespace loopscope::app {

/// One line on a terminal's stderr that tells how far long work is: it comes after half a second
/// and goes with the object. Silent where stderr is no terminal.
class TerminalProgress final {
 public:
  /// `what`: "reading big.trace.jsonl".
  explicit TerminalProgress(std::string what);
  ~TerminalProgress();
  TerminalProgress(const TerminalProgress&) = delete;
  TerminalProgress& operator=(const TerminalProgress&) = delete;

  /// `done` of `all`; 0 = nobody knows.
  void tell(std::size_t done, std::size_t all);

 private:
  std::string what_;
  bool terminal_;
  int shown_ = -1;  // percent on the screen
  std::chrono::steady_clock::time_point began_;
};

}  // namespace loopscope::app
