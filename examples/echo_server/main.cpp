// A server that answers lines in capitals, from a worker thread, until SIGTERM comes. One client is a task of
// the program; the other, and the signal, are played by the world.
#include <cctype>
#include <core/asyncio.h>
#include <iostream>

using namespace loopscope;

std::string in_capitals(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

Coroutine<> serve(Ref<StreamReader> reader, Ref<StreamWriter> writer) {
  const AtExit close([writer] { writer->close(); });  // Python's finally
  for (;;) {
    const Bytes line = co_await reader->readline();
    if (line.data.empty()) co_return;
    const AnyValue answer = co_await to_thread([&line] { return in_capitals(line.data); });
    writer->write(answer.as<std::string>());
    co_await writer->drain();
  }
}

Coroutine<> ask(Ref<Queue> answers) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  const auto [reader, writer] = co_await open_connection(loop, "127.0.0.1", 5555);
  for (const std::string line : {"hello\n", "good bye\n"}) {
    writer->write(line);
    co_await answers->put(co_await reader->readline());
    co_await sleep(1);
  }
  writer->close();
}

Coroutine<> tell(Ref<Queue> answers) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  for (;;) {
    const Bytes answer = (co_await answers->get()).as<Bytes>();
    std::cout << loop.time() << " s: " << answer.data;
  }
}

Coroutine<> program() {
  EventLoop& loop = (co_await ThisStep{}).loop;
  const Ref<Event> stop = make_ref<Event>(loop.tracer());
  const Ref<Queue> answers = make_ref<Queue>(loop.tracer());
  loop.add_signal_handler(
      kSigterm, [stop] { stop->set(); }, "stop");
  const auto connected = [&loop](Ref<StreamReader> reader, Ref<StreamWriter> writer) -> Ref<Task> {
    return create_task(loop, serve(std::move(reader), std::move(writer)));
  };
  const std::vector<std::string> hosts{"127.0.0.1"};
  const Ref<Server> server = co_await start_server(loop, connected, hosts, 5555);
  co_await task_group([&](TaskGroup& group) -> Coroutine<> {
    group.create_task(ask(answers));
    const Ref<Task> telling = group.create_task(tell(answers));
    co_await stop->wait();
    telling->cancel();
  });
  server->close();
  std::cout << "stopped at " << loop.time() << " s\n";
}

int main() {
  Tracer tracer;  // to nowhere
  Budget budget;
  VirtualWorld world(tracer, budget);
  using What = WorldEvent::What;
  world.play({{.at = 0.5, .what = What::connect, .peer = "alice", .port = 5555},
              {.at = 0.6, .what = What::send, .peer = "alice", .text = "who is there?\n"},
              {.at = 3, .what = What::signal, .signal = kSigterm}});
  AsyncioModel model;
  run(world.world(), tracer, budget, model, {.on_error = log_to_stderr}, program());
  world.end();
}
