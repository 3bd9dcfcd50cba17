#include "core/task/executor_bridge.h"

#include <utility>

#include "core/world/thread.h"
#include "core/world/worker_pool.h"

namespace loopscope {
namespace {

/// concurrent.futures' exceptions become asyncio's of the same name.
std::exception_ptr converted(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const concurrent::FutureError& foreign) {
    using Type = concurrent::FutureError::Type;
    if (foreign.type() == Type::CancelledError) return make_cancelled_error(std::nullopt);
    if (foreign.type() == Type::InvalidStateError)
      return std::make_exception_ptr(CoreError(CoreError::Type::InvalidStateError, foreign.message()));
    return error;
  } catch (...) {
    return error;
  }
}

/// asyncio.futures._copy_future_state.
void copy_state(const concurrent::Future& from, Future& to) {
  if (to.cancelled()) return;
  if (from.cancelled())
    to.cancel();
  else if (const std::exception_ptr error = from.stored_error())
    to.set_exception(converted(error));
  else
    to.set_result(from.stored_value());
}

/// asyncio.futures._set_concurrent_future_state.
void copy_state(Future& from, concurrent::Future& to) {
  if (from.cancelled()) to.cancel();
  if (!to.set_running_or_notify_cancel()) return;
  if (const std::exception_ptr error = from.exception())
    to.set_exception(error);
  else
    to.set_result(from.result());
}

/// A job's future completes the loop's, and its cancellation goes the other way (S59, S60).
void chain(const Ref<concurrent::Future>& source, const Ref<Future>& destination) {
  destination->add_done_callback({[source](Future& done) {
                                    if (done.cancelled()) source->cancel();
                                  },
                                  "_call_check_cancel"});
  source->add_done_callback([destination](concurrent::Future& done) {
    if (!destination->loop_is_alive() || destination->loop().is_closed()) return;
    const auto set_state = [source = Ref<concurrent::Future>(&done), destination] {
      copy_state(*source, *destination);
    };
    destination->loop().call_soon_threadsafe(set_state, "_set_state");
  });
}

/// A task's end completes the other threads' future, whose cancellation cancels the task (S50).
void chain(const Ref<Future>& source, const Ref<concurrent::Future>& destination) {
  destination->add_done_callback([source](concurrent::Future& done) {
    if (done.cancelled() && source->loop_is_alive())
      source->loop().call_soon_threadsafe([source] { source->cancel(); }, "cancel");
  });
  source->add_done_callback({[destination](Future& done) {
                               if (!destination->cancelled() || !done.loop().is_closed())
                                 copy_state(done, *destination);
                             },
                             "_call_set_state"});
}

Ref<concurrent::Executor> default_executor(EventLoop& loop) {
  loop.check_default_executor();
  if (!loop.default_executor())
    loop.set_default_executor(
        concurrent::make_thread_pool(loop.world(), loop.tracer(), {.thread_name_prefix = "asyncio"}));
  return loop.default_executor();
}

}  // namespace

Ref<Future> run_in_executor(EventLoop& loop, Ref<concurrent::Executor> executor, concurrent::Job job) {
  loop.check_open();
  if (!executor) executor = default_executor(loop);
  executor->check_open();
  const Ref<Future> future = make_ref<Future>(loop, job.label);
  const Ref<concurrent::Future> result = executor->submit(std::move(job), future->id());
  future->set_waits_on({WaitKind::executor, result->job().value, {}});
  chain(result, future);
  return future;
}

Ref<Future> wrap_future(EventLoop& loop, const Ref<concurrent::Future>& source) {
  const Ref<Future> future = make_ref<Future>(loop);
  chain(source, future);
  return future;
}

Coroutine<AnyValue> to_thread(concurrent::Job job) {
  StepContext here = co_await ThisStep{};
  Ref<Future> future = run_in_executor(here.loop, nullptr, std::move(job));
  AnyValue result = co_await future;
  co_return result;
}

namespace {

/// BaseEventLoop._do_shutdown, on a thread of its own.
void do_shutdown(const Ref<concurrent::Executor>& executor, const Ref<Future>& future) {
  executor->shutdown(true);
  if (future->loop_is_alive() && !future->loop().is_closed())
    future->loop().call_soon_threadsafe([future] { future->set_result({}); }, "set_result");
}

}  // namespace

Coroutine<> shutdown_default_executor(EventLoop& loop) {
  loop.forbid_default_executor();
  const Ref<concurrent::Executor> executor = loop.default_executor();
  if (!executor) co_return;
  Ref<Future> future = make_ref<Future>(loop, "shutdown_default_executor");
  const Ref<threading::Thread> thread = make_ref<threading::Thread>(
      loop.world(), loop.tracer(), threading::ThreadOptions{.target_name = "_do_shutdown"},
      [executor, future] { do_shutdown(executor, future); });
  thread->start();
  std::exception_ptr error;
  try {
    co_await future;
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  thread->join();
  if (error) std::rethrow_exception(error);
}

Ref<concurrent::Future> run_coroutine_threadsafe(EventLoop& loop, std::function<Ref<Future>()> start,
                                                 std::function<void(const std::exception_ptr&)> log) {
  const Ref<concurrent::Future> future = make_ref<concurrent::Future>(loop.world(), loop.tracer());
  future->on_callback_error(std::move(log));
  const auto callback = [future, start = std::move(start)] {
    try {
      chain(start(), future);
    } catch (const RunEnded&) {
      throw;
    } catch (...) {
      const std::exception_ptr error = std::current_exception();
      if (!leaves_the_loop(error) && future->set_running_or_notify_cancel()) future->set_exception(error);
      throw;
    }
  };
  loop.call_soon_threadsafe(callback, "callback");
  return future;
}

Ref<concurrent::Future> run_coroutine_threadsafe(EventLoop& loop, std::unique_ptr<Steppable> coroutine) {
  // A callback is copied, a coroutine is not.
  const auto held = std::make_shared<std::unique_ptr<Steppable>>(std::move(coroutine));
  return run_coroutine_threadsafe(loop,
                                  [&loop, held] { return Ref<Future>(create_task(loop, std::move(*held))); });
}

}  // namespace loopscope
