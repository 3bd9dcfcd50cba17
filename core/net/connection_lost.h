#pragma once

#include "core/base/errors.h"

namespace loopscope {

/// ConnectionResetError('Connection lost'): asyncio's own, without a number.
class ConnectionLost final : public ProgramError {
 public:
  std::string_view type_name() const override { return "ConnectionResetError"; }
  std::string message() const override { return "Connection lost"; }
};

}  // namespace loopscope
