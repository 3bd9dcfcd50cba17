#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "viz/model/scenario_editor.h"

namespace loopscope::app {

/// Looks for what is wrong with a scenario's text while it is typed, on a thread of its own: the newest
/// text counts, those that came meanwhile are passed over. Any thread.
class TextCheck final {
 public:
  TextCheck() = default;
  ~TextCheck();
  TextCheck(const TextCheck&) = delete;
  TextCheck& operator=(const TextCheck&) = delete;

  /// Checks `text` as that of the file `name`.
  void ask(std::uint64_t revision, std::string name, std::string text);
  /// What the last check that is done found; null before the first.
  std::shared_ptr<const viz::CheckedText> checked() const;

 private:
  struct Asked {
    std::uint64_t revision = 0;
    std::string name, text;
  };
  void work();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Asked> asked_;                       // under mutex_
  std::shared_ptr<const viz::CheckedText> checked_;  // under mutex_
  bool ends_ = false;                                // under mutex_
  std::thread worker_;                               // made by the first question
};

}  // namespace loopscope::app
