// The sockets of the virtual world: Linux's rules on the loopback.
#include "core/world/virtual_network.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/world/socket.h"
#include "core/world/virtual_world.h"
#include "tests/support/loop_lab.h"

namespace loopscope::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kHere = "127.0.0.1";

class VirtualNetworkTest : public testing::Test {
 protected:
  Ref<Socket> socket(bool blocking = false) {
    Ref<Socket> made = make_ref<Socket>(network);
    made->set_blocking(blocking);
    return made;
  }
  Ref<Socket> listener(std::uint16_t port, int backlog = 100) {
    Ref<Socket> made = socket();
    made->bind({kHere, port});
    made->listen(backlog);
    return made;
  }
  Ref<Socket> connecting(std::uint16_t port) {
    Ref<Socket> made = socket();
    EXPECT_EQ(error_of([&] { made->connect({kHere, port}); }), kInProgress);
    return made;
  }
  Ref<Socket> accepted(const Ref<Socket>& from) {
    Ref<Socket> made = make_ref<Socket>(network, from->accept().fd);
    made->set_blocking(false);
    return made;
  }
  /// "6:r 7:rw", in the order of the report.
  static std::string poll(Selector& selector) {
    std::string text;
    for (const FdEvent& event : selector.select(0))
      text += (text.empty() ? "" : " ") + std::to_string(event.fd) + ":" +
              (event.mask & kReadable ? "r" : "") + (event.mask & kWritable ? "w" : "");
    return text;
  }

  static constexpr const char* kInProgress = "BlockingIOError(115, 'Operation now in progress')";
  static constexpr const char* kAgain = "BlockingIOError(11, 'Resource temporarily unavailable')";
  static constexpr const char* kReset = "ConnectionResetError(104, 'Connection reset by peer')";
  static constexpr const char* kBroken = "BrokenPipeError(32, 'Broken pipe')";
  static constexpr const char* kNotConnected = "OSError(107, 'Transport endpoint is not connected')";
  static constexpr const char* kInvalid = "OSError(22, 'Invalid argument')";

  RecordingSink sink;
  Tracer tracer{&sink};
  Budget budget;
  VirtualWorld virtual_world{tracer, budget};
  World world = virtual_world.world();
  Network& network = world.network;
};

/// Both ends of a connection.
class ConnectionTest : public VirtualNetworkTest {
 protected:
  Ref<Socket> listening = listener(5555);
  Ref<Socket> client = connecting(5555);
  Ref<Socket> server = accepted(listening);
};

TEST_F(VirtualNetworkTest, A_connection_is_in_progress_then_writable_and_waits_to_be_accepted) {
  const Ref<Socket> listening = listener(5555);
  EXPECT_EQ(error_of([&] { listening->accept(); }), kAgain);
  const Ref<Socket> client = connecting(5555);
  auto selector = network.open_selector();
  selector->watch(client->fd(), kWritable);
  selector->watch(listening->fd(), kReadable);
  EXPECT_EQ(poll(*selector), "4:w 3:r");
  EXPECT_FALSE(client->take_error());
  const Sockets::Accepted accepted = listening->accept();
  EXPECT_EQ(accepted.address, client->local_address());
  EXPECT_TRUE(network.is_blocking(accepted.fd));
  EXPECT_EQ(client->remote_address(), (SocketAddress{kHere, 5555}));
  EXPECT_EQ(error_of([&] { client->connect({kHere, 5555}); }), "");  // once: it is connected
  EXPECT_EQ(error_of([&] {
              client->connect({kHere, 5555});
            }),
            "OSError(106, 'Transport endpoint is already connected')");
}

TEST_F(VirtualNetworkTest, A_port_where_nobody_listens_refuses) {
  const Ref<Socket> client = connecting(7);
  auto selector = network.open_selector();
  selector->watch(client->fd(), kReadable | kWritable);
  EXPECT_EQ(poll(*selector), "3:rw");
  EXPECT_EQ(client->take_error(), Errno::refused);
  EXPECT_EQ(client->take_error(), std::nullopt);
  EXPECT_EQ(error_of([&] { client->send("x"); }), kBroken);
  const Ref<Socket> blocking = socket(true);
  EXPECT_EQ(error_of([&] {
              blocking->connect({kHere, 7});
            }),
            "ConnectionRefusedError(111, 'Connection refused')");
}

