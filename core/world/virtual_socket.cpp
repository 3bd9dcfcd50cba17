#include "core/world/virtual_socket.h"

#include <algorithm>
#include <utility>

namespace loopscope {

VirtualSocket::~VirtualSocket() { forget_incoming(); }

void VirtualSocket::join(const std::shared_ptr<VirtualSocket>& a, const std::shared_ptr<VirtualSocket>& b) {
  a->peer_ = b;
  b->peer_ = a;
  a->state_ = b->state_ = State::connected;
}

PollBits VirtualSocket::poll() const {
  if (state_ == State::listening) return {.in = !accept_queue_.empty()};
  PollBits bits;
  bits.hang_up = state_ == State::closed || (shut_read_ && shut_write_);
  bits.in = shut_read_ || !incoming_.empty();
  bits.out = state_ != State::connecting && (shut_write_ || room() > 0);
  bits.error = error_.has_value();
  return bits;
}

std::size_t VirtualSocket::room() const {
  const std::shared_ptr<VirtualSocket> peer = peer_.lock();
  return peer ? kCapacity - std::min(kCapacity, peer->incoming_.size()) : kCapacity;
}

// --- listening

void VirtualSocket::listen(int backlog) {
  state_ = State::listening;
  backlog_ = static_cast<std::size_t>(std::max(backlog, 0));
}

void VirtualSocket::arrive(const std::shared_ptr<VirtualSocket>& client) {
  if (accept_queue_.size() > backlog_)
    waiting_clients_.push_back(client);
  else
    establish(client);
}

void VirtualSocket::establish(const std::shared_ptr<VirtualSocket>& client) {
  auto server = std::make_shared<VirtualSocket>(budget_);
  server->local = *client->remote;
  server->remote = client->local;
  server->bound = true;
  server->reuse_address = reuse_address;
  server->on_change = on_change;
  server->on_time_wait = on_time_wait;
  join(client, server);
  accept_queue_.push_back(std::move(server));
  client->change(Wake::any);
  change(Wake::readable);
}

std::shared_ptr<VirtualSocket> VirtualSocket::accept() {
  if (accept_queue_.empty()) return nullptr;
  std::shared_ptr<VirtualSocket> accepted = std::move(accept_queue_.front());
  accept_queue_.pop_front();
  admit_waiting();
  return accepted;
}

void VirtualSocket::admit_waiting() {
  while (!waiting_clients_.empty() && accept_queue_.size() <= backlog_) {
    const std::shared_ptr<VirtualSocket> client = waiting_clients_.front().lock();
    waiting_clients_.pop_front();
    if (client && client->state_ == State::connecting) establish(client);
  }
}

// --- streams

void VirtualSocket::disconnect() {
  state_ = State::closed;
  shut_read_ = shut_write_ = end_of_file_ = false;
  error_.reset();
  remote.reset();
}

std::optional<std::string> VirtualSocket::receive(std::size_t most) {
  if (state_ == State::listening) throw OsError(Errno::not_connected);
  if (!incoming_.empty()) {
    std::string data = incoming_.substr(0, most);
    incoming_.erase(0, data.size());
    budget_.use_memory(-static_cast<std::int64_t>(data.size()));
    const std::shared_ptr<VirtualSocket> peer = peer_.lock();
    if (peer && !data.empty()) peer->change(Wake::writable);
    return data;
  }
  if (end_of_file_) return "";
  if (const std::optional<Errno> error = take_error()) throw OsError(*error);
  if (shut_read_) return "";
  if (state_ == State::closed) throw OsError(Errno::not_connected);
  return std::nullopt;
}

std::optional<std::size_t> VirtualSocket::send(std::string_view data) {
  if (state_ == State::connecting) return std::nullopt;
  if (state_ != State::connected || error_ || shut_write_)
    throw OsError(take_error().value_or(Errno::broken_pipe));
  const std::shared_ptr<VirtualSocket> peer = peer_.lock();
  if (!peer || peer->released_) {  // nobody is there any more: the answer is a reset
    if (!data.empty()) fail(end_of_file_ ? Errno::broken_pipe : Errno::connection_reset);
    return data.size();
  }
  const std::size_t taken = std::min(data.size(), room());
  if (taken == 0 && !data.empty()) return std::nullopt;
  budget_.use_memory(static_cast<std::int64_t>(taken));
  peer->incoming_.append(data.substr(0, taken));
  if (taken > 0) peer->change(Wake::readable);
  return taken;
}

void VirtualSocket::shut_writing() {
  if (state_ != State::connected || (shut_write_ && end_of_file_)) throw OsError(Errno::not_connected);
  finish_sending();
}

void VirtualSocket::finish_sending() {
  if (shut_write_) return;
  shut_write_ = true;
  const std::shared_ptr<VirtualSocket> peer = peer_.lock();
  if (!peer) return;
  const bool first = !end_of_file_;
  // The end that closes last: its FIN starts the other's wait.
  if (!first && on_time_wait) on_time_wait(*peer);
  peer->take_end_of_file();
}

void VirtualSocket::take_end_of_file() {
  if (state_ != State::connected || end_of_file_) return;
  end_of_file_ = shut_read_ = true;
  change(Wake::any);
}

void VirtualSocket::close() {
  released_ = true;
  if (state_ == State::listening) {
    for (const std::shared_ptr<VirtualSocket>& waiting : std::exchange(accept_queue_, {})) waiting->reset();
    for (const std::weak_ptr<VirtualSocket>& waiting : std::exchange(waiting_clients_, {}))
      if (const std::shared_ptr<VirtualSocket> client = waiting.lock()) client->refuse();
  } else if (state_ == State::connected) {
    if (!incoming_.empty()) return reset();
    const bool first = !end_of_file_ && peer_.lock();
    finish_sending();
    if (first && on_time_wait) on_time_wait(*this);
  }
  state_ = State::closed;
}

void VirtualSocket::reset() {
  if (state_ == State::connected)
    if (const std::shared_ptr<VirtualSocket> peer = peer_.lock())
      peer->fail(peer->end_of_file_ ? Errno::broken_pipe : Errno::connection_reset);
  forget_incoming();
  state_ = State::closed;
  shut_read_ = shut_write_ = true;
}

void VirtualSocket::fail(Errno error) {
  if (state_ != State::connected && state_ != State::connecting) return;
  error_ = error;
  state_ = State::closed;
  shut_read_ = shut_write_ = true;
  change(Wake::any);
}

void VirtualSocket::forget_incoming() {
  budget_.use_memory(-static_cast<std::int64_t>(std::exchange(incoming_, {}).size()));
}

}  // namespace loopscope
