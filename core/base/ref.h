#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

namespace loopscope {

/// Base of objects with shared owners on one thread of control (the baton's holder).
class RefCounted {
 public:
  RefCounted() = default;
  RefCounted(const RefCounted&) = delete;
  RefCounted& operator=(const RefCounted&) = delete;
  virtual ~RefCounted() = default;

  void retain() const { ++count_; }
  void release() const {
    if (--count_ == 0) const_cast<RefCounted*>(this)->last_reference_gone();
  }
  std::uint32_t use_count() const { return count_; }

 protected:
  /// Destroys the object. An override may hand out new references first (dies_after),
  /// and destroys nothing while one is left.
  virtual void last_reference_gone() { delete this; }
  /// Holds the object while it speaks in last_reference_gone; false when it lives on after it.
  template <class Speak>
  bool dies_after(Speak speak) {
    ++count_;
    speak();
    return --count_ == 0;
  }

 private:
  mutable std::uint32_t count_ = 0;
};

namespace detail {

// By RefCounted's own name: a Lock has a release() of another meaning.
template <class T>
void retain(const T& object) {
  if constexpr (std::is_base_of_v<RefCounted, T>)
    object.RefCounted::retain();
  else
    object.retain();
}
template <class T>
void release(const T& object) {
  if constexpr (std::is_base_of_v<RefCounted, T>)
    object.RefCounted::release();
  else
    object.release();
}

}  // namespace detail

/// A counted reference; null when empty.
template <class T>
class Ref {
 public:
  Ref() = default;
  Ref(std::nullptr_t) {}
  explicit Ref(T* object) : object_(object) {
    if (object_) detail::retain(*object_);
  }
  Ref(const Ref& other) : Ref(other.object_) {}
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  template <class U>
  requires std::is_convertible_v<U*, T*> Ref(const Ref<U>& other) : Ref(static_cast<T*>(other.get())) {}
  ~Ref() {
    if (object_) detail::release(*object_);
  }

  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }

  T* get() const { return object_; }
  T& operator*() const { return *object_; }
  T* operator->() const { return object_; }
  explicit operator bool() const { return object_ != nullptr; }
  friend bool operator==(const Ref& a, const Ref& b) { return a.object_ == b.object_; }

 private:
  T* object_ = nullptr;
};

template <class T, class... Args>
Ref<T> make_ref(Args&&... args) {
  return Ref<T>(new T(std::forward<Args>(args)...));
}

}  // namespace loopscope
