// Two tasks on one loop. Prints what they return, and writes a trace that `loopscope two_tasks.trace.jsonl`
// opens.
#include <core/asyncio.h>
#include <fstream>
#include <iostream>
#include <traces/formats/jsonl.h>

using namespace loopscope;

Coroutine<std::string> fetch(std::string name, double delay) {
  co_await sleep(delay);
  co_return name + " is here";
}

Coroutine<> program() {
  EventLoop& loop = (co_await ThisStep{}).loop;
  const auto [a, b] = co_await gather(loop, fetch("A", 2).named("fetch", "'A', 2"),  //
                                      fetch("B", 1).named("fetch", "'B', 1"));
  std::cout << a << '\n' << b << '\n';
  try {
    std::cout << co_await wait_for(fetch("C", 5), 0.5) << '\n';
  } catch (const CoreError& error) {
    if (error.type() != CoreError::Type::TimeoutError) throw;
    std::cout << "C is late at " << loop.time() << " s\n";
  }
}

int main(int argc, char** argv) {
  std::ofstream file(argc > 1 ? argv[1] : "two_tasks.trace.jsonl");
  traces::JsonlWriter writer(
      {.producer = "two_tasks", .title = "Two tasks, in C++"}, [&](std::string_view bytes) {
        return static_cast<bool>(file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
      });
  Tracer tracer(&writer);
  Budget budget;
  VirtualWorld world(tracer, budget);  // time jumps to what happens next; threads and sockets are simulated
  AsyncioModel model;
  run(world.world(), tracer, budget, model, {.on_error = log_to_stderr}, program());  // asyncio.run
  world.end();
  writer.flush();
  return writer.ok() ? 0 : 1;
}
