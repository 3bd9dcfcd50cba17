#pragma once

#include <optional>

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// A member of one of Python's enumerations of ints: signal.SIGINT, socket.AF_INET. Equals
/// its number, prints as it, and its repr says what it is.
class IntConstant final : public Object {
 public:
  /// `type`: the enumeration's: Signals.
  IntConstant(Type& type, std::string name, std::int64_t value)
      : Object(Kind::plain, type), name_(std::move(name)), value_(value) {}

  std::int64_t value() const { return value_; }

  std::string repr(Runtime&) override {
    return "<" + type().name() + "." + name_ + ": " + std::to_string(value_) + ">";
  }
  std::string str(Runtime&) override { return std::to_string(value_); }
  bool truthy(Runtime&) override { return value_ != 0; }
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;

 private:
  std::string name_;
  std::int64_t value_;
};

/// The int that `value` is, constants included; none for anything else.
std::optional<std::int64_t> int_of(const Value& value);
/// The same; TypeError "'str' object cannot be interpreted as an integer".
std::int64_t require_int(Runtime& runtime, const Value& value);

/// `value` as a T of any kind, or null.
template <class T>
T* as(const Value& value) {
  return dynamic_cast<T*>(value.object());
}

}  // namespace loopscope::scenarios
