#include <cctype>

#include "tests/conformance/core_programs/stage.h"

namespace loopscope::test {
namespace {

Coroutine<> handle(Stage& out, Ref<StreamReader> reader, Ref<StreamWriter> writer) {
  while (true) {
    Bytes line = co_await reader->readline();
    if (line.data.empty()) break;
    out.print("server", line);
    for (char& c : line.data) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    writer->write(line.data);
    co_await writer->drain();
  }
  out.print("server eof");
  writer->close();
}
Coroutine<> client(Stage& out, int n) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  co_await sleep(n * 0.1);
  auto [r, w] = co_await open_connection(loop, "127.0.0.1", 8888);
  for (int i = 0; i < 2; ++i) {
    w->write("hello " + std::to_string(n) + " " + std::to_string(i) + "\n");
    out.print("client", co_await r->readline());
    co_await sleep(0.25);
  }
  w->close();
  co_await w->wait_closed();
  out.print("client done", n);
}

}  // namespace

Coroutine<> streams(Stage& out) {
  EventLoop& loop = (co_await ThisStep{}).loop;
  std::vector<std::string> hosts{"127.0.0.1"};
  auto server = co_await start_server(
      loop,
      [&](Ref<StreamReader> r, Ref<StreamWriter> w) -> Ref<Task> {
        return create_task(loop, handle(out, r, w));
      },
      hosts, 8888);
  co_await gather(loop, client(out, 0), client(out, 1), client(out, 2));
  try {
    auto [r, w] = co_await open_connection(loop, "127.0.0.1", 8888);
    w->write_eof();
    out.print(co_await r->read());
    w->close();
    co_await r->readexactly(3);
  } catch (const IncompleteReadError& e) {
    out.print(Bytes{e.partial()}, *e.expected());
  }
  server->close();
  co_await server->wait_closed();
  try {
    co_await open_connection(loop, "127.0.0.1", 9999);
  } catch (const OsError& e) {
    out.print(e.message());
  }
  co_await sleep(1);
}

}  // namespace loopscope::test
