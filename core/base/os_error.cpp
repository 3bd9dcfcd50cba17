#include "core/base/os_error.h"

#include "core/base/repr.h"

namespace loopscope {
namespace {

struct Row {
  Errno number;
  std::string_view type, text;
};

constexpr Row kRows[] = {
    {Errno::not_permitted, "PermissionError", "Operation not permitted"},
    {Errno::no_entry, "FileNotFoundError", "No such file or directory"},
    {Errno::bad_descriptor, "OSError", "Bad file descriptor"},
    {Errno::again, "BlockingIOError", "Resource temporarily unavailable"},
    {Errno::invalid, "OSError", "Invalid argument"},
    {Errno::too_many_files, "OSError", "Too many open files"},
    {Errno::broken_pipe, "BrokenPipeError", "Broken pipe"},
    {Errno::family_not_supported, "OSError", "Address family not supported by protocol"},
    {Errno::address_in_use, "OSError", "Address already in use"},
    {Errno::address_not_available, "OSError", "Cannot assign requested address"},
    {Errno::network_unreachable, "OSError", "Network is unreachable"},
    {Errno::connection_reset, "ConnectionResetError", "Connection reset by peer"},
    {Errno::is_connected, "OSError", "Transport endpoint is already connected"},
    {Errno::not_connected, "OSError", "Transport endpoint is not connected"},
    {Errno::timed_out, "TimeoutError", "Connection timed out"},
    {Errno::refused, "ConnectionRefusedError", "Connection refused"},
    {Errno::already, "BlockingIOError", "Operation already in progress"},
    {Errno::in_progress, "BlockingIOError", "Operation now in progress"},
    {Errno::name_not_known, "gaierror", "Name or service not known"},
};

const Row* find(Errno number) {
  for (const Row& row : kRows)
    if (row.number == number) return &row;
  return nullptr;
}

}  // namespace

std::string_view strerror(Errno number) {
  const Row* row = find(number);
  return row ? row->text : "Unknown error";
}

std::string_view OsError::type_name() const {
  const Row* row = find(number_);
  return row ? row->type : "OSError";
}

std::string OsError::message() const { return "[Errno " + std::to_string(code()) + "] " + text_; }

std::string OsError::repr() const {
  return std::string(type_name()) + "(" + std::to_string(code()) + ", " + repr_of_text(text_) + ")";
}

}  // namespace loopscope
