#pragma once

#include <functional>
#include <string>

#include "core/base/ref.h"

namespace loopscope {

/// Where debug mode saw an object being made (S76).
struct Creation final : RefCounted {
  Creation(std::string at, std::string calls) : place(std::move(at)), stack(std::move(calls)) {}
  std::string place;  ///< "FILE:LINE": the line that called
  std::string stack;  ///< the program's calls, outermost first, as in a traceback
};

}  // namespace loopscope
