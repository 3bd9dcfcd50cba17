#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/net/bytes.h"
#include "core/net/socket_transport.h"
#include "core/task/coroutine.h"

namespace loopscope {

class StreamProtocol;

/// The stream ended before all bytes were there: asyncio.IncompleteReadError.
class IncompleteReadError final : public ProgramError {
 public:
  IncompleteReadError(std::string partial, std::optional<std::size_t> expected)
      : partial_(std::move(partial)), expected_(expected) {}
  const std::string& partial() const { return partial_; }
  const std::optional<std::size_t>& expected() const { return expected_; }
  std::string_view type_name() const override { return "IncompleteReadError"; }
  std::string message() const override;

 private:
  std::string partial_;
  std::optional<std::size_t> expected_;
};

/// The separator did not come within the limit: asyncio.LimitOverrunError.
class LimitOverrunError final : public ProgramError {
 public:
  LimitOverrunError(std::string message, std::size_t consumed)
      : message_(std::move(message)), consumed_(consumed) {}
  std::size_t consumed() const { return consumed_; }
  std::string_view type_name() const override { return "LimitOverrunError"; }
  std::string message() const override { return message_; }

 private:
  std::string message_;
  std::size_t consumed_;
};

/// asyncio.StreamReader: what came and was not read yet. One coroutine may wait at a time.
/// Loop thread only.
class StreamReader final : public RefCounted {
 public:
  static constexpr std::size_t kDefaultLimit = 64 * 1024;  ///< bytes

  /// ValueError unless `limit` > 0.
  explicit StreamReader(EventLoop& loop, std::int64_t limit = kDefaultLimit);
  ~StreamReader() override;

  /// At most `n` bytes, at least one unless the stream has ended; all until its end when
  /// n < 0 (S67).
  static Coroutine<Bytes> read(Ref<StreamReader> self, std::int64_t n);
  /// Up to and with the next newline; what there is at the end of the stream. ValueError when
  /// the line is longer than the limit.
  static Coroutine<Bytes> readline(Ref<StreamReader> self);
  static Coroutine<Bytes> readuntil(Ref<StreamReader> self, std::string separator);
  /// Exactly `n` bytes, or IncompleteReadError.
  static Coroutine<Bytes> readexactly(Ref<StreamReader> self, std::int64_t n);

  Coroutine<Bytes> read(std::int64_t n = -1) { return read(Ref<StreamReader>(this), n); }
  Coroutine<Bytes> readline() { return readline(Ref<StreamReader>(this)); }
  Coroutine<Bytes> readuntil(std::string separator = "\n") {
    return readuntil(Ref<StreamReader>(this), std::move(separator));
  }
  Coroutine<Bytes> readexactly(std::int64_t n) { return readexactly(Ref<StreamReader>(this), n); }

  void feed_data(std::string_view data);
  void feed_eof();
  bool at_eof() const { return eof_ && buffer_.empty(); }
  const std::exception_ptr& exception() const { return error_; }
  void set_exception(std::exception_ptr error);
  void set_transport(Ref<SocketTransport> transport) { transport_ = std::move(transport); }
  std::string repr() const;

 private:
  friend class StreamProtocol;
  static Coroutine<> wait_for_data(Ref<StreamReader> self, const char* caller);
  void wake_waiter();
  void maybe_resume_transport();
  Bytes take(std::size_t count);
  void drop(std::size_t count);

  Budget& budget_;
  std::size_t limit_;
  std::string buffer_;
  bool eof_ = false;
  bool paused_ = false;
  Ref<Future> waiter_;
  std::exception_ptr error_;
  Ref<SocketTransport> transport_;
  StreamProtocol* protocol_ = nullptr;  // which does not own its reader
};

}  // namespace loopscope
