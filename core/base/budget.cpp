#include "core/base/budget.h"

#include <string>

#include "core/base/errors.h"
#include "core/base/repr.h"

namespace loopscope {
namespace {

[[noreturn]] void reached(bool& ended, const char* name, const std::string& limit) {
  ended = true;
  throw RunEnded(RunEnded::Why::limit, name, std::string("limit reached: ") + name + " (" + limit + ")");
}

}  // namespace

void Budget::spend_iteration() {
  check_stop();
  if (iterations_ >= limits_.iterations) reached(ended_, "iterations", std::to_string(limits_.iterations));
  ++iterations_;
}

void Budget::check_events(std::uint64_t events) const {
  if (events > limits_.events) reached(ended_, "events", std::to_string(limits_.events));
}

void Budget::spend_step() {
  check_stop();
  if (steps_ >= limits_.steps) reached(ended_, "steps", std::to_string(limits_.steps));
  ++steps_;
}

void Budget::check_time(double now) const {
  if (now > limits_.time) reached(ended_, "time", short_number(limits_.time) + " s");
}

void Budget::use_memory(std::int64_t bytes) {
  memory_ += static_cast<std::uint64_t>(bytes);  // wraps as subtraction when negative
  if (bytes > 0 && memory_ > limits_.memory)
    reached(ended_, "memory", std::to_string(limits_.memory) + " bytes");
}

void Budget::check_stop() const {
  if (!stop_.load(std::memory_order_relaxed)) return;
  ended_ = true;
  throw RunEnded(RunEnded::Why::stopped, "", "stopped");
}

}  // namespace loopscope
