#include "scenarios/values/repr.h"

#include <cstdio>

#include "scenarios/values/numbers.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

std::string repr(Runtime& runtime, const Value& value) {
  switch (value.tag()) {
    case Value::Tag::boolean:
      return value.as_bool() ? "True" : "False";
    case Value::Tag::integer:
      return std::to_string(value.as_int());
    case Value::Tag::floating:
      return float_repr(value.as_float());
    case Value::Tag::object: {
      const Runtime::Nested nested(runtime, " while getting the repr of an object");
      runtime.spend_work();
      runtime.spend_work();
      return value.object()->repr(runtime);
    }
    default:
      return "None";
  }
}

std::string str(Runtime& runtime, const Value& value) {
  if (!value.is_object()) return repr(runtime, value);
  const Runtime::Nested nested(runtime, " while getting the str of an object");
  return value.object()->str(runtime);
}

std::string ascii_repr(Runtime& runtime, const Value& value) {
  const std::string text = repr(runtime, value);
  if (utf8::length(text) == static_cast<std::int64_t>(text.size())) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += utf8::width(text, at)) {
    const std::string_view one(text.data() + at, utf8::width(text, at));
    const std::string quoted = one.size() == 1 ? std::string(one) : quote(one, true);
    out += one.size() == 1 ? quoted : quoted.substr(1, quoted.size() - 2);
  }
  return out;
}

std::string address(Object& object) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(object.id()));
  return buffer;
}

std::string shortened(std::string text, std::size_t limit) {
  if (utf8::length(text) <= static_cast<std::int64_t>(limit)) return text;
  std::size_t at = 0;
  for (std::size_t n = 0; n + 1 < limit; ++n) at += utf8::width(text, at);
  return text.substr(0, at) + "…";
}

std::string trace_repr(const Value& value) {
  constexpr std::size_t kLongest = 200;
  if (value.is_object()) return short_repr(value.object()->runtime(), value, kLongest);
  switch (value.tag()) {
    case Value::Tag::boolean:
      return value.as_bool() ? "True" : "False";
    case Value::Tag::integer:
      return std::to_string(value.as_int());
    case Value::Tag::floating:
      return float_repr(value.as_float());
    default:
      return "None";
  }
}

}  // namespace loopscope::scenarios
