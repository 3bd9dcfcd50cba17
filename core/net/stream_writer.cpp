#include "core/net/stream_writer.h"

#include "core/task/helpers.h"

namespace loopscope {

StreamWriter::StreamWriter(EventLoop& loop, Ref<SocketTransport> transport, Ref<StreamProtocol> protocol,
                           Ref<StreamReader> reader)
    : transport_(std::move(transport)),
      protocol_(std::move(protocol)),
      reader_(std::move(reader)),
      complete_(make_ref<Future>(loop, "StreamWriter")) {
  complete_->set_result({});
}

Coroutine<> StreamWriter::drain(Ref<StreamWriter> self) {
  if (self->reader_ && self->reader_->exception()) std::rethrow_exception(self->reader_->exception());
  if (self->is_closing()) co_await sleep(0);  // lets connection_lost come first
  co_await StreamProtocol::drain(self->protocol_);
}

Coroutine<> StreamWriter::wait_closed(Ref<StreamWriter> self) {
  Ref<Future> closed = self->protocol_->closed();
  co_await closed;
}

std::string StreamWriter::repr() const {
  return "<StreamWriter transport=" + transport_->repr() + (reader_ ? " reader=" + reader_->repr() : "") +
         ">";
}

}  // namespace loopscope
