#pragma once

#include <string>
#include <string_view>

#include "core/base/errors.h"

namespace loopscope {

/// The error numbers that sockets and selectors give: Linux's, on every machine, because
/// programs print them.
enum class Errno : int {
  not_permitted = 1,
  no_entry = 2,
  bad_descriptor = 9,
  again = 11,
  invalid = 22,
  too_many_files = 24,
  broken_pipe = 32,
  family_not_supported = 97,
  address_in_use = 98,
  address_not_available = 99,
  network_unreachable = 101,
  connection_reset = 104,
  is_connected = 106,
  not_connected = 107,
  timed_out = 110,
  refused = 111,
  already = 114,
  in_progress = 115,
  name_not_known = -2,  ///< getaddrinfo's: raised as gaierror
};

/// "Connection refused".
std::string_view strerror(Errno number);

/// Python's OSError: as the subclass that its number stands for (ConnectionRefusedError).
class OsError final : public ProgramError {
 public:
  explicit OsError(Errno number) : OsError(number, std::string(strerror(number))) {}
  /// With other words than the system's: 'Connect call failed (...)'.
  OsError(Errno number, std::string text) : number_(number), text_(std::move(text)) {}

  Errno number() const { return number_; }
  int code() const { return static_cast<int>(number_); }
  const std::string& text() const { return text_; }
  /// BlockingIOError: try again when the descriptor is ready.
  bool would_block() const {
    return number_ == Errno::again || number_ == Errno::in_progress || number_ == Errno::already;
  }

  std::string_view type_name() const override;
  /// "[Errno 111] Connection refused".
  std::string message() const override;
  std::string repr() const override;

 private:
  Errno number_;
  std::string text_;
};

}  // namespace loopscope
