// Readers, socket calls, transports, streams and servers. Expected iterations are CPython's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/net/open_connection.h"
#include "core/net/server.h"
#include "core/net/sock_calls.h"
#include "core/net/transports.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Streams : public testing::Test {
 protected:
  Ref<Socket> listener(std::uint16_t port = 5555) {
    Ref<Socket> socket = make_ref<Socket>(network());
    socket->set_blocking(false);
    socket->bind({"127.0.0.1", port});
    socket->listen(100);
    return socket;
  }
  /// A connection's two ends, neither of them blocking.
  std::pair<Ref<Socket>, Ref<Socket>> connection() {
    const Ref<Socket> listening = listener();
    Ref<Socket> client = make_ref<Socket>(network());
    client->connect({"127.0.0.1", 5555});
    client->set_blocking(false);
    Ref<Socket> server = make_ref<Socket>(network(), listening->accept().fd);
    server->set_blocking(false);
    return {client, server};
  }
  Network& network() { return lab.loop->world().network; }
  void run(Coroutine<> main) { run_until_complete(*lab.loop, std::move(main)); }
  /// The iterations that `main` takes, from its first step to what it does last.
  Coroutine<> counted(Coroutine<> main) {
    const std::size_t begin = lab.iterations();
    co_await std::move(main);
    lab.note("+" + std::to_string(lab.iterations() - begin));
  }

  LoopLab lab;
};

/// Echoes lines, and notes them.
ClientConnected echo(LoopLab& lab) {
  struct Serve {
    static Coroutine<> run(LoopLab& lab, Ref<StreamReader> reader, Ref<StreamWriter> writer) {
      for (;;) {
        const Bytes line = co_await StreamReader::readline(reader);
        lab.note("server " + trace_repr(line));
        if (line.data.empty()) break;
        writer->write(line.data);
        co_await StreamWriter::drain(writer);
      }
      writer->close();
    }
  };
  return [&lab](Ref<StreamReader> reader, Ref<StreamWriter> writer) {
    Coroutine<> serving = Serve::run(lab, std::move(reader), std::move(writer));
    return create_task(*lab.loop, std::move(serving).named("handle"));
  };
}

TEST_F(Streams, S62_a_second_reader_replaces_the_first_and_cancels_its_handle) {
  const auto [client, server] = connection();
  const Ref<Handle> first = lab.loop->add_reader(server->fd(), lab.noting("first"), "first");
  lab.loop->add_writer(server->fd(), lab.stopping(), "writer");
  lab.loop->add_reader(server->fd(), lab.noting("second"), "second");
  EXPECT_TRUE(first->cancelled());
  EXPECT_EQ(lab.loop->watched(server->fd()), kReadable | kWritable);
  client->send("x");
  lab.sink.clear();
  lab.loop->run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("1 second"));
  EXPECT_THAT(lab.sink.texts_of({"io.ready", "handle.queued"}),
              ElementsAre("io.ready fd=8 mask=r handle=4", "handle.queued handle=4 label=second cause=io",
                          "io.ready fd=8 mask=w handle=3", "handle.queued handle=3 label=writer cause=io"))
      << "S6: the reader comes first";
  EXPECT_TRUE(lab.loop->remove_reader(server->fd()));
  EXPECT_FALSE(lab.loop->remove_reader(server->fd()));
  EXPECT_EQ(error_of([&] {
              lab.loop->add_reader(
                  999, [] {}, "x");
            }),
            "OSError(9, 'Bad file descriptor')");
}

TEST_F(Streams, S63_sock_recv_suspends_only_when_there_is_nothing) {
  const auto [client, server] = connection();
  struct Main {
    static Coroutine<> run(LoopLab& lab, Ref<Socket> client, Ref<Socket> server) {
      client->send("there");
      const Bytes at_once = co_await sock_recv(*lab.loop, server, 100);
      lab.note(at_once.data);
      lab.loop->call_later(
          1, [client] { client->send("later"); }, "send");
      const Bytes later = co_await sock_recv(*lab.loop, server, 100);
      lab.note(later.data);
    }
  };
  run(Main::run(lab, client, server));
  EXPECT_THAT(lab.notes, ElementsAre("1 there", "4 later")) << "sent in 2, read in 3, woken in 4";
  EXPECT_THAT(lab.sink.texts_of({"task.suspended", "fd.unwatched"}),
              ElementsAre(HasSubstr("on=io:8"), "fd.unwatched fd=8 mask=r"));
}

