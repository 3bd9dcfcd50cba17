#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/any_value.h"
#include "core/base/errors.h"
#include "core/base/ref.h"
#include "core/trace/tracer.h"
#include "core/world/thread_sync.h"

/// concurrent.futures: results that cross threads, and the pools that make them.
namespace loopscope::concurrent {

/// concurrent.futures' own exceptions: CancelledError is an ordinary Exception here,
/// another type than asyncio's.
class FutureError final : public ProgramError {
 public:
  enum class Type { CancelledError, InvalidStateError, BrokenPool };
  explicit FutureError(Type type, std::string message = {}) : type_(type), message_(std::move(message)) {}
  Type type() const { return type_; }
  std::string_view type_name() const override {
    constexpr std::string_view kNames[] = {"CancelledError", "InvalidStateError", "BrokenThreadPool"};
    return kNames[static_cast<int>(type_)];
  }
  std::string message() const override { return message_; }

 private:
  Type type_;
  std::string message_;
};

/// concurrent.futures.Future. Any thread. When it stands for a job, its end emits `job.end`.
class Future final : public RefCounted {
 public:
  enum class State { pending, running, cancelled, cancelled_and_notified, finished };
  using DoneCallback = std::function<void(Future&)>;

  /// `job`: whose result this is; none for run_coroutine_threadsafe's.
  Future(World world, Tracer& tracer, JobId job = {});

  State state() const { return state_; }
  bool running() const { return state_ == State::running; }
  bool done() const { return state_ != State::pending && !running(); }
  bool cancelled() const { return state_ == State::cancelled || state_ == State::cancelled_and_notified; }
  JobId job() const { return job_; }

  /// Waits for the end: the value, or throws the error, FutureError (CancelledError), or
  /// TimeoutError after `timeout` seconds.
  const AnyValue& result(std::optional<double> timeout = {});
  /// The same for the error; null when there is none.
  std::exception_ptr exception(std::optional<double> timeout = {});
  /// False when it runs or is finished; true when it is cancelled, also before.
  bool cancel();
  /// Called in this order by whoever ends the future, at once when it is done. What a
  /// callback throws (an Exception) is reported to `on_callback_error`.
  void add_done_callback(DoneCallback callback);
  void on_callback_error(std::function<void(const std::exception_ptr&)> report) {
    report_ = std::move(report);
  }

  /// For executors: false when it was cancelled meanwhile, else it runs from now on.
  bool set_running_or_notify_cancel();
  /// FutureError (InvalidStateError) when done.
  void set_result(AnyValue value);
  void set_exception(std::exception_ptr error);

  /// The error as stored, null when none.
  std::exception_ptr stored_error() const { return error_; }
  const AnyValue& stored_value() const { return value_; }
  /// `pending`, `running`, `cancelled`, `finished`.
  std::string_view state_name() const;

 private:
  void wait(std::optional<double> timeout);
  void check_not_done() const;
  void finish(Outcome outcome);
  void call(const DoneCallback& callback);

  World world_;
  Tracer& tracer_;
  JobId job_;
  State state_ = State::pending;
  AnyValue value_;
  std::exception_ptr error_;
  threading::Condition changed_;
  std::vector<DoneCallback> callbacks_;
  std::function<void(const std::exception_ptr&)> report_;
};

}  // namespace loopscope::concurrent
