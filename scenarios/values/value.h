#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "core/base/ref.h"

namespace loopscope::scenarios {

class Object;
class Runtime;

/// One value of a scenario's program: 16 bytes. None, bool, int and float stand inline,
/// everything else is a reference-counted Object.
///
/// `missing` is no Python value: it marks an unbound variable or an absent argument.
class Value {
 public:
  enum class Tag : std::uint8_t { none, boolean, integer, floating, object, missing };

  Value() noexcept {}
  template <class T>
  requires std::is_base_of_v<Object, T> Value(Ref<T> object)
  noexcept : Value(static_cast<Object*>(object.get())) {}
  explicit Value(Object* object) noexcept : tag_(object ? Tag::object : Tag::none) {
    if (object) {
      object_ = object;
      retain();
    }
  }
  Value(const Value& other) noexcept : tag_(other.tag_), bits_(other.bits_) {
    if (tag_ == Tag::object) retain();
  }
  Value(Value&& other) noexcept : tag_(std::exchange(other.tag_, Tag::none)), bits_(other.bits_) {}
  Value& operator=(Value other) noexcept {
    std::swap(tag_, other.tag_);
    std::swap(bits_, other.bits_);
    return *this;
  }
  ~Value() {
    if (tag_ == Tag::object) release();
  }

  static Value boolean(bool value) { return Value(Tag::boolean, static_cast<std::int64_t>(value)); }
  static Value integer(std::int64_t value) { return Value(Tag::integer, value); }
  static Value floating(double value) {
    Value result(Tag::floating, 0);
    result.floating_ = value;
    return result;
  }
  static Value missing() { return Value(Tag::missing, 0); }

  Tag tag() const { return tag_; }
  bool is_none() const { return tag_ == Tag::none; }
  bool is_missing() const { return tag_ == Tag::missing; }
  bool is_bool() const { return tag_ == Tag::boolean; }
  /// An int that is no bool.
  bool is_int() const { return tag_ == Tag::integer; }
  /// An int or a bool: what Python's arithmetic takes for an integer.
  bool is_integral() const { return tag_ == Tag::integer || tag_ == Tag::boolean; }
  bool is_float() const { return tag_ == Tag::floating; }
  bool is_number() const { return is_integral() || is_float(); }
  bool is_object() const { return tag_ == Tag::object; }

  /// Only where is_integral() holds.
  std::int64_t as_int() const { return bits_; }
  bool as_bool() const { return bits_ != 0; }
  double as_float() const { return floating_; }
  /// The object, or null for the other tags.
  Object* object() const { return tag_ == Tag::object ? object_ : nullptr; }

  /// The object as a T (by its kind), or null.
  template <class T>
  T* get_if() const;

  /// Python's `is`: the same object, or the same kind of number with the same bits.
  bool is(const Value& other) const {
    return tag_ == other.tag_ && (tag_ == Tag::none || bits_ == other.bits_);
  }

 private:
  Value(Tag tag, std::int64_t bits) noexcept : tag_(tag), bits_(bits) {}
  void retain() const noexcept;
  void release() const noexcept;

  Tag tag_ = Tag::none;
  union {
    std::int64_t bits_ = 0;
    double floating_;
    Object* object_;
  };
};
static_assert(sizeof(Value) == 16);

/// How the value shows in a trace: its repr.
std::string trace_repr(const Value& value);

}  // namespace loopscope::scenarios