TEST_F(VirtualNetworkTest, Only_this_machine_can_be_reached) {
  EXPECT_EQ(error_of([&] { socket()->connect({"8.8.8.8", 53}); }), "OSError(101, 'Network is unreachable')");
  EXPECT_EQ(error_of([&] {
              socket()->bind({"1.2.3.4", 80});
            }),
            "OSError(99, 'Cannot assign requested address')");
  EXPECT_EQ(error_of([] { resolve_host("example.org"); }), "gaierror(-2, 'Name or service not known')");
  EXPECT_EQ(resolve_host("localhost"), kHere);
  EXPECT_EQ(resolve_host(""), "0.0.0.0");
  EXPECT_FALSE(is_numeric_host("1.2.3"));
  EXPECT_FALSE(is_numeric_host("1.2.3.256"));
  EXPECT_FALSE(is_numeric_host("1.2.3.4."));
}

TEST_F(VirtualNetworkTest, A_descriptor_that_is_used_again_wakes_nobody_who_watched_it_before) {
  const auto selector = network.open_selector();
  const Ref<Socket> watched = listener(80);
  selector->watch(watched->fd(), kReadable);
  watched->close();
  const Ref<Socket> again = connecting(81);  // refused: readable, if that were still watched
  EXPECT_EQ(error_of([&] { selector->watch(again->fd(), kWritable); }),
            "FileNotFoundError(2, 'No such file or directory')");
  EXPECT_EQ(poll(*selector), "");
}

TEST_F(VirtualNetworkTest, A_socket_with_no_connection_is_hung_up) {
  const Ref<Socket> fresh = socket();
  auto selector = network.open_selector();
  selector->watch(fresh->fd(), kReadable | kWritable);
  EXPECT_EQ(poll(*selector), "3:rw");
  EXPECT_EQ(error_of([&] { fresh->receive(1); }), kNotConnected);
  EXPECT_EQ(error_of([&] { fresh->send("x"); }), kBroken);
  EXPECT_EQ(error_of([&] { fresh->accept(); }), kInvalid);
  EXPECT_EQ(error_of([&] { fresh->remote_address(); }), kNotConnected);
  EXPECT_EQ(fresh->local_address(), (SocketAddress{"0.0.0.0", 0}));
}

TEST_F(VirtualNetworkTest, The_backlog_and_one_more_may_wait_to_be_accepted) {
  const Ref<Socket> listening = listener(5555, 0);
  const Ref<Socket> first = connecting(5555), second = connecting(5555);
  EXPECT_EQ(error_of([&] {
              second->connect({kHere, 5555});
            }),
            "BlockingIOError(114, 'Operation already in progress')");
  const Ref<Socket> a = accepted(listening);
  const Ref<Socket> b = accepted(listening);  // there is room for the second now
  EXPECT_EQ(b->remote_address(), second->local_address());
  EXPECT_EQ(error_of([&] { listening->accept(); }), kAgain);
}

TEST_F(VirtualNetworkTest, Closing_a_listener_resets_who_waited) {
  const Ref<Socket> listening = listener(5555, 0);
  const Ref<Socket> waiting = connecting(5555), outside = connecting(5555);
  listening->close();
  EXPECT_EQ(error_of([&] { waiting->receive(3); }), kReset);
  EXPECT_EQ(waiting->receive(3), "");
  EXPECT_EQ(error_of([&] { waiting->send("x"); }), kBroken);
  EXPECT_EQ(outside->take_error(), Errno::refused);
}

TEST_F(VirtualNetworkTest, An_address_is_in_use_until_its_sockets_are_gone) {
  constexpr const char* kInUse = "OSError(98, 'Address already in use')";
  Ref<Socket> first = listener(5555);
  const Ref<Socket> second = socket();
  EXPECT_EQ(error_of([&] { second->bind({"0.0.0.0", 5555}); }), kInUse);
  second->set_reuse_address(true);
  EXPECT_EQ(error_of([&] { second->bind({kHere, 5555}); }), kInUse);  // somebody listens there
  first->close();
  second->bind({kHere, 5555});
  EXPECT_EQ(error_of([&] { second->bind({kHere, 5556}); }), kInvalid);
}

TEST_F(VirtualNetworkTest, A_server_that_closed_first_holds_its_port_unless_the_address_is_reused) {
  Ref<Socket> listening = socket();
  listening->set_reuse_address(true);
  listening->bind({kHere, 5555});
  listening->listen(5);
  const Ref<Socket> client = connecting(5555);
  accepted(listening);  // and closed: it is the first to
  listening->close();
  const Ref<Socket> careless = socket(), careful = socket();
  EXPECT_EQ(error_of([&] { careless->bind({kHere, 5555}); }), "OSError(98, 'Address already in use')");
  careful->set_reuse_address(true);
  careful->bind({kHere, 5555});
  careful->close();
  world.threads.sleep(61);
  careless->bind({kHere, 5555});
}

TEST_F(VirtualNetworkTest, Free_ports_are_given_in_order) {
  const Ref<Socket> a = socket(), b = socket();
  a->bind({kHere, 0});
  b->listen(1);
  EXPECT_EQ(a->local_address(), (SocketAddress{kHere, 32768}));
  EXPECT_EQ(b->local_address(), (SocketAddress{"0.0.0.0", 32769}));
}

