#pragma once

#include <concepts>
#include <cstddef>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "core/base/repr.h"

namespace loopscope {

class AnyValue;

/// How a type shows itself in a trace: overload `std::string trace_repr(const T&)`
/// beside the type, found by argument-dependent lookup.
template <std::same_as<bool> Bool>
std::string trace_repr(Bool value) {
  return value ? "True" : "False";
}
template <std::integral Integer>
requires(!std::same_as<Integer, bool>) std::string trace_repr(Integer value) { return std::to_string(value); }
template <std::floating_point Number>
std::string trace_repr(Number value) {
  return repr_of_number(static_cast<double>(value));
}
inline std::string trace_repr(const std::string& value) { return repr_of_text(value); }
inline std::string trace_repr(const char* value) { return repr_of_text(value); }
std::string trace_repr(const std::exception_ptr& error);
std::string trace_repr(const std::vector<AnyValue>& list);  ///< "[1, 'a']"

/// A copyable value of any type, or Python's None when empty. What a future carries:
/// the core never looks inside. Values up to 24 bytes that cannot throw when moved
/// are kept inline.
class AnyValue {
 public:
  AnyValue() = default;
  template <class T>
  requires(!std::is_same_v<std::decay_t<T>, AnyValue>) AnyValue(T&& value) {
    static_assert(
        std::is_copy_constructible_v<std::decay_t<T>>,
        "a future gives its value to all who await it: it must be copyable; hold it by std::shared_ptr");
    emplace<std::decay_t<T>>(std::forward<T>(value));
  }
  AnyValue(const AnyValue& other) {
    if (other.ops_) other.ops_->copy(other, *this);
  }
  AnyValue(AnyValue&& other) noexcept { take(other); }
  AnyValue& operator=(AnyValue other) noexcept {
    reset();
    take(other);
    return *this;
  }
  ~AnyValue() { reset(); }

  bool empty() const { return ops_ == nullptr; }

  /// The value if it is exactly a T, else null.
  template <class T>
  const T* get_if() const {
    return ops_ && *ops_->type == typeid(T) ? &at<T>(*this) : nullptr;
  }

  /// The value, which must be exactly a T: TypeError otherwise.
  template <class T>
  const T& as() const& {
    if (const T* value = get_if<T>()) return *value;
    refuse(typeid(T));
  }
  template <class T>
  T as() && {
    if (!get_if<T>()) refuse(typeid(T));
    return std::move(at<T>(*this));
  }

  /// Python's repr of the value; "None" when empty, "?" for types without trace_repr.
  std::string repr() const { return ops_ ? ops_->repr(*this) : "None"; }

 private:
  static constexpr std::size_t kInline = 24;
  struct Ops {
    const std::type_info* type;
    void (*copy)(const AnyValue& from, AnyValue& to);
    void (*move)(AnyValue& from, AnyValue& to);
    void (*destroy)(AnyValue&);
    std::string (*repr)(const AnyValue&);
  };
  template <class T>
  static constexpr bool fits =
      sizeof(T) <= kInline &&
      alignof(T) <= alignof(std::max_align_t) && std::is_nothrow_move_constructible_v<T>;
  template <class T>
  static T& at(const AnyValue& v) {
    void* place = const_cast<std::byte*>(v.storage_);
    if constexpr (fits<T>)
      return *std::launder(static_cast<T*>(place));
    else
      return **std::launder(static_cast<T**>(place));
  }
  template <class T, class... Args>
  void emplace(Args&&... args) {
    if constexpr (fits<T>)
      ::new (storage_) T(std::forward<Args>(args)...);
    else
      ::new (storage_) T*(new T(std::forward<Args>(args)...));
    ops_ = &ops_for<T>;
  }
  template <class T>
  static void copy_as(const AnyValue& from, AnyValue& to) {
    to.emplace<T>(static_cast<const T&>(at<T>(from)));
  }
  template <class T>
  static void move_as(AnyValue& from, AnyValue& to) {
    if constexpr (fits<T>) {
      to.emplace<T>(std::move(at<T>(from)));
      at<T>(from).~T();
    } else {
      ::new (to.storage_) T*(&at<T>(from));
      to.ops_ = from.ops_;
    }
  }
  template <class T>
  static void destroy_as(AnyValue& v) {
    if constexpr (fits<T>)
      at<T>(v).~T();
    else
      delete &at<T>(v);
  }
  template <class T>
  static std::string show_as(const AnyValue& v) {
    if constexpr (requires(const T& t) {
                    { trace_repr(t) } -> std::convertible_to<std::string>;
                  })
      return trace_repr(static_cast<const T&>(at<T>(v)));
    else
      return "?";
  }
  template <class T>
  static constexpr Ops ops_for = {&typeid(T), &copy_as<T>, &move_as<T>, &destroy_as<T>, &show_as<T>};

  [[noreturn]] void refuse(const std::type_info& wanted) const;

  void take(AnyValue& other) noexcept {
    if (!other.ops_) return;
    other.ops_->move(other, *this);
    other.ops_ = nullptr;
  }
  void reset() noexcept {
    if (const Ops* ops = std::exchange(ops_, nullptr)) ops->destroy(*this);
  }

  const Ops* ops_ = nullptr;
  alignas(std::max_align_t) std::byte storage_[kInline];
};

}  // namespace loopscope
