#pragma once

#include <string>

namespace loopscope {

/// What came over a socket. Shown as Python's bytes.
struct Bytes {
  std::string data;
};
std::string trace_repr(const Bytes& bytes);

}  // namespace loopscope
