#include "core/world/thread.h"

#include <algorithm>
#include <utility>

#include "core/base/errors.h"
#include "core/trace/events.h"

namespace loopscope::threading {
namespace {

[[noreturn]] void runtime_error(const char* message) {
  throw CoreError(CoreError::Type::RuntimeError, message);
}

std::string new_name(ThreadRegistry& registry, const ThreadOptions& options) {
  const std::string name = "Thread-" + std::to_string(++registry.thread_names);
  return options.target_name.empty() ? name : name + " (" + options.target_name + ")";
}

void wait_for(World& world, ThreadId thread, std::optional<double> deadline) {
  world.threads.block([&] { return !world.threads.is_alive(thread); }, deadline, "Thread.join");
}

}  // namespace

Thread::Thread(World world, Tracer& tracer, ThreadOptions options, std::function<void()> target)
    : world_(world),
      tracer_(tracer),
      name_(options.name ? *options.name : new_name(world.threads.registry(), options)),
      daemon_(options.daemon),
      on_error_(std::move(options.on_error)),
      target_(std::move(target)) {}

void Thread::start() {
  if (started()) runtime_error("threads can only be started once");
  id_ = world_.threads.start(name_, [self = Ref<Thread>(this)] { self->run(); });
  if (!daemon_) world_.threads.registry().to_join.push_back(id_);
}

void Thread::run() {
  const std::function<void()> target = std::exchange(target_, nullptr);
  try {
    if (target) target();
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    const std::exception_ptr error = std::current_exception();
    if (category_of(error) == ErrorCategory::system_exit) return;
    const std::string text = "Exception in thread " + name_ + ": " + describe(error);
    tracer_.emit(make::error({}, {}, 0), {{TextField::text, text}});
    if (on_error_) on_error_(error);
  }
}

void Thread::join(std::optional<double> timeout) {
  if (!started()) runtime_error("cannot join thread before it is started");
  if (world_.threads.current().id == id_) runtime_error("cannot join current thread");
  std::optional<double> deadline;
  if (timeout) deadline = world_.clock.now() + std::max(*timeout, 0.0);
  if (is_alive()) wait_for(world_, id_, deadline);
}

void Thread::set_daemon(bool daemon) {
  if (started()) runtime_error("cannot set daemon status of active thread");
  daemon_ = daemon;
}

void shutdown(World world) {
  ThreadRegistry& registry = world.threads.registry();
  while (!registry.before_join.empty()) {
    const std::function<void()> first = std::move(registry.before_join.back());
    registry.before_join.pop_back();
    first();
  }
  for (std::size_t i = 0; i < registry.to_join.size(); ++i)  // it grows while threads start threads
    if (world.threads.is_alive(registry.to_join[i])) wait_for(world, registry.to_join[i], std::nullopt);
}

}  // namespace loopscope::threading
