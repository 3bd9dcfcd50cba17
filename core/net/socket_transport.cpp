#include "core/net/socket_transport.h"

#include <utility>

#include "core/net/transports.h"

namespace loopscope {
namespace {

template <class Ask>
std::optional<SocketAddress> address_or_none(Ask ask) {
  try {
    return ask();
  } catch (const OsError&) {
    return std::nullopt;
  }
}

bool is_os_error(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const OsError&) {
    return true;
  } catch (...) {
    return false;
  }
}

/// KeyboardInterrupt, SystemExit and the end of a run are nobody's connection error.
void rethrow_unless_ordinary() {
  try {
    throw;
  } catch (const RunEnded&) {
    throw;
  } catch (...) {
    if (leaves_the_loop(std::current_exception())) throw;
  }
}

}  // namespace

SocketTransport::SocketTransport(EventLoop& loop, Ref<Socket> socket, Ref<Protocol> protocol,
                                 Ref<Future> waiter, std::optional<SocketAddress> remote,
                                 Ref<ConnectionCounter> server)
    : anchor_(loop.anchor()),
      budget_(loop.budget()),
      socket_(std::move(socket)),
      shown_socket_(socket_),
      fd_(socket_->fd()),
      protocol_(std::move(protocol)),
      server_(std::move(server)),
      local_(address_or_none([&] { return socket_->local_address(); })),
      remote_(std::move(remote)) {
  if (!remote_) remote_ = address_or_none([&] { return socket_->remote_address(); });
  if (server_) server_->attach();
  Transports::of(loop).add(fd_, *this);
  const Ref<SocketTransport> self(this);
  loop.call_soon([self, made = protocol_] { made->connection_made(*self); }, "connection_made");
  loop.call_soon([self] { self->start_reading(); }, "_add_reader");
  if (!waiter) return;
  loop.call_soon(
      [waiter] {
        if (!waiter->cancelled()) waiter->set_result({});
      },
      "_set_result_unless_cancelled");
}

SocketTransport::~SocketTransport() {
  drop(buffer_.size());
  if (loop()) Transports::of(*loop()).remove(fd_, *this);
}

void SocketTransport::abandon() {
  const Ref<SocketTransport> self(this);
  if (loop()) Transports::of(*loop()).remove(fd_, *this);
  if (socket_) socket_->leave_open();
  if (const Ref<Protocol> gone = std::exchange(protocol_, nullptr)) gone->abandon();
  const Ref<ConnectionCounter> server = std::exchange(server_, nullptr);
}

EventLoop& SocketTransport::open_loop() const {
  if (!loop()) throw CoreError(CoreError::Type::RuntimeError, "Event loop is closed");
  return *loop();
}

// --- reading

void SocketTransport::start_reading() {
  if (closing_) return;
  open_loop().add_reader(
      fd_, [self = Ref<SocketTransport>(this)] { self->read_ready(); }, "_read_ready");
}

void SocketTransport::pause_reading() {
  if (closing_ || paused_) return;
  paused_ = true;
  if (loop()) loop()->remove_reader(fd_);
}

void SocketTransport::resume_reading() {
  if (closing_ || !paused_) return;
  paused_ = false;
  start_reading();
}

void SocketTransport::read_ready() {
  if (lost_) return;
  std::string data;
  try {
    data = socket_->receive(kMostRead);
  } catch (const OsError& error) {
    if (!error.would_block()) fatal_error(std::current_exception(), "Fatal read error on socket transport");
    return;
  }
  if (data.empty()) return read_end_of_file();
  try {
    protocol_->data_received(std::move(data));
  } catch (...) {
    rethrow_unless_ordinary();
    fatal_error(std::current_exception(), "Fatal error: protocol.data_received() call failed.");
  }
}

void SocketTransport::read_end_of_file() {
  bool keep_open = false;
  try {
    keep_open = protocol_->eof_received();
  } catch (...) {
    rethrow_unless_ordinary();
    return fatal_error(std::current_exception(), "Fatal error: protocol.eof_received() call failed.");
  }
  if (keep_open)
    loop()->remove_reader(fd_);  // nothing more comes, but the protocol may write
  else
    close();
}

// --- writing

void SocketTransport::write(std::string_view data) {
  if (eof_) throw CoreError(CoreError::Type::RuntimeError, "Cannot call write() after write_eof()");
  if (data.empty()) return;
  if (lost_) return note_lost_write();
  if (buffer_.empty()) {
    try {
      data.remove_prefix(socket_->send(data));
    } catch (const OsError& error) {
      if (!error.would_block())
        return fatal_error(std::current_exception(), "Fatal write error on socket transport");
    }
    if (data.empty()) return;
    open_loop().add_writer(
        fd_, [self = Ref<SocketTransport>(this)] { self->write_ready(); }, "_write_ready");
  }
  keep(data);
  maybe_pause_protocol();
}

