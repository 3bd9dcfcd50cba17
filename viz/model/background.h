#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

namespace loopscope::viz {

/// One answer that is worked out on a thread of its own. Owned by one thread.
template <class Answer>
class Background {
 public:
  /// Works the answer out; it should look at the flag now and then, and come back when it is set.
  using Make = std::function<Answer(const std::atomic<bool>&)>;

  Background() = default;
  ~Background() { stop(); }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  /// Begins; what was under way before is stopped and forgotten.
  void start(Make make) {
    stop();
    stopping_ = done_ = false;
    worker_ = std::thread([this, make = std::move(make)] {
      answer_ = make(stopping_);
      done_.store(true, std::memory_order_release);
    });
  }
  /// Forgets what is under way; waits until it has noticed.
  void stop() {
    if (!worker_.joinable()) return;
    stopping_ = true;
    worker_.join();
    answer_.reset();
  }
  bool running() const { return worker_.joinable(); }
  /// Whether take() would give something.
  bool ready() const { return running() && done_.load(std::memory_order_acquire); }
  /// The answer, once, when it is there.
  std::optional<Answer> take() {
    if (!ready()) return std::nullopt;
    worker_.join();
    return std::exchange(answer_, std::nullopt);
  }

 private:
  std::atomic<bool> stopping_{false}, done_{false};
  std::optional<Answer> answer_;
  std::thread worker_;
};

}  // namespace loopscope::viz
