#include "core/net/stream_protocol.h"

#include <utility>

#include "core/net/connection_lost.h"
#include "core/net/stream_reader.h"
#include "core/net/stream_writer.h"

namespace loopscope {

StreamProtocol::StreamProtocol(EventLoop& loop, const Ref<StreamReader>& reader,
                               ClientConnected client_connected)
    : anchor_(loop.anchor()),
      reader_(reader.get()),
      client_connected_(std::move(client_connected)),
      closed_(make_ref<Future>(loop, "connection_lost")) {
  closed_->stay_silent();  // nobody need ask for its error
  if (reader_) reader_->protocol_ = this;
  if (client_connected_) strong_reader_ = reader;
}

StreamProtocol::~StreamProtocol() {
  if (reader_) reader_->protocol_ = nullptr;
}

void StreamProtocol::connection_made(SocketTransport& transport) {
  transport_ = Ref<SocketTransport>(&transport);
  const Ref<StreamReader> reader(reader_);
  if (reader) reader->set_transport(transport_);
  if (!client_connected_) return;
  writer_ = make_ref<StreamWriter>(*anchor_->loop, transport_, Ref<StreamProtocol>(this), reader);
  task_ = client_connected_(reader, writer_);
  strong_reader_ = nullptr;
}

void StreamProtocol::data_received(std::string data) {
  if (reader_) reader_->feed_data(data);
}

bool StreamProtocol::eof_received() {
  if (reader_) reader_->feed_eof();
  return true;
}

void StreamProtocol::connection_lost(std::exception_ptr error) {
  if (const Ref<StreamReader> reader(reader_); reader) {
    if (error)
      reader->set_exception(error);
    else
      reader->feed_eof();
  }
  if (!closed_->done()) {
    if (error)
      closed_->set_exception(error);
    else
      closed_->set_result({});
  }
  connection_lost_ = true;
  if (paused_) wake_drainers(error);
  if (reader_) std::exchange(reader_, nullptr)->protocol_ = nullptr;
  let_go();
}

/// Writer, task and transport refer to the protocol in their turn.
void StreamProtocol::let_go() {
  const Ref<StreamWriter> writer = std::exchange(writer_, nullptr);
  const Ref<Task> task = std::exchange(task_, nullptr);
  const Ref<SocketTransport> transport = std::exchange(transport_, nullptr);
}

void StreamProtocol::abandon() {
  const Ref<StreamProtocol> self(this);
  const Ref<StreamReader> reader = std::exchange(strong_reader_, nullptr);
  let_go();
}

void StreamProtocol::resume_writing() {
  paused_ = false;
  wake_drainers(nullptr);
}

void StreamProtocol::wake_drainers(const std::exception_ptr& error) {
  for (const Ref<Future>& waiter : drainers_) {
    if (waiter->done()) continue;
    if (error)
      waiter->set_exception(error);
    else
      waiter->set_result({});
  }
}

Coroutine<> StreamProtocol::drain(Ref<StreamProtocol> self) {
  if (self->connection_lost_) throw ConnectionLost();
  if (!self->paused_) co_return;
  StepContext here = co_await ThisStep{};
  Ref<Future> waiter = make_ref<Future>(here.loop, "drain");
  if (self->transport_) waiter->set_waits_on({WaitKind::io, self->transport_->fd(), {}});
  const auto place = self->drainers_.insert(self->drainers_.end(), waiter);
  struct Leave {
    StreamProtocol& protocol;
    std::list<Ref<Future>>::iterator place;
    ~Leave() { protocol.drainers_.erase(place); }
  } const leave{*self, place};
  co_await waiter;
}

}  // namespace loopscope
