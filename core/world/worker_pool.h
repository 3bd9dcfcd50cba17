#pragma once

#include <optional>
#include <string>

#include "core/world/executor.h"

namespace loopscope::concurrent {

/// Where errors go that nobody can catch: asyncio's or concurrent.futures' log line, and the error.
using ErrorLog = std::function<void(const std::string&, const std::exception_ptr&)>;

struct ThreadPoolOptions {
  std::size_t max_workers = kDefaultThreads;  ///< ValueError for 0
  /// Workers are called PREFIX_0, PREFIX_1 ...; none or empty: "ThreadPoolExecutor-N".
  std::optional<std::string> thread_name_prefix = {};
  /// Runs on every worker first; when it throws, the pool is broken.
  std::function<void()> initializer = {};
  ErrorLog log = {};
};

/// concurrent.futures.ThreadPoolExecutor: a new thread for each job until there are
/// enough, unless one is idle (S58). When its last owner goes, the threads finish what is
/// queued and end.
Ref<Executor> make_thread_pool(World world, Tracer& tracer, ThreadPoolOptions options = {});

struct ProcessPoolOptions {
  std::size_t max_workers = kCpus;  ///< ValueError for 0
  /// Called when a process is made, by who makes it: copies what the process has for
  /// itself. What it returns is called on the process's thread before its first job.
  std::function<std::function<void()>()> fork = {};
  ErrorLog log = {};
};

/// concurrent.futures.ProcessPoolExecutor: all its processes are made with the first job.
/// The world runs each on a thread of its own, "ForkProcess-N".
Ref<Executor> make_process_pool(World world, Tracer& tracer, ProcessPoolOptions options = {});

}  // namespace loopscope::concurrent
