#include "core/world/worker_pool.h"

#include <deque>
#include <utility>

#include "core/trace/events.h"
#include "core/world/thread.h"

namespace loopscope::concurrent {
namespace {

/// How pools differ.
struct PoolKind {
  Executor::Kind kind;
  std::string name;                                       ///< in traces
  std::function<std::string(std::size_t)> worker_name;    ///< of worker K, from 0
  bool all_at_once = false;                               ///< all workers come with the first job
  std::function<std::function<void()>()> prepare_worker;  ///< see ProcessPoolOptions::fork
};

/// What the workers share with their pool, which they do not keep alive.
struct Shared final : RefCounted {
  Shared(World world, Tracer& tracer) : world(world), tracer(tracer) {}

  struct WorkItem {
    Ref<Future> future;
    std::function<AnyValue()> run;
  };
  World world;
  Tracer& tracer;
  std::deque<std::optional<WorkItem>> queue;  ///< an empty one wakes a worker that may have to end
  std::size_t idle = 0;
  bool shut_down = false;  ///< or its last owner has gone
  std::optional<std::string> broken;
  ErrorLog log;
};

[[noreturn]] void runtime_error(const char* message) {
  throw CoreError(CoreError::Type::RuntimeError, message);
}

class WorkerPool final : public Executor {
 public:
  WorkerPool(World world, Tracer& tracer, PoolKind kind, std::size_t max_workers, ErrorLog log);
  ~WorkerPool() override;

  Kind kind() const override { return kind_.kind; }
  Ref<Future> submit(Job job, FutureId for_future) override;
  void check_open() const override;
  void shutdown(bool wait, bool cancel_futures) override;

 private:
  void adjust_workers();
  void add_worker();
  void end_with_interpreter();

