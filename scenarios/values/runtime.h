#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/budget.h"
#include "scenarios/values/type.h"

namespace loopscope::scenarios {

class Str;

/// The built-in types that C++ code names.
struct Types {
  Type *object = nullptr, *type = nullptr, *none = nullptr, *boolean = nullptr, *integer = nullptr,
       *floating = nullptr, *str = nullptr, *bytes = nullptr, *list = nullptr, *tuple = nullptr,
       *dict = nullptr, *set = nullptr, *range = nullptr, *slice = nullptr, *function = nullptr,
       *builtin = nullptr, *method = nullptr, *partial = nullptr, *module = nullptr, *coroutine = nullptr,
       *cell = nullptr, *property = nullptr, *base_exception = nullptr, *generator = nullptr,
       *async_generator = nullptr, *traceback = nullptr, *super = nullptr;
};

/// What values need around them: their types, the memory account, the depth of native
/// recursion, and the way to call back into the program. One per run.
class Runtime {
 public:
  /// Nested calls before RecursionError, as sys.getrecursionlimit().
  static constexpr int kRecursionLimit = 1000;

  explicit Runtime(Budget& budget);
  virtual ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  Budget& budget() { return budget_; }
  const Types& types() const { return types_; }
  /// The built-in type called `name` (iterators, views, exceptions, futures ...); made on
  /// first use. `module` counts only then.
  Type& type_named(std::string_view name, std::string_view module = "");
  /// A type that must not exist yet.
  Type& add_type(std::string module, std::string name, Type* base);
  /// The type called `name` with `base`, made when it does not exist yet. `key` is what
  /// type_named() knows it by, where a name is used twice (asyncio.Lock, threading.Lock).
  Type& install_type(std::string_view module, std::string_view name, Type& base, std::string_view key);
  /// A class that the program defines. It lives as long as the runtime: in CPython, too, a
  /// class is part of a cycle.
  Type& make_class(std::string name, std::string qualified_name, Type& base);
  /// The exception type called `name`; it must exist.
  Type& exception_type(std::string_view name);
  Type& type_of(const Value& value) const;

  /// Calls anything callable.
  virtual Value call(const Value& callable, Arguments arguments) = 0;
  /// Calls a built-in's C++ side.
  virtual Value call_native(NativeFunction function, Arguments& arguments) = 0;
  Value call(const Value& callable, std::initializer_list<Value> values) {
    return call(callable, Arguments{values, {}});
  }

  /// Counts `bytes` (negative: freed) against the memory limit.
  void account(std::int64_t bytes) { budget_.use_memory(bytes); }
  /// Throws RunEnded when `bytes` more would pass the memory limit; takes nothing.
  void check_room(std::uint64_t bytes);
  /// One unit of work inside a built-in that loops: every few count as one statement.
  void spend_work() {
    if (++work_ % kWorkPerStep == 0) budget_.spend_step();
  }
  /// Copying or comparing `bytes`: every few hundred count as one statement.
  void spend_bytes(std::uint64_t bytes) {
    for (std::uint64_t steps = bytes / kBytesPerStep; steps > 0; --steps) budget_.spend_step();
  }

  /// A new object, counted with its own size.
  template <class T, class... Args>
  Ref<T> make(Args&&... args) {
    account(sizeof(T));
    Ref<T> object(new T(std::forward<Args>(args)...));
    object->own_bytes_ = sizeof(T);
    return object;
  }

  std::int64_t next_id() { return next_id_ += 16; }

  /// Depth of native recursion: calls, and built-ins that walk nested values.
  class Nested {
   public:
    /// `doing` ends the RecursionError's text: " in comparison".
    explicit Nested(Runtime& runtime, std::string_view doing = "") : runtime_(runtime) {
      const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
      if (++runtime_.thread_.depth > kRecursionLimit || here < runtime_.thread_.stack_end) too_deep(doing);
    }
    ~Nested() { --runtime_.thread_.depth; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    [[noreturn]] void too_deep(std::string_view doing);
    Runtime& runtime_;
  };
  int depth() const { return thread_.depth; }
  /// RecursionError comes before the native stack grows down to `end`, too. 0: no such bound.
  void set_stack_end(std::uintptr_t end) { thread_.stack_end = end; }

  /// What the runtime keeps for each thread of the program.
  struct ThreadState {
    std::vector<const Object*> repr_stack;
    std::deque<Object*> dying;  ///< freed in turn, so that long chains need no stack
    int destroy_depth = 0;
    int depth = 0;
    std::uintptr_t stack_end = 0;
  };
  /// Keeps the present thread's in `left` and goes on with `entered`.
  void switch_thread_state(ThreadState& left, ThreadState& entered) {
    left = std::exchange(thread_, std::exchange(entered, {}));
  }

  /// True while reprs of containers that are being shown hold `object` already.
  bool enter_repr(const Object* object);
  void leave_repr() { thread_.repr_stack.pop_back(); }

  /// Interned text: literals and names share one object.
  Value intern(std::string_view text);

  /// Calls `visit` for each object that can form cycles, in order of creation, also for those
  /// that come meanwhile; one that is gone before its turn is left out.
  template <class Visit>
  void visit_tracked(Visit visit) {
    for (Ref<Tracked> at = oldest_tracked(); at; at = next_tracked(*at)) visit(*at);
  }

  /// True once the program is over and only memory is given back: no program code runs.
  bool closing() const { return closing_; }

 protected:
  /// Breaks every cycle. Derived classes call it first in their destructors.
  void clear_all_references();

 private:
  friend class Object;
  friend class Tracked;
  static constexpr unsigned kWorkPerStep = 4;
  static constexpr std::uint64_t kBytesPerStep = 512;

  Ref<Tracked> oldest_tracked() const;
  static Ref<Tracked> next_tracked(const Tracked& object);
  void make_types();
  void free_later(Object* object) { thread_.dying.push_back(object); }

  Budget& budget_;
  Types types_;
  std::map<std::string, Ref<Type>, std::less<>> named_types_;
  std::vector<Ref<Type>> classes_;
  Tracked* tracked_ = nullptr;
  std::map<std::string, Value, std::less<>> interned_;
  ThreadState thread_;  // of the thread that runs
  unsigned work_ = 0;
  std::int64_t next_id_ = 0x7f0000000000;
  bool closing_ = false;
};

/// Memory beside the program's values that the program makes the core take, for the limit.
class MemoryCharge {
 public:
  MemoryCharge(Runtime& runtime, std::int64_t bytes) : runtime_(runtime), bytes_(bytes) {
    runtime.account(bytes);
  }
  ~MemoryCharge() { runtime_.account(-bytes_); }
  MemoryCharge(const MemoryCharge&) = delete;
  MemoryCharge& operator=(const MemoryCharge&) = delete;

 private:
  Runtime& runtime_;
  std::int64_t bytes_;
};

}  // namespace loopscope::scenarios