TEST_F(VirtualNetworkTest, Descriptors_run_out_at_1024) {
  std::vector<Ref<Socket>> all;
  EXPECT_EQ(error_of([&] {
              for (;;) all.push_back(socket());
            }),
            "OSError(24, 'Too many open files')");
  EXPECT_EQ(all.size(), 1021u);
}

TEST_F(ConnectionTest, Bytes_come_in_order_and_in_pieces) {
  EXPECT_EQ(client->send("hello"), 5u);
  EXPECT_EQ(client->send(" you"), 4u);
  EXPECT_EQ(server->receive(4), "hell");
  EXPECT_EQ(server->receive(100), "o you");
  EXPECT_EQ(error_of([&] { server->receive(1); }), kAgain);
  EXPECT_THAT(sink.texts_of({"net."}),
              ElementsAre("net.sent fd=4 bytes=5 text=hello", "net.sent fd=4 bytes=4 text= you",
                          "net.received fd=5 bytes=4 text=hell", "net.received fd=5 bytes=5 text=o you"));
}

TEST_F(ConnectionTest, Bytes_that_are_no_text_are_counted_only) {
  client->send("\xff\xfe");
  EXPECT_THAT(sink.texts_of({"net."}), ElementsAre("net.sent fd=4 bytes=2"));
}

TEST_F(ConnectionTest, A_full_buffer_is_not_writable_until_somebody_reads) {
  auto selector = network.open_selector();
  selector->watch(client->fd(), kWritable);
  const std::string much(VirtualSocket::kCapacity + 10, 'x');
  EXPECT_EQ(client->send(much), VirtualSocket::kCapacity);
  EXPECT_EQ(error_of([&] { client->send("x"); }), kAgain);
  EXPECT_EQ(poll(*selector), "");
  EXPECT_EQ(budget.memory(), VirtualSocket::kCapacity);
  server->receive(1);
  EXPECT_EQ(poll(*selector), "4:w");
  EXPECT_EQ(client->send("yz"), 1u);
}

TEST_F(ConnectionTest, The_end_of_file_comes_behind_the_bytes_and_stays) {
  client->send("bye");
  client->close();
  EXPECT_EQ(server->receive(10), "bye");
  EXPECT_EQ(server->receive(10), "");
  EXPECT_EQ(server->receive(10), "");
}

TEST_F(ConnectionTest, Who_closed_only_for_writing_can_still_read) {
  client->shutdown_writing();
  EXPECT_EQ(server->receive(1), "");
  EXPECT_EQ(server->send("x"), 1u);
  EXPECT_EQ(client->receive(1), "x");
  EXPECT_EQ(error_of([&] { client->send("x"); }), kBroken);
}

TEST_F(ConnectionTest, Sending_to_who_is_gone_works_once) {
  client->close();
  EXPECT_EQ(server->send("x"), 1u);
  auto selector = network.open_selector();
  selector->watch(server->fd(), kReadable);
  EXPECT_EQ(poll(*selector), "5:r");
  EXPECT_EQ(error_of([&] { server->send("x"); }), kBroken);
  EXPECT_EQ(server->receive(1), "");
  EXPECT_EQ(error_of([&] { server->remote_address(); }), kNotConnected);
}

TEST_F(ConnectionTest, Closing_with_unread_bytes_resets_the_other_end) {
  server->send("unread");
  client->close();
  EXPECT_EQ(error_of([&] { server->receive(1); }), kReset);
  EXPECT_EQ(server->receive(1), "");
}

TEST_F(ConnectionTest, What_is_closed_is_a_bad_descriptor) {
  constexpr const char* kBad = "OSError(9, 'Bad file descriptor')";
  client->close();
  client->close();
  EXPECT_FALSE(client->is_open());
  EXPECT_EQ(error_of([&] { client->receive(1); }), kBad);
  EXPECT_EQ(error_of([&] { client->local_address(); }), kBad);
}

TEST_F(VirtualNetworkTest, A_blocking_call_that_nothing_can_end_is_a_deadlock_that_names_it) {
  const Ref<Socket> listening = listener(5555);
  listening->set_blocking(true);
  EXPECT_THROW(listening->accept(), RunEnded);
}

// --- epoll

TEST_F(ConnectionTest, Ready_descriptors_are_reported_in_the_order_in_which_they_became_ready) {
  const Ref<Socket> other = connecting(5555);
  const Ref<Socket> second = accepted(listening);
  auto selector = network.open_selector();
  selector->watch(server->fd(), kReadable);
  selector->watch(second->fd(), kReadable);
  other->send("1");
  client->send("2");
  const std::string first = std::to_string(second->fd()) + ":r", then = std::to_string(server->fd()) + ":r";
  EXPECT_EQ(poll(*selector), first + " " + then);
  EXPECT_EQ(poll(*selector), first + " " + then);  // level-triggered: reported as long as it is ready
  second->receive(10);
  EXPECT_EQ(poll(*selector), then);
  other->send("3");  // behind what stayed ready
  EXPECT_EQ(poll(*selector), then + " " + first);
}

