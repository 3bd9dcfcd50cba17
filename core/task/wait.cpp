// asyncio.wait.
#include "core/task/wait.h"

#include <unordered_set>
#include <utility>

#include "core/task/at_exit.h"
#include "core/task/waiter.h"

namespace loopscope {
namespace {

/// What the callbacks of one wait() share.
struct Waiting {
  Ref<Future> waiter;
  Ref<Handle> timer;
  std::size_t unfinished;
  ReturnWhen return_when;

  void on_completion(Future& done) {
    if (unfinished > 0) --unfinished;
    // Only who goes by it asks for the error: that counts as retrieving it (S78).
    const auto failed = [&] { return !done.cancelled() && done.exception(); };
    const bool first = return_when == ReturnWhen::first_completed;
    if (unfinished > 0 && !first && (return_when != ReturnWhen::first_exception || !failed())) return;
    if (timer) timer->cancel();
    release_waiter(*waiter);
  }
};

std::vector<Ref<Future>> each_once(std::vector<Ref<Future>> futures) {
  std::unordered_set<const Future*> seen;
  std::erase_if(futures, [&](const Ref<Future>& future) { return !seen.insert(future.get()).second; });
  return futures;
}

/// Registers one callback with each of several futures, and removes what is left of them.
class RemoveAllAtExit {
 public:
  RemoveAllAtExit(const std::vector<Ref<Future>>& futures, const DoneCallback& callback) {
    for (const Ref<Future>& future : futures)
      registered_.emplace_back(future, future->add_done_callback(callback));
  }
  ~RemoveAllAtExit() {
    for (const auto& [future, id] : registered_) future->remove_done_callback(id);
  }
  RemoveAllAtExit(const RemoveAllAtExit&) = delete;
  RemoveAllAtExit& operator=(const RemoveAllAtExit&) = delete;

 private:
  std::vector<std::pair<Ref<Future>, Future::CallbackId>> registered_;
};

}  // namespace

Coroutine<WaitResult> wait(std::vector<Ref<Future>> given, WaitOptions options) {
  if (given.empty()) throw CoreError(CoreError::Type::ValueError, "Set of Tasks/Futures is empty.");
  for (const Ref<Future>& future : given) check_future(future);
  const std::vector<Ref<Future>> futures = each_once(std::move(given));
  StepContext here = co_await ThisStep{};
  const auto waiting = std::make_shared<Waiting>();
  waiting->waiter = make_waiter(here.loop, WaitKind::wait, "wait");
  waiting->unfinished = futures.size();
  waiting->return_when = options.return_when;
  const Ref<Future> waiter = waiting->waiter;
  if (options.timeout)
    waiting->timer = here.loop.call_later(
        *options.timeout, [waiter] { release_waiter(*waiter); }, "_release_waiter");
  {
    const CancelAtExit cancel(waiting->timer);
    const RemoveAllAtExit remove(
        futures, {[waiting](Future& done) { waiting->on_completion(done); }, "_on_completion"});
    co_await waiter;
  }
  WaitResult result;
  for (const Ref<Future>& future : futures) (future->done() ? result.done : result.pending).push_back(future);
  co_return result;
}

}  // namespace loopscope
