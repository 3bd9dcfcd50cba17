#include <utility>

#include "core/task/executor_bridge.h"
#include "core/task/helpers.h"

namespace loopscope {
namespace {

void report_failures(EventLoop& loop, const std::vector<Ref<Task>>& tasks) {
  for (const Ref<Task>& task : tasks) {
    if (task->cancelled()) continue;
    if (const std::exception_ptr error = task->exception())
      loop.report({"unhandled exception during asyncio.run() shutdown", error});  // S71
  }
}

void cancel_all_tasks(EventLoop& loop) {
  const std::vector<Ref<Task>> tasks = all_tasks(loop);
  if (tasks.empty()) return;
  for (const Ref<Task>& task : tasks) task->cancel();
  const std::vector<Ref<Future>> futures(tasks.begin(), tasks.end());
  run_until_complete(loop, gather(loop, futures, {.return_exceptions = true}));
  report_failures(loop, tasks);
}

/// Ends what asyncio.run began, also when one of its own steps fails.
void shut_down(World& world, EventLoop& loop) {
  std::exception_ptr error;
  try {
    cancel_all_tasks(loop);
    run_until_complete(loop, shutdown_asyncgens(loop));
    run_until_complete(loop, shutdown_default_executor(loop));
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  world.threads.current().current.reset();
  loop.close();
  if (error) std::rethrow_exception(error);
}

}  // namespace

AnyValue run(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options,
             std::unique_ptr<Steppable> main, TaskOptions task_options) {
  const MakeSteppable make_main = [&main] { return std::move(main); };
  return run(world, tracer, budget, model, std::move(options), make_main, std::move(task_options));
}

AnyValue run(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options,
             const MakeSteppable& make_main, TaskOptions task_options) {
  ThreadSlots& thread = world.threads.current();
  if (thread.running)
    throw CoreError(CoreError::Type::RuntimeError,
                    "asyncio.run() cannot be called from a running event loop");
  const auto loop = std::make_shared<EventLoop>(world, tracer, budget, model, std::move(options));
  thread.current = loop;
  thread.current_was_set = true;

  AnyValue result;
  std::exception_ptr error;
  try {
    // The task goes when it is done, before what it left behind is cancelled.
    result = run_until_complete(*loop, make_main(), std::move(task_options));
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  shut_down(world, *loop);
  if (error) std::rethrow_exception(error);
  return result;
}

}  // namespace loopscope