TEST_F(Streams, S65_a_connection_takes_two_iterations_also_to_this_machine) {
  const Ref<Socket> listening = listener();
  const Ref<Socket> client = make_ref<Socket>(network());
  client->set_blocking(false);
  run(counted(sock_connect(*lab.loop, client, "127.0.0.1", 5555)));
  EXPECT_THAT(lab.notes, ElementsAre("3 +2"));
  const Ref<Socket> nowhere = make_ref<Socket>(network());
  nowhere->set_blocking(false);
  EXPECT_EQ(error_of([&] { run(sock_connect(*lab.loop, nowhere, "127.0.0.1", 9)); }),
            "ConnectionRefusedError(111, \"Connect call failed ('127.0.0.1', 9)\")");
}

Coroutine<> serve_only(EventLoop& loop, Ref<Server>& server, ClientConnected connected) {
  std::vector<std::string> hosts{"127.0.0.1"};
  ServerOptions options;
  server = co_await start_server(loop, std::move(connected), std::move(hosts), 5555, options);
}

Coroutine<> open_only(EventLoop& loop, loopscope::Streams& streams) {
  streams = co_await open_connection(loop, "127.0.0.1", 5555);
}

TEST_F(Streams, S66_start_server_and_open_connection_take_four_iterations_each) {
  Ref<Server> server;
  run(counted(serve_only(*lab.loop, server, echo(lab))));
  EXPECT_TRUE(server->is_serving());
  loopscope::Streams streams;
  run(counted(open_only(*lab.loop, streams)));
  EXPECT_THAT(lab.notes, ElementsAre("5 +4", "11 +4"));
  EXPECT_THAT(
      lab.sink.texts_of({"task.created"}),
      ElementsAre(HasSubstr("name=Task-1"), HasSubstr("coro=BaseEventLoop._create_server_getaddrinfo"),
                  HasSubstr("name=Task-3"), HasSubstr("coro=BaseSelectorEventLoop._accept_connection2"),
                  HasSubstr("coro=handle")));
  server->close();
  streams.writer->close();
}

TEST_F(Streams, S66_lines_go_there_and_back) {
  struct Main {
    static Coroutine<> run(LoopLab& lab) {
      Ref<Server> server;
      co_await serve_only(*lab.loop, server, echo(lab));
      loopscope::Streams streams;
      co_await open_only(*lab.loop, streams);
      streams.writer->write("one\ntwo\n");
      const Bytes one = co_await StreamReader::readline(streams.reader);
      const Bytes two = co_await StreamReader::readline(streams.reader);
      lab.note(one.data.substr(0, 3) + two.data.substr(0, 3));
      streams.writer->close();
      co_await StreamWriter::wait_closed(streams.writer);
      server->close();
      co_await Server::wait_closed(server);  // 3.11's quirk: connections may still live
      lab.note("closed");
      co_await sleep(1);
    }
  };
  run(Main::run(lab));
  EXPECT_EQ(lab.notes.back(), "16 server b''");
  EXPECT_THAT(lab.errors, ElementsAre());
}

TEST_F(Streams, S66_a_transports_descriptor_is_closed_to_add_reader) {
  struct Main {
    static Coroutine<> run(LoopLab& lab) {
      Ref<Server> server;
      co_await serve_only(*lab.loop, server, echo(lab));
      loopscope::Streams streams;
      co_await open_only(*lab.loop, streams);
      const Fd fd = streams.writer->transport()->fd();
      lab.note(error_of([&] {
        add_reader(
            *lab.loop, fd, "7", [] {}, "x");
      }));
      streams.writer->close();
      EXPECT_FALSE(remove_reader(*lab.loop, fd, "7"));
      server->close();
    }
  };
  run(Main::run(lab));
  EXPECT_EQ(lab.notes.front(),
            "9 RuntimeError('File descriptor 7 is used by transport <_SelectorSocketTransport fd=7 "
            "read=polling write=<idle, bufsize=0>>')");
}