  Ref<Shared> shared_;
  PoolKind kind_;
  std::size_t max_workers_;
  std::vector<Ref<threading::Thread>> workers_;
};

// --- a worker's side

void run_job(Shared& shared, Shared::WorkItem item) {
  if (!item.future->set_running_or_notify_cancel()) return;
  shared.tracer.emit(make::job_begin(item.future->job()));
  AnyValue value;
  std::exception_ptr error;
  try {
    value = item.run();
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
  if (error)
    item.future->set_exception(std::move(error));
  else
    item.future->set_result(std::move(value));
}

/// A worker could not be set up: no job of the pool can run any more.
void break_pool(Shared& shared, const std::exception_ptr& error) {
  if (shared.log) shared.log("Exception in initializer:", error);
  shared.broken = "A thread initializer failed, the thread pool is not usable anymore";
  for (const auto items = std::exchange(shared.queue, {}); const auto& item : items)
    if (item)
      item->future->set_exception(
          std::make_exception_ptr(FutureError(FutureError::Type::BrokenPool, *shared.broken)));
}

bool set_up(Shared& shared, const std::function<void()>& prepared) {
  if (!prepared) return true;
  try {
    prepared();
    return true;
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    break_pool(shared, std::current_exception());
    return false;
  }
}

void work(Shared& shared) {
  for (;;) {
    shared.world.threads.block([&] { return !shared.queue.empty(); }, std::nullopt, "a pool's queue");
    std::optional<Shared::WorkItem> item = std::move(shared.queue.front());
    shared.queue.pop_front();
    if (item) {
      run_job(shared, *std::exchange(item, std::nullopt));
      ++shared.idle;
    } else if (shared.shut_down || shared.world.threads.registry().pools_shut_down) {
      shared.queue.emplace_back();  // for the next worker
      return;
    }
  }
}

// --- the pool's side

WorkerPool::WorkerPool(World world, Tracer& tracer, PoolKind kind, std::size_t max_workers, ErrorLog log)
    : shared_(make_ref<Shared>(world, tracer)), kind_(std::move(kind)), max_workers_(max_workers) {
  shared_->log = std::move(log);
}

WorkerPool::~WorkerPool() {
  shared_->shut_down = true;
  shared_->queue.emplace_back();
}

void WorkerPool::check_open() const {
  if (shared_->broken) throw FutureError(FutureError::Type::BrokenPool, *shared_->broken);
  if (shared_->shut_down) runtime_error("cannot schedule new futures after shutdown");
  if (shared_->world.threads.registry().pools_shut_down)
    runtime_error("cannot schedule new futures after interpreter shutdown");
}

Ref<Future> WorkerPool::submit(Job job, FutureId for_future) {
  check_open();
  Tracer& tracer = shared_->tracer;
  const JobId id = tracer.ids().next_job();
  const Ref<Future> future = make_ref<Future>(shared_->world, tracer, id);
  tracer.emit(make::job_queued(id, tracer.label(kind_.name), tracer.label(job.label), for_future));
  shared_->queue.push_back(Shared::WorkItem{future, std::move(job.run)});
  adjust_workers();
  return future;
}

void WorkerPool::adjust_workers() {
  if (kind_.all_at_once) {
    while (workers_.size() < max_workers_) add_worker();
  } else if (shared_->idle > 0) {
    --shared_->idle;
  } else if (workers_.size() < max_workers_) {
    add_worker();
  }
}

void WorkerPool::add_worker() {
  if (workers_.empty()) end_with_interpreter();
  std::function<void()> prepared = kind_.prepare_worker ? kind_.prepare_worker() : nullptr;
  const auto body = [shared = shared_, prepared = std::move(prepared)] {
    if (set_up(*shared, prepared)) work(*shared);
  };
  workers_.push_back(make_ref<threading::Thread>(
      shared_->world, shared_->tracer, threading::ThreadOptions{.name = kind_.worker_name(workers_.size())},
      body));
  workers_.back()->start();
}

/// Before the interpreter joins its threads, it tells the pools' to end.
void WorkerPool::end_with_interpreter() {
  ThreadRegistry& registry = shared_->world.threads.registry();
  registry.before_join.push_back([shared = shared_, &registry] {
    registry.pools_shut_down = true;
    shared->queue.emplace_back();
  });
}

void WorkerPool::shutdown(bool wait, bool cancel_futures) {
  const Ref<WorkerPool> keep(this);
  shared_->shut_down = true;
  if (cancel_futures)
    for (const auto items = std::exchange(shared_->queue, {}); const auto& item : items)
      if (item) item->future->cancel();
  shared_->queue.emplace_back();
  for (std::size_t i = 0; wait && i < workers_.size(); ++i) workers_[i]->join();
}

}  // namespace

Ref<Executor> make_thread_pool(World world, Tracer& tracer, ThreadPoolOptions options) {
  if (options.max_workers == 0)
    throw CoreError(CoreError::Type::ValueError, "max_workers must be greater than 0");
  std::string prefix = options.thread_name_prefix.value_or("");
  if (prefix.empty()) prefix = "ThreadPoolExecutor-" + std::to_string(world.threads.registry().pool_names++);
  PoolKind kind{.kind = Executor::Kind::threads, .name = prefix, .worker_name = {}, .prepare_worker = {}};
  kind.worker_name = [prefix](std::size_t k) { return prefix + "_" + std::to_string(k); };
  if (options.initializer) kind.prepare_worker = [run = std::move(options.initializer)] { return run; };
  return make_ref<WorkerPool>(world, tracer, std::move(kind), options.max_workers, std::move(options.log));
}

Ref<Executor> make_process_pool(World world, Tracer& tracer, ProcessPoolOptions options) {
  if (options.max_workers == 0)
    throw CoreError(CoreError::Type::ValueError, "max_workers must be greater than 0");
  PoolKind kind{.kind = Executor::Kind::processes,
                .name = "ProcessPoolExecutor",
                .worker_name = {},
                .all_at_once = true,
                .prepare_worker = std::move(options.fork)};
  kind.worker_name = [&registry = world.threads.registry()](std::size_t) {
    return "ForkProcess-" + std::to_string(++registry.process_names);
  };
  return make_ref<WorkerPool>(world, tracer, std::move(kind), options.max_workers, std::move(options.log));
}

}  // namespace loopscope::concurrent
