// asyncio.run.
#include <utility>

#include "core/task/helpers.h"
#include "core/task/runner.h"

namespace loopscope {
namespace {

/// What goes wrong meanwhile has `handled` as its context.
void close(Runner& runner, const std::exception_ptr& handled) {
  try {
    runner.close();
  } catch (const CoreError& error) {
    if (!handled || error.cause() || error.context()) throw;
    if (!error.has_argument()) throw CoreError(error.type(), CoreError::While{handled});
    throw CoreError(error.type(), error.message(), CoreError::While{handled});
  }
}

}  // namespace

AnyValue run(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options,
             std::unique_ptr<Steppable> main, TaskOptions task_options) {
  const MakeSteppable make_main = [&main] { return std::move(main); };
  return run(world, tracer, budget, model, std::move(options), make_main, std::move(task_options));
}

AnyValue run(World world, Tracer& tracer, Budget& budget, LoopModel& model, LoopOptions options,
             const MakeSteppable& make_main, TaskOptions task_options) {
  if (world.threads.current().running)
    throw CoreError(CoreError::Type::RuntimeError,
                    "asyncio.run() cannot be called from a running event loop");
  const auto handling = options.handling;
  Runner runner({world, tracer, budget, model, std::move(options)});
  AnyValue result;
  std::exception_ptr error;
  try {
    runner.loop();  // CPython enters the runner, which makes the loop, before it looks at `main`
    result = runner.run(make_main(), std::move(task_options));
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  {
    const std::shared_ptr<void> handled = error && handling ? handling(error) : nullptr;
    close(runner, error);
  }
  if (error) std::rethrow_exception(error);
  return result;
}

}  // namespace loopscope