TEST_F(ConnectionTest, Emptied_and_filled_again_before_a_select_it_keeps_its_place) {
  auto selector = network.open_selector();
  selector->watch(server->fd(), kReadable);
  selector->watch(client->fd(), kReadable);
  client->send("1");
  server->send("2");
  server->receive(10);
  client->send("3");
  EXPECT_EQ(poll(*selector), "5:r 4:r");
}

TEST_F(ConnectionTest, A_watch_that_begins_on_a_ready_descriptor_queues_it_last) {
  auto selector = network.open_selector();
  server->send("x");
  selector->watch(server->fd(), kWritable);
  selector->watch(client->fd(), kReadable);
  selector->watch(server->fd(), kReadable | kWritable);
  EXPECT_EQ(poll(*selector), "5:w 4:r");
}

TEST_F(ConnectionTest, A_closed_descriptor_is_dropped_though_its_number_may_return) {
  auto selector = network.open_selector();
  const Fd fd = server->fd();
  selector->watch(fd, kReadable);
  client->send("x");
  server->close();
  EXPECT_EQ(poll(*selector), "");
  const Ref<Socket> next = socket();
  ASSERT_EQ(next->fd(), fd);
  EXPECT_EQ(error_of([&] { selector->watch(fd, kWritable); }),
            "FileNotFoundError(2, 'No such file or directory')");
  selector->watch(fd, kWritable);  // it is new now
  EXPECT_EQ(poll(*selector), std::to_string(fd) + ":w");
  EXPECT_EQ(error_of([&] { selector->watch(999, kReadable); }), "OSError(9, 'Bad file descriptor')");
}

// --- scripted peers

TEST_F(VirtualNetworkTest, A_scripted_peer_is_told_in_the_trace) {
  virtual_world.play({{.at = 1, .what = WorldEvent::What::connect, .peer = "alice", .port = 5555},
                      {.at = 1, .what = WorldEvent::What::send, .peer = "alice", .text = "hello"},
                      {.at = 2, .what = WorldEvent::What::close, .peer = "alice"},
                      {.at = 3, .what = WorldEvent::What::connect, .peer = "bob", .port = 9}});
  const Ref<Socket> listening = listener(5555);
  listening->set_blocking(true);
  const Ref<Socket> server = make_ref<Socket>(network, listening->accept().fd);
  EXPECT_EQ(world.clock.now(), 1);
  EXPECT_EQ(server->receive(100), "hello");
  server->send("echo");
  EXPECT_EQ(server->receive(100), "");
  EXPECT_EQ(world.clock.now(), 2);
  world.threads.sleep(5);
  EXPECT_THAT(sink.texts_of({"world", "net."}),
              ElementsAre("world text=alice connects to port 5555", "net.peer peer=alice what=connected",
                          "world text=alice sends 'hello'", "net.received fd=4 bytes=5 text=hello",
                          "net.sent fd=4 bytes=4 text=echo", "net.peer peer=alice what=received text=echo",
                          "world text=alice closes", "net.received fd=4 bytes=0",
                          "world text=bob connects to port 9", "net.peer peer=bob what=refused"));
}

TEST_F(VirtualNetworkTest, A_peer_sees_the_program_close_and_resets_break_the_connection) {
  virtual_world.play({{.at = 1, .what = WorldEvent::What::connect, .peer = "a", .port = 5555},
                      {.at = 2, .what = WorldEvent::What::connect, .peer = "b", .port = 5555},
                      {.at = 3, .what = WorldEvent::What::reset, .peer = "b"},
                      {.at = 4, .what = WorldEvent::What::send, .peer = "a", .text = "late"}});
  const Ref<Socket> listening = listener(5555);
  listening->set_blocking(true);
  Ref<Socket> a = make_ref<Socket>(network, listening->accept().fd);
  const Ref<Socket> b = make_ref<Socket>(network, listening->accept().fd);
  a->close();
  EXPECT_EQ(error_of([&] { b->receive(1); }), kReset);
  EXPECT_EQ(world.clock.now(), 3);
  world.threads.sleep(2);
  EXPECT_THAT(sink.texts_of({"net.peer"}),
              ElementsAre("net.peer peer=a what=connected", "net.peer peer=b what=connected",
                          "net.peer peer=a what=closed", "net.peer peer=a what=reset"));
}

}  // namespace
}  // namespace loopscope::test
