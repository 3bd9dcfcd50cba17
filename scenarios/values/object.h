#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/values/value.h"

namespace loopscope::scenarios {

class Type;
namespace ast {
enum class CompareOp : std::uint8_t;
}
using ast::CompareOp;

/// What an object is, for fast casts. Types made by programs keep their base's kind.
enum class Kind : std::uint8_t {
  plain,
  str,
  bytes,
  list,
  tuple,
  dict,
  set,
  dict_view,
  range,
  slice,
  type,
  function,
  builtin,
  bound_method,
  partial,
  property,
  module,
  exception,
  coroutine,
  async_generator,
  iterator,
  instance,
  super,
  traceback,
  cell,
  future,
  handle,
  loop,
  thread,
  thread_lock,
  thread_event,
  thread_queue,
  concurrent_future,
  executor,
  lock,
  semaphore,
  event,
  condition,
  barrier,
  queue,
  timeout,
  task_group,
  runner,
};

/// Anything of a program that is not None, a bool, an int or a float. Counted
/// references; freed at once when the last goes, as in CPython. Belongs to the thread
/// that holds the baton.
///
/// The virtual functions are Python's protocols; each default is what CPython does for
/// an object without the special method.
class Object {
 public:
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  void retain() const noexcept { ++count_; }
  void release() const noexcept {
    if (--count_ == 0) const_cast<Object*>(this)->destroy();
  }

  /// More than one reference exists.
  bool is_shared() const { return count_ > 1; }

  Kind kind() const { return kind_; }
  Type& type() const { return *type_; }
  Runtime& runtime() const;
  /// id(): a number in order of first asking.
  std::int64_t id();

  virtual std::string repr(Runtime& runtime);
  virtual std::string str(Runtime& runtime) { return repr(runtime); }
  /// A short text for traces and messages that never walks other objects.
  virtual std::string brief(Runtime& runtime) { return repr(runtime); }
  virtual bool truthy(Runtime& runtime);
  virtual bool equals(Runtime& runtime, const Value& other);
  virtual std::uint64_t hash(Runtime& runtime);
  /// <, <=, > and >=; none: not between these two.
  virtual std::optional<bool> compares(Runtime&, CompareOp, const Value&) { return std::nullopt; }
  /// len(); none: no length.
  virtual std::optional<std::int64_t> length(Runtime&) { return std::nullopt; }
  /// An iterator over the object; None: not iterable.
  virtual Value iterate(Runtime&) { return {}; }
  virtual Value get_item(Runtime& runtime, const Value& key);
  virtual void set_item(Runtime& runtime, const Value& key, const Value& value);
  virtual void delete_item(Runtime& runtime, const Value& key);
  /// `in`; none: goes through iterate().
  virtual std::optional<bool> contains(Runtime&, const Value&) { return std::nullopt; }
  /// An attribute of the object itself, before its type is asked; `missing` when none.
  virtual Value own_attribute(Runtime&, std::string_view) { return Value::missing(); }
  /// False: the object has no such attribute that could be set.
  virtual bool set_attribute(Runtime&, std::string_view, const Value&) { return false; }
  virtual bool delete_attribute(Runtime&, std::string_view) { return false; }

  /// Drops references to other objects: breaks cycles at the program's end.
  virtual void clear_references() {}

  /// Runs once, when the last reference has gone, for objects that asked for it: may run
  /// program code and keep the object alive. Never throws.
  virtual void finalize() {}

 protected:
  Object(Kind kind, Type& type) : kind_(kind), type_(&type) {}
  virtual ~Object();

  /// Says that the object holds `bytes` beside itself, for the memory limit. Before it
  /// grows: RunEnded comes before the memory is taken.
  void holds(std::size_t bytes);
  /// Asks for finalize(), or takes that back.
  void wants_finalize(bool wants) { wants_finalize_ = wants; }

 public:
  /// finalize(), if it is asked for and was not called yet.
  void finalize_once() {
    if (std::exchange(wants_finalize_, false)) finalize();
  }

 private:
  friend class Runtime;
  friend class Type;
  void destroy();

  mutable std::uint32_t count_ = 0;
  Kind kind_;
  bool wants_finalize_ = false;
  Type* type_;
  std::uint64_t own_bytes_ = 0, held_bytes_ = 0;
  std::int64_t id_ = 0;
};

/// An object through which references can form a cycle. The runtime knows all of them
/// and clears them at the end.
class Tracked : public Object {
 protected:
  Tracked(Kind kind, Type& type);
  ~Tracked() override;

 private:
  friend class Runtime;
  Tracked* previous_ = nullptr;
  Tracked* next_ = nullptr;
};

template <class T>
T* Value::get_if() const {
  return tag_ == Tag::object && object_->kind() == T::kKind ? static_cast<T*>(object_) : nullptr;
}

// With the tag `object` there is one: said for the optimizer's warnings.
inline void Value::retain() const noexcept {
  if (!object_) __builtin_unreachable();
  object_->retain();
}
inline void Value::release() const noexcept {
  if (!object_) __builtin_unreachable();
  object_->release();
}

}  // namespace loopscope::scenarios
