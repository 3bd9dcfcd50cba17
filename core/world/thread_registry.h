#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/base/ids.h"

namespace loopscope {

/// What CPython's threading and concurrent.futures keep once for the whole process.
struct ThreadRegistry {
  std::uint32_t thread_names = 0;                  ///< N of the last "Thread-N"
  std::uint32_t pool_names = 0;                    ///< pools that were named "ThreadPoolExecutor-N"
  std::uint32_t process_names = 0;                 ///< N of the last "ForkProcess-N"
  std::vector<ThreadId> to_join;                   ///< non-daemon threads: the interpreter waits for them
  std::vector<std::function<void()>> before_join;  ///< runs first, the last one added first
  bool pools_shut_down = false;                    ///< the interpreter is ending: no new jobs
};

}  // namespace loopscope
