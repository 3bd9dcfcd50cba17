#include "core/sync/loop_bound.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace loopscope {

EventLoop& LoopBound::bind(EventLoop& running) {
  if (!loop_) loop_ = running.anchor();
  if (!(loop_ == running.anchor()))
    throw CoreError(CoreError::Type::RuntimeError, repr() + " is bound to a different event loop");
  return running;
}

Ref<Future> LoopBound::new_waiter(EventLoop& running, std::string_view operation) {
  EventLoop& loop = bind(running);
  const std::string label =
      identity_.name + "." + (identity_.operation.empty() ? std::string(operation) : identity_.operation);
  Ref<Future> future = make_ref<Future>(loop, label);
  if (identity_.kind == WaitKind::as_completed)  // no object of the program's
    future->set_waits_on({identity_.kind, future->id().value, {}});
  else
    future->set_waits_on({identity_.kind, identity_.id.value, loop.tracer().label(label)});
  return future;
}

std::string object_address(ObjectId id) {
  std::array<char, 16> digits;
  const std::uint64_t address = 0x7f0000000000 + std::uint64_t{id.value} * 16;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), address, 16);
  return "0x" + std::string(digits.data(), end.ptr);
}

void Waiters::remove(const Ref<Future>& future) {
  const auto found = std::find(futures_.begin(), futures_.end(), future);
  if (found != futures_.end()) futures_.erase(found);
}

Ref<Future> Waiters::pop() {
  Ref<Future> first = std::move(futures_.front());
  futures_.pop_front();
  return first;
}

bool Waiters::any_live() const {
  return std::any_of(begin(), end(), [](const Ref<Future>& waiter) { return !waiter->cancelled(); });
}

std::string Waiters::text() const { return empty() ? std::string() : ", waiters:" + std::to_string(size()); }

}  // namespace loopscope