/// asyncio says nothing of the first few.
void SocketTransport::note_lost_write() {
  constexpr unsigned kSilent = 4;
  if (++lost_writes_ > kSilent && loop()) loop()->log("socket.send() raised exception.");
}

/// The buffer counts against the memory limit.
void SocketTransport::keep(std::string_view unsent) {
  budget_.use_memory(static_cast<std::int64_t>(unsent.size()));
  buffer_.append(unsent);
}

void SocketTransport::drop(std::size_t sent) {
  budget_.use_memory(-static_cast<std::int64_t>(sent));
  buffer_.erase(0, sent);
}

void SocketTransport::write_ready() {
  if (lost_) return;
  std::size_t sent = 0;
  try {
    sent = socket_->send(buffer_);
  } catch (const OsError& error) {
    if (error.would_block()) return;
    loop()->remove_writer(fd_);
    return fatal_error(std::current_exception(), "Fatal write error on socket transport");
  }
  drop(sent);
  maybe_resume_protocol();  // may write more
  if (!buffer_.empty()) return;
  loop()->remove_writer(fd_);
  if (closing_)
    lose_connection(nullptr);
  else if (eof_)
    socket_->shutdown_writing();
}

void SocketTransport::write_eof() {
  if (closing_ || eof_) return;
  eof_ = true;
  if (buffer_.empty()) socket_->shutdown_writing();
}

void SocketTransport::set_write_buffer_limits(std::optional<std::int64_t> high,
                                              std::optional<std::int64_t> low) {
  if (!high) high = low ? 4 * *low : static_cast<std::int64_t>(kHighWater);
  if (!low) low = *high / 4;
  if (*high < *low || *low < 0)
    throw CoreError(CoreError::Type::ValueError, "high (" + std::to_string(*high) + ") must be >= low (" +
                                                     std::to_string(*low) + ") must be >= 0");
  high_water_ = *high;
  low_water_ = *low;
  maybe_pause_protocol();
}

void SocketTransport::maybe_pause_protocol() {
  if (static_cast<std::int64_t>(buffer_.size()) <= high_water_ || protocol_paused_) return;
  protocol_paused_ = true;
  if (protocol_) protocol_->pause_writing();
}

void SocketTransport::maybe_resume_protocol() {
  if (!protocol_paused_ || static_cast<std::int64_t>(buffer_.size()) > low_water_) return;
  protocol_paused_ = false;
  protocol_->resume_writing();
}

// --- the end

void SocketTransport::close() {
  if (closing_) return;
  closing_ = true;
  open_loop().remove_reader(fd_);
  if (!buffer_.empty()) return;
  loop()->remove_writer(fd_);
  queue_connection_lost(nullptr);
}

void SocketTransport::fatal_error(const std::exception_ptr& error, const char* message) {
  if (!is_os_error(error) && loop()) loop()->report({message, error});
  force_close(error);
}

void SocketTransport::force_close(std::exception_ptr error) {
  if (lost_) return;
  open_loop();
  if (!buffer_.empty()) {
    drop(buffer_.size());
    loop()->remove_writer(fd_);
  }
  if (!std::exchange(closing_, true)) loop()->remove_reader(fd_);
  queue_connection_lost(std::move(error));
}

void SocketTransport::queue_connection_lost(std::exception_ptr error) {
  lost_ = true;
  loop()->call_soon(
      [self = Ref<SocketTransport>(this), error = std::move(error)] { self->lose_connection(error); },
      "_call_connection_lost");
}

void SocketTransport::lose_connection(const std::exception_ptr& error) {
  const Ref<SocketTransport> self(this);
  struct Finally {
    SocketTransport& self;
    ~Finally() {
      self.socket_->close();
      self.socket_ = nullptr;
      self.protocol_ = nullptr;
      if (const Ref<ConnectionCounter> server = std::exchange(self.server_, nullptr)) server->detach();
    }
  } const finally{*this};
  protocol_->connection_lost(error);
}

std::string SocketTransport::repr() const {
  std::string text = "<_SelectorSocketTransport";
  if (!socket_)
    text += " closed";
  else if (closing_)
    text += " closing";
  text += " fd=" + std::to_string(fd_);
  if (!socket_ || !loop() || loop()->is_closed()) return text + ">";
  const std::uint8_t watched = loop()->watched(fd_);
  text += watched & kReadable ? " read=polling" : " read=idle";
  return text + " write=<" + (watched & kWritable ? "polling" : "idle") +
         ", bufsize=" + std::to_string(buffer_.size()) + ">>";
}

}  // namespace loopscope
