#include "core/net/stream_reader.h"

#include <algorithm>
#include <utility>

#include "core/net/stream_protocol.h"

namespace loopscope {

std::string IncompleteReadError::message() const {
  return std::to_string(partial_.size()) + " bytes read on a total of " +
         (expected_ ? std::to_string(*expected_) : "undefined") + " expected bytes";
}

StreamReader::StreamReader(EventLoop& loop, std::int64_t limit) : budget_(loop.budget()) {
  if (limit <= 0) throw CoreError(CoreError::Type::ValueError, "Limit cannot be <= 0");
  limit_ = static_cast<std::size_t>(limit);
}

StreamReader::~StreamReader() {
  if (protocol_) protocol_->forget_reader();
  drop(buffer_.size());
}

// --- what comes in

void StreamReader::feed_data(std::string_view data) {
  if (data.empty()) return;
  budget_.use_memory(static_cast<std::int64_t>(data.size()));
  buffer_.append(data);
  wake_waiter();
  if (!transport_ || paused_ || buffer_.size() / 2 < limit_ || buffer_.size() <= 2 * limit_) return;
  transport_->pause_reading();
  paused_ = true;
}

void StreamReader::feed_eof() {
  eof_ = true;
  wake_waiter();
}

void StreamReader::set_exception(std::exception_ptr error) {
  error_ = std::move(error);
  const Ref<Future> waiter = std::exchange(waiter_, nullptr);
  if (waiter && !waiter->cancelled()) waiter->set_exception(error_);
}

void StreamReader::wake_waiter() {
  const Ref<Future> waiter = std::exchange(waiter_, nullptr);
  if (waiter && !waiter->cancelled()) waiter->set_result({});
}

void StreamReader::maybe_resume_transport() {
  if (!paused_ || buffer_.size() > limit_) return;
  paused_ = false;
  transport_->resume_reading();
}

void StreamReader::drop(std::size_t count) {
  budget_.use_memory(-static_cast<std::int64_t>(std::min(count, buffer_.size())));
  buffer_.erase(0, count);
}

Bytes StreamReader::take(std::size_t count) {
  Bytes bytes{buffer_.substr(0, count)};
  drop(bytes.data.size());
  return bytes;
}

// --- reading

Coroutine<> StreamReader::wait_for_data(Ref<StreamReader> self, const char* caller) {
  if (self->waiter_)
    throw CoreError(
        CoreError::Type::RuntimeError,
        std::string(caller) + "() called while another coroutine is already waiting for incoming data");
  if (self->paused_) {  // a reader of more than the limit would wait for ever
    self->paused_ = false;
    self->transport_->resume_reading();
  }
  StepContext here = co_await ThisStep{};
  Ref<Future> waiter = make_ref<Future>(here.loop, caller);
  if (self->transport_) waiter->set_waits_on({WaitKind::io, self->transport_->fd(), {}});
  self->waiter_ = waiter;
  struct Forget {
    StreamReader& reader;
    ~Forget() { reader.waiter_ = nullptr; }
  } const forget{*self};
  co_await waiter;
}

Coroutine<Bytes> StreamReader::read(Ref<StreamReader> self, std::int64_t n) {
  if (self->error_) std::rethrow_exception(self->error_);
  Bytes result;
  if (n == 0) co_return result;
  if (n < 0) {
    for (;;) {
      const Bytes block = co_await read(self, static_cast<std::int64_t>(self->limit_));
      if (block.data.empty()) break;
      result.data += block.data;
    }
    co_return result;
  }
  if (self->buffer_.empty() && !self->eof_) co_await wait_for_data(self, "read");
  result = self->take(static_cast<std::size_t>(n));
  self->maybe_resume_transport();
  co_return result;
}

Coroutine<Bytes> StreamReader::readuntil(Ref<StreamReader> self, std::string separator) {
  if (separator.empty())
    throw CoreError(CoreError::Type::ValueError, "Separator should be at least one-byte string");
  if (self->error_) std::rethrow_exception(self->error_);
  std::size_t searched = 0;  // no separator begins before
  std::size_t found = std::string::npos;
  for (;;) {
    const std::size_t size = self->buffer_.size();
    if (size >= searched + separator.size()) {
      found = self->buffer_.find(separator, searched);
      if (found != std::string::npos) break;
      searched = size + 1 - separator.size();
      if (searched > self->limit_)
        throw LimitOverrunError("Separator is not found, and chunk exceed the limit", searched);
    }
    if (self->eof_) throw IncompleteReadError(self->take(size).data, std::nullopt);
    co_await wait_for_data(self, "readuntil");
  }
  if (found > self->limit_)
    throw LimitOverrunError("Separator is found, but chunk is longer than limit", found);
  Bytes chunk = self->take(found + separator.size());
  self->maybe_resume_transport();
  co_return chunk;
}

Coroutine<Bytes> StreamReader::readline(Ref<StreamReader> self) {
  std::string too_long;
  std::exception_ptr overrun;
  try {
    Bytes line = co_await readuntil(self, "\n");
    co_return line;
  } catch (const IncompleteReadError& error) {
    co_return Bytes{error.partial()};
  } catch (const LimitOverrunError& error) {
    const bool found = error.consumed() < self->buffer_.size() && self->buffer_[error.consumed()] == '\n';
    self->drop(found ? error.consumed() + 1 : self->buffer_.size());
    self->maybe_resume_transport();
    too_long = error.message();
    overrun = std::current_exception();
  }
  throw CoreError(CoreError::Type::ValueError, too_long, CoreError::While{overrun});
}

Coroutine<Bytes> StreamReader::readexactly(Ref<StreamReader> self, std::int64_t n) {
  if (n < 0) throw CoreError(CoreError::Type::ValueError, "readexactly size can not be less than zero");
  if (self->error_) std::rethrow_exception(self->error_);
  Bytes result;
  if (n == 0) co_return result;
  const auto wanted = static_cast<std::size_t>(n);
  while (self->buffer_.size() < wanted) {
    if (self->eof_) throw IncompleteReadError(self->take(self->buffer_.size()).data, wanted);
    co_await wait_for_data(self, "readexactly");
  }
  result = self->take(wanted);
  self->maybe_resume_transport();
  co_return result;
}

std::string StreamReader::repr() const {
  std::string text = "<StreamReader";
  if (!buffer_.empty()) text += " " + std::to_string(buffer_.size()) + " bytes";
  if (eof_) text += " eof";
  if (limit_ != kDefaultLimit) text += " limit=" + std::to_string(limit_);
  if (waiter_) text += " waiter=" + waiter_->repr();
  if (error_) text += " exception=" + repr_of(error_);
  if (transport_) text += " transport=" + transport_->repr();
  if (paused_) text += " paused";
  return text + ">";
}

}  // namespace loopscope
