#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

class MyError final : public ProgramError {
 public:
  explicit MyError(std::string message) : message_(std::move(message)) {}
  std::string_view type_name() const override { return "MyError"; }
  std::string message() const override { return message_; }

 private:
  std::string message_;
};

Coroutine<int> work(Stage& out, int n, double delay, bool fail = false) {
  try {
    co_await sleep(delay);
    if (fail) throw MyError("no " + std::to_string(n));
    out.print("done", n);
    co_return n * 10;
  } catch (const CoreError&) {
    out.print("cancelled", n);
    throw;
  }
}

}  // namespace

Coroutine<> gathers(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  const auto [one, two] = co_await gather(loop, work(out, 1, 2), work(out, 2, 1));
  out.print(std::vector{one, two});
  try {
    co_await gather(loop, work(out, 3, 1, true), work(out, 4, 2));
  } catch (const MyError& error) {
    out.print("error", error.message());
  }
  co_await sleep(3);
  std::vector<Coroutine<int>> some;
  some.push_back(work(out, 5, 1, true));
  some.push_back(work(out, 6, 0.5));
  const AnyValue results = co_await gather(loop, std::move(some), {.return_exceptions = true});
  const auto& list = results.as<std::vector<AnyValue>>();
  out.print(list[0].repr(), list[1]);
  out.print(co_await gather(loop, std::vector<Ref<Future>>()));
  const Ref<Future> cancelled = gather(loop, work(out, 7, 5), work(out, 8, 6));
  co_await sleep(1);
  cancelled->cancel();
  try {
    co_await cancelled;
  } catch (const CoreError&) {
    out.print("gather cancelled");
  }
  const Typed<int, Task> task = create_task(loop, work(out, 9, 1));
  const auto [a, b, c] = co_await gather(loop, task, task, work(out, 10, 0));
  out.print(std::vector{a, b, c});
  const Ref<Future> nested =
      gather(loop, gather(loop, work(out, 11, 1), work(out, 12, 1)), work(out, 13, 0.5));
  out.print(co_await nested);
}

}  // namespace loopscope::test
