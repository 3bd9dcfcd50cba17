#include "core/sync/as_completed.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "core/task/callback_texts.h"

namespace loopscope {

AsCompleted::AsCompleted()
    : done_(make_ref<Queue>(TraceIdentity{WaitKind::as_completed, {}, "as_completed", ""})) {}

Ref<AsCompleted> AsCompleted::start(EventLoop& loop, const std::vector<Ref<Future>>& futures,
                                    std::optional<double> timeout) {
  for (const Ref<Future>& future : futures) check_future(future);
  const Ref<AsCompleted> self(new AsCompleted());
  self->watch(loop, futures, timeout);
  return self;
}

void AsCompleted::watch(EventLoop& loop, const std::vector<Ref<Future>>& futures,
                        std::optional<double> timeout) {
  const Ref<AsCompleted> self(this);
  const auto text = make_ref<FixedText>(
      "as_completed.<locals>._on_completion() at /usr/lib/python3.11/asyncio/tasks.py:592");
  std::unordered_set<const Future*> seen;
  for (const Ref<Future>& future : futures) {
    if (!seen.insert(future.get()).second) continue;
    const Future::CallbackId id = future->add_done_callback(
        {[self](Future& done) { self->on_completion(done); }, "_on_completion", {}, text});
    todo_.push_back({future, id});
  }
  count_ = todo_.size();
  if (!todo_.empty() && timeout)
    timer_ = loop.call_later(
        *timeout, [self] { self->on_timeout(); }, "_on_timeout");
}

void AsCompleted::on_completion(Future& done) {
  if (todo_.empty()) return;  // the timeout came first
  std::erase_if(todo_, [&](const Watched& watched) { return watched.future.get() == &done; });
  done_->put_nowait(Ref<Future>(&done));
  if (todo_.empty() && timer_) timer_->cancel();
}

void AsCompleted::on_timeout() {
  for (const Watched& watched : std::exchange(todo_, {})) {
    watched.future->remove_done_callback(watched.callback);
    done_->put_nowait({});  // one for each that waits
  }
}

Coroutine<AnyValue> AsCompleted::next() {
  if (given_ == count_) throw CoreError(CoreError::Type::RuntimeError, "as_completed has no more futures");
  ++given_;
  return wait_for_one(Ref<AsCompleted>(this));
}

Coroutine<AnyValue> AsCompleted::wait_for_one(Ref<AsCompleted> self) {
  AnyValue item;
  try {
    item = co_await self->done_->get();
  } catch (const ProgramError& error) {
    error.keep(self->done_);
    throw;
  }
  const Ref<Future>* future = item.get_if<Ref<Future>>();
  if (!future) throw CoreError(CoreError::Type::TimeoutError);
  try {
    co_return (*future)->result();
  } catch (const ProgramError& error) {
    // CPython's frame is in the traceback, and with it this future and the others that are done.
    error.keep(self->done_);
    if (!dynamic_cast<const CoreError*>(&error)) error.keep(*future);  // nothing would break that circle
    throw;
  }
}

}  // namespace loopscope
