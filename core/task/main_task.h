#pragma once

#include <memory>

#include "core/task/helpers.h"

namespace loopscope {

/// Runs `main` as the main task of a new loop, as asyncio.Runner.run does: its result, or
/// throws. Meanwhile SIGINT is the task's, on the main thread and unless the program
/// handles it: the first cancels the task, a second raises KeyboardInterrupt where the
/// program stands. KeyboardInterrupt also when the task has ended cancelled by SIGINT (S69).
AnyValue run_main_task(EventLoop& loop, std::unique_ptr<Steppable> main, TaskOptions options = {});

}  // namespace loopscope
