#include <stdexcept>

#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

/// Not of the core's making: any C++ exception will do.
struct NotFound : std::runtime_error {
  explicit NotFound(std::string what) : std::runtime_error(what), key(std::move(what)) {}
  std::string key;
};

/// Says that it goes.
struct Farewell {
  Stage& out;
  std::string name;
  ~Farewell() { out.print("~", name); }
};

Coroutine<std::string> leaf(Stage& out, std::string key) {
  const Farewell farewell{out, "leaf"};
  co_await sleep(0.1);
  if (key == "x") throw NotFound(key);
  co_await sleep(1);
  co_return key;
}
Coroutine<std::string> middle(Stage& out, std::string key) {
  const Farewell farewell{out, "middle"};
  try {
    co_return co_await leaf(out, key);
  } catch (const NotFound& error) {
    out.print("middle saw", error.key);
    throw;
  }
}
Coroutine<std::string> top(Stage& out, std::string key) {
  const Farewell farewell{out, "top"};
  co_return co_await middle(out, key);
}
Coroutine<std::string> swallow(Stage& out) {
  while (true) {
    try {
      co_await sleep(1);
      co_return "slept";
    } catch (const CoreError&) {
      out.print("swallowed");
    }
  }
}
Coroutine<> chain(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await gather(loop, top(out, "x"), top(out, "a"));
}

}  // namespace

Coroutine<> own_errors(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  try {
    co_await top(out, "x");
  } catch (const NotFound& error) {
    out.print("main saw", error.key);
  }
  Typed<std::string, Task> task = create_task(loop, top(out, "y"));
  try {
    co_await wait_for(task, 0.5);
  } catch (const CoreError&) {
    out.print("timeout");
  }
  task = create_task(loop, top(out, "x"));
  co_await sleep(0.5);
  try {
    std::rethrow_exception(task->exception());
  } catch (const NotFound& error) {
    out.print(task->done(), error.key);
  }
  task = create_task(loop, swallow(out));
  co_await sleep(0);
  task->cancel();
  out.print(co_await task);
  task = create_task(loop, top(out, "z"));
  task->cancel("early");
  try {
    co_await task;
  } catch (const CoreError& error) {
    out.print("never began", "('" + error.message() + "',)");
  }
  try {
    co_await gather(loop, chain(out), top(out, "x"));
  } catch (const NotFound& error) {
    out.print("chain", error.key);
  }
  co_await sleep(2);
}

}  // namespace loopscope::test
