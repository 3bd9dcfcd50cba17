#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

class KeyError final : public ProgramError {
 public:
  explicit KeyError(std::string key) : key_(std::move(key)) {}
  std::string_view type_name() const override { return "KeyError"; }
  std::string message() const override { return repr_of_text(key_); }

 private:
  std::string key_;
};

std::exception_ptr value_error(std::string message) {
  return std::make_exception_ptr(CoreError(CoreError::Type::ValueError, std::move(message)));
}

/// Calls, and prints the text of the core's error.
template <class Call>
void print_error(Stage& out, std::string_view before, Call call) {
  try {
    call();
  } catch (const CoreError& error) {
    out.print(std::string(before) + error.message());
  }
}

Coroutine<> waits(Stage& out, Ref<Future> future, std::string name) {
  try {
    out.print(name, co_await future);
  } catch (const CoreError&) {
    out.print(name, "cancelled");
    throw;
  }
}

Coroutine<> callbacks(Stage& out, EventLoop& loop) {
  const Ref<Future> future = make_ref<Future>(loop);
  const DoneCallback one{[&out](Future& done) { out.print("one", done.result()); }, "one"};
  const DoneCallback two{[&out](Future& done) { out.print("two", done.done()); }, "two"};
  const Future::CallbackId first = future->add_done_callback(one);
  future->add_done_callback(two);
  const Future::CallbackId second = future->add_done_callback(one);
  const bool removed_first = future->remove_done_callback(first);
  out.print(removed_first + future->remove_done_callback(second));
  future->add_done_callback(one);
  const auto set = [future] { future->set_result(std::string("hi")); };
  loop.call_later(1, set, "set_result");
  out.print(co_await future);
  co_await sleep(0);
  future->add_done_callback(two);
  out.print("late");
  co_await sleep(0);
  print_error(out, "invalid ", [&] { future->set_result(1); });
}

Coroutine<> errors(Stage& out, EventLoop& loop) {
  const Ref<Future> future = make_ref<Future>(loop);
  print_error(out, "", [&] { future->result(); });
  print_error(out, "", [&] { future->exception(); });
  future->set_exception(value_error("bad"));
  out.print(repr_of(future->exception()));
  try {
    co_await future;
  } catch (const CoreError& error) {
    out.print("caught", error.message());
  }
}

Coroutine<> cancellations(Stage& out, EventLoop& loop) {
  const Ref<Future> cancelled = make_ref<Future>(loop);
  const bool first = cancelled->cancel("why"), second = cancelled->cancel();
  out.print(first, second, cancelled->cancelled());
  try {
    co_await cancelled;
  } catch (const CoreError& error) {
    out.print("('" + error.message() + "',)");
  }
  const Ref<Future> shared = make_ref<Future>(loop);
  std::vector<Ref<Task>> tasks;
  for (int i = 0; i < 3; ++i) tasks.push_back(create_task(loop, waits(out, shared, std::to_string(i))));
  co_await sleep(0.1);
  tasks[0]->cancel();
  try {
    co_await tasks[0];
  } catch (const CoreError&) {
    out.print("k", shared->cancelled());
  }
  try {
    co_await tasks[1];
  } catch (const CoreError&) {
    out.print("1");
  }
}

Coroutine<> lost_errors(Stage& out, EventLoop& loop) {
  Ref<Future> lost = make_ref<Future>(loop);
  lost->set_exception(value_error("lost"));
  loop.set_exception_handler(
      [&out](const ErrorContext& context) { out.print("handler:", context.message.substr(0, 21)); });
  lost = nullptr;
  const Ref<Future> future = make_ref<Future>(loop);
  future->add_done_callback({[](Future&) { throw KeyError("cb"); }, "raises"});
  future->set_result({});
  co_await sleep(0);
  const Ref<Task> task = create_task(loop, waits(out, make_ref<Future>(loop), "x"));
  co_await sleep(0);
  print_error(out, "", [&] { task->set_result(1); });
  task->cancel();
  const std::vector<Ref<Future>> only{task};
  co_await wait(only);
  out.print(task->cancelled(), task->cancelling());
}

}  // namespace

Coroutine<> futures(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await callbacks(out, loop);
  co_await errors(out, loop);
  co_await cancellations(out, loop);
  co_await lost_errors(out, loop);
}

}  // namespace loopscope::test