TEST_F(Streams, S67_drain_waits_above_the_high_water_mark_until_the_low_one) {
  struct Main {
    static Coroutine<> slow_reader(LoopLab& lab, Ref<StreamReader> reader) {
      co_await sleep(1);
      std::size_t total = 0;
      for (;;) {
        const Bytes data = co_await StreamReader::read(reader, 1 << 20);
        if (data.data.empty()) break;
        total += data.data.size();
      }
      lab.notes.push_back("read " + std::to_string(total));
    }
    static Coroutine<> run(LoopLab& lab) {
      const ClientConnected connected = [&lab](Ref<StreamReader> reader, Ref<StreamWriter>) {
        return create_task(*lab.loop, slow_reader(lab, reader));
      };
      Ref<Server> server;
      co_await serve_only(*lab.loop, server, connected);
      loopscope::Streams streams;
      co_await open_only(*lab.loop, streams);
      const Ref<StreamWriter> writer = streams.writer;
      writer->write(std::string(VirtualSocket::kCapacity + SocketTransport::kHighWater, 'x'));
      co_await StreamWriter::drain(writer);
      lab.notes.push_back("at the mark: " + short_number(lab.now()));
      writer->write(std::string(2 * SocketTransport::kMostRead, 'y'));
      co_await StreamWriter::drain(writer);
      lab.notes.push_back("above it: " + short_number(lab.now()));
      writer->close();
      server->close();
      co_await sleep(1);
    }
  };
  run(Main::run(lab));
  EXPECT_THAT(lab.notes, ElementsAre("at the mark: 0", "above it: 1", "read 4784128"));
}

TEST_F(Streams, S68_a_signals_handle_runs_one_iteration_after_the_self_pipes) {
  lab.loop->add_signal_handler(kSigterm, lab.noting("handler"), "handler");
  lab.loop->call_later(2, lab.stopping(), "stop");
  lab.virtual_world.play({{.at = 1, .what = WorldEvent::What::signal, .signal = kSigterm}});
  lab.sink.clear();
  lab.loop->run_forever();
  EXPECT_THAT(lab.notes, ElementsAre("2 handler"));
  EXPECT_THAT(lab.sink.texts_of({"world", "signal", "io.ready", "handle.queued"}),
              ElementsAre("world text=signal SIGTERM", "signal name=SIGTERM", "io.ready fd=4 mask=r handle=1",
                          "handle.queued handle=1 label=_read_from_self cause=io",
                          "handle.queued handle=2 label=handler cause=signal",
                          "handle.queued handle=3 label=stop cause=timer"));
  EXPECT_TRUE(lab.loop->remove_signal_handler(kSigterm));
  EXPECT_FALSE(lab.loop->remove_signal_handler(kSigterm));
}

TEST_F(Streams, S68_without_a_handler_SIGTERM_ends_the_program) {
  lab.virtual_world.play({{.at = 1, .what = WorldEvent::What::signal, .signal = kSigterm}});
  try {
    lab.loop->run_forever();
    FAIL();
  } catch (const RunEnded& ended) {
    EXPECT_EQ(ended.why(), RunEnded::Why::terminated);
    EXPECT_EQ(ended.name(), "SIGTERM");
  }
  EXPECT_EQ(lab.now(), 1);
}

TEST_F(Streams, S69_SIGINT_without_a_handler_is_KeyboardInterrupt_where_the_main_thread_waits) {
  lab.virtual_world.play({{.at = 1, .what = WorldEvent::What::signal, .signal = kSigint}});
  EXPECT_EQ(error_of([&] { lab.loop->run_forever(); }), "KeyboardInterrupt()");
  EXPECT_FALSE(lab.loop->is_running());
}

}  // namespace
}  // namespace loopscope::test
