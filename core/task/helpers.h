#pragma once

#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

#include "core/task/awaitable.h"
#include "core/task/coroutine.h"
#include "core/task/task.h"

namespace loopscope {

/// asyncio.sleep: yields once when `delay` <= 0, else waits for a timer (S27, S31).
Coroutine<AnyValue> sleep(double delay, AnyValue result = {});
/// The same, that `sleep(1)` is not taken for the operating system's.
template <std::integral Number>
Coroutine<AnyValue> sleep(Number delay, AnyValue result = {}) {
  return sleep(static_cast<double>(delay), std::move(result));
}

/// asyncio.gather over futures of `loop`, each once (S42, S43). `render` makes the list
/// of results (in order of the arguments, duplicates repeated) into one value. With no futures: a done
/// future. With return_exceptions, errors are results: `as_value` turns an error into one.
struct GatherOptions {
  bool return_exceptions = false;
  std::function<AnyValue(std::vector<AnyValue>)> render = {};
  std::function<AnyValue(std::exception_ptr)> as_value = {};
};
Ref<Future> gather(EventLoop& loop, std::vector<Ref<Future>> futures, GatherOptions options = {});
/// The same for `count` (at least one) futures of one loop that `next` gives, or makes, in
/// order: each is watched before the next one is made, which a finished one shows. What
/// `next` throws ends it.
Ref<Future> gather(std::size_t count, const std::function<Ref<Future>(std::size_t)>& next,
                   GatherOptions options = {});
/// `auto [a, b] = co_await gather(loop, fetch("A"), fetch("B"))`: coroutines become tasks, in order.
/// `co_await` gives a tuple of their results, std::monostate for those that return nothing.
template <class... A>
requires(sizeof...(A) > 0 && (std::constructible_from<Awaitable, A> &&
                              ...)) Typed<std::tuple<detail::ValueOf<A>...>> gather(EventLoop& loop,
                                                                                    A&&... awaitables) {
  Awaitable each[] = {Awaitable(std::forward<A>(awaitables))...};
  const auto next = [&](std::size_t i) { return std::move(each[i]).ensure_future(loop); };
  return Typed<std::tuple<detail::ValueOf<A>...>>(gather(sizeof...(A), next));
}
/// The same for any number of them, of one type: coroutines, tasks or futures. `co_await` gives a vector
/// of their results.
template <class A>
requires(!std::same_as<A, Ref<Future>> && std::constructible_from<Awaitable, A>)
    Typed<std::vector<detail::ValueOf<A>>> gather(EventLoop& loop, std::vector<A> awaitables) {
  using All = Typed<std::vector<detail::ValueOf<A>>>;
  if (awaitables.empty()) return All(gather(loop, std::vector<Ref<Future>>()));
  const auto next = [&](std::size_t i) { return Awaitable(std::move(awaitables[i])).ensure_future(loop); };
  return All(gather(awaitables.size(), next));
}

/// With options the results may be of any type: errors, too.
template <class A>
requires(!std::same_as<A, Ref<Future>> &&
         std::constructible_from<Awaitable, A>) Ref<Future> gather(EventLoop& loop, std::vector<A> awaitables,
                                                                   GatherOptions options) {
  if (awaitables.empty()) return gather(loop, std::vector<Ref<Future>>(), std::move(options));
  const auto next = [&](std::size_t i) { return Awaitable(std::move(awaitables[i])).ensure_future(loop); };
  return gather(awaitables.size(), next, std::move(options));
}

/// loop.run_until_complete for a future of that loop (S22-S25): the result, or throws.
AnyValue run_until_complete(EventLoop& loop, const Ref<Future>& future);
/// The same for a coroutine: its task is made after the checks (S22).
AnyValue run_until_complete(EventLoop& loop, std::unique_ptr<Steppable> coroutine, TaskOptions options = {});

/// loop.shutdown_asyncgens: closes what register_async_generator has put on the loop's list,
/// all at once in a gather; errors are reported.
Coroutine<> shutdown_asyncgens(EventLoop& loop);

/// asyncio.run's whole sequence (S70) on a new loop: runs `main`, then always cancels
/// what is left, shuts down async generators and the default executor, unsets the
/// thread's loop and closes it.
AnyValue run(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options,
             std::unique_ptr<Steppable> main, TaskOptions task_options = {});

/// The same for a `main` that may turn out not to be a coroutine: `make_main` is called
/// when the loop exists, and what it throws is thrown after the loop was shut down.
using MakeSteppable = std::function<std::unique_ptr<Steppable>()>;
AnyValue run(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options,
             const MakeSteppable& make_main, TaskOptions task_options = {});

}  // namespace loopscope
