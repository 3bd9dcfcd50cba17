#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>

#include "core/base/ref.h"
#include "core/trace/tracer.h"
#include "core/world/world.h"

/// threading: threads of the program, as CPython's module has them. Every wait goes
/// through Threads::block; baton holder only.
namespace loopscope::threading {

struct ThreadOptions {
  std::optional<std::string> name = {};  ///< none: "Thread-N", or "Thread-N (target_name)"
  std::string target_name = {};
  bool daemon = false;  ///< the interpreter's end does not wait for it
  /// threading.excepthook: an exception that left the target, after its `error` event.
  /// SystemExit ends a thread silently.
  std::function<void(const std::exception_ptr&)> on_error = {};
};

/// threading.Thread.
class Thread final : public RefCounted {
 public:
  Thread(World world, Tracer& tracer, ThreadOptions options, std::function<void()> target);

  /// RuntimeError when started before ("threads can only be started once").
  void start();
  /// Waits for the end, `timeout` seconds at most (negative: not at all). RuntimeError
  /// before start(), and for the thread itself.
  void join(std::optional<double> timeout = {});
  bool is_alive() const { return id_ && world_.threads.is_alive(id_); }
  bool started() const { return static_cast<bool>(id_); }
  ThreadId id() const { return id_; }  ///< none before start()
  const std::string& name() const { return name_; }
  void set_name(std::string name) { name_ = std::move(name); }
  bool daemon() const { return daemon_; }
  /// RuntimeError once it is started ("cannot set daemon status of active thread").
  void set_daemon(bool daemon);

 private:
  void run();

  World world_;
  Tracer& tracer_;
  std::string name_;
  bool daemon_;
  std::function<void(const std::exception_ptr&)> on_error_;
  std::function<void()> target_;
  ThreadId id_;
};

/// What the interpreter does at its end: the pools' workers finish their jobs, then all
/// threads that are no daemons are waited for. Main thread only.
void shutdown(World world);

}  // namespace loopscope::threading
