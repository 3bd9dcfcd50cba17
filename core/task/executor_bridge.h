#pragma once

#include <functional>
#include <memory>

#include "core/task/coroutine.h"
#include "core/task/task.h"
#include "core/world/executor.h"

/// Where a loop and other threads meet.
namespace loopscope {

/// loop.run_in_executor: a future of `loop` for a job of `executor`; null: the loop's
/// default one, a thread pool "asyncio" that is made when it is first needed (S58). The
/// job's end reaches the loop by call_soon_threadsafe (S59); cancelling the future cancels
/// a job that has not begun (S60). RuntimeError when the loop is closed, or its default
/// executor or `executor` shut down. Loop thread only.
Ref<Future> run_in_executor(EventLoop& loop, Ref<concurrent::Executor> executor, concurrent::Job job);

/// asyncio.to_thread: run_in_executor on the default executor (S61).
Coroutine<AnyValue> to_thread(concurrent::Job job);

/// asyncio.wrap_future: a future of `loop` that ends as `future`, of any thread, does; cancelling one cancels
/// the other (S59, S60).
Ref<Future> wrap_future(EventLoop& loop, const Ref<concurrent::Future>& future);

/// loop.shutdown_default_executor: forbids the default executor; if there is one, a thread
/// of its own waits for its workers and wakes the loop (S70).
Coroutine<> shutdown_default_executor(EventLoop& loop);

/// asyncio.run_coroutine_threadsafe, from any thread (S50): `start` is called on the loop's
/// thread and makes the task; the concurrent future ends with it, and cancelling that
/// cancels the task. `log`: told of what the program cannot catch (the loop is closed by then).
Ref<concurrent::Future> run_coroutine_threadsafe(
    EventLoop& loop, std::function<Ref<Future>()> start,
    std::function<void(const std::exception_ptr&)> log = [](const std::exception_ptr&) {});
Ref<concurrent::Future> run_coroutine_threadsafe(EventLoop& loop, std::unique_ptr<Steppable> coroutine);

}  // namespace loopscope
