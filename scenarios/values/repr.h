#pragma once

#include <string>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

/// repr(value) and str(value), as CPython prints them.
std::string repr(Runtime& runtime, const Value& value);
std::string str(Runtime& runtime, const Value& value);
/// ascii(value): repr with everything beyond ASCII escaped.
std::string ascii_repr(Runtime& runtime, const Value& value);
/// repr(value) cut at about `limit` code points, without making all of a long one: for
/// traces and messages.
std::string short_repr(Runtime& runtime, const Value& value, std::size_t limit);
/// reprlib.repr(value): what asyncio shows of a result.
std::string limited_repr(Runtime& runtime, const Value& value);
/// "0x7f0000000010": stands for the object's address.
std::string address(Object& object);
/// At most `limit` code points, the rest as "…".
std::string shortened(std::string text, std::size_t limit);

}  // namespace loopscope::scenarios
