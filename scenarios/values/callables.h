#pragma once

#include <unordered_map>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

/// One row of the registry: a name that programs may use, and what stands behind it.
struct BuiltinRow {
  std::string_view name;
  NativeFunction function;
  /// Positional arguments, without `self`; kAny for no upper bound.
  int least = 0, most = 0;
  bool keywords = false;  ///< takes keyword arguments, checked by the function
  /// Of functions that CPython writes in Python, so that errors read and keywords work as
  /// there: the names of positional parameters ("delay, result"), and for methods the
  /// class that has them.
  std::string_view parameters = {};
  std::string_view python_class = {};
};
inline constexpr int kAny = 1 << 30;

/// A function or method written in C++.
class Builtin final : public Object {
 public:
  static constexpr Kind kKind = Kind::builtin;
  /// `owner`: the type whose method it is, or null. `scope`: the module that has the function;
  /// empty for builtins and methods. Must outlive it.
  Builtin(Runtime& runtime, const BuiltinRow& row, Type* owner, std::string_view scope = {});

  const BuiltinRow& row() const { return row_; }
  Type* owner() const { return owner_; }
  /// "print", "list.append".
  std::string qualified_name() const;
  /// Puts keyword arguments in their positions, and raises the TypeError that CPython
  /// gives for a wrong number of arguments.
  void prepare(Runtime& runtime, Arguments& arguments) const;

  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;

 private:
  void check(Runtime& runtime, const Arguments& arguments) const;
  [[noreturn]] void missing_self(Runtime& runtime) const;

  /// "_asyncio.": what C writes before the name.
  std::string native_module() const;

  const BuiltinRow& row_;
  Type* owner_;
  std::string_view scope_;
};

/// Builtin::prepare for a row with `parameters` or `python_class`; `self`: how many of the
/// values stand before the parameters.
void prepare_as_python(Runtime& runtime, const BuiltinRow& row, std::size_t self, Arguments& arguments);

/// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
std::string enumerate_names(const std::vector<std::string>& names);

/// A method with its object: what `xs.append` is.
class BoundMethod final : public Object {
 public:
  static constexpr Kind kKind = Kind::bound_method;
  BoundMethod(Runtime& runtime, Value self, Value function);

  const Value self, function;

  std::string repr(Runtime& runtime) override;
  std::string brief(Runtime& runtime) override;
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
};

/// functools.partial.
class Partial final : public Object {
 public:
  static constexpr Kind kKind = Kind::partial;
  Partial(Runtime& runtime, Value function, Arguments arguments)
      : Object(Kind::partial, *runtime.types().partial),
        function(std::move(function)),
        arguments(std::move(arguments)) {
    holds(this->arguments.values.size() * sizeof(Value));
  }

  const Value function;
  const Arguments arguments;

  std::string repr(Runtime& runtime) override;
  std::string brief(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
};

/// A computed attribute of a built-in type.
class Property final : public Object {
 public:
  static constexpr Kind kKind = Kind::property;
  Property(Runtime& runtime, NativeFunction get)
      : Object(Kind::property, *runtime.types().property), get(get) {}
  const NativeFunction get;
};

/// asyncio, time, ...
class Module final : public Object {
 public:
  static constexpr Kind kKind = Kind::module;
  Module(Runtime& runtime, std::string name)
      : Object(Kind::module, *runtime.types().module), name(std::move(name)) {}

  const std::string name;
  std::map<std::string, Value, std::less<>> members;

  std::string repr(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view attribute) override;
  bool set_attribute(Runtime& runtime, std::string_view attribute, const Value& value) override;
};

/// True when calling the value could work.
bool is_callable(const Value& value);
/// A callback's name for traces and messages: its `__qualname__`, else its repr.
std::string callable_name(Runtime& runtime, const Value& callable);
/// "f()", "__main__.f()": as CPython names a callable in errors about * and **.
std::string called_name(Runtime& runtime, const Value& callable);

/// Keyword arguments with their names, in order.
using KeywordValues = std::vector<std::pair<std::string, Value>>;

/// Finds keyword arguments by name, quickly where there are many. Reads `keywords` as it stands
/// at each call; names are only ever added to it.
class KeywordIndex {
 public:
  explicit KeywordIndex(const KeywordValues& keywords) : keywords_(keywords) {}
  /// The position of `name`, or keywords.size().
  std::size_t find(const std::string& name);

 private:
  const KeywordValues& keywords_;
  std::unordered_map<std::string, std::size_t> known_;  // of the first so many keywords
};

/// `keywords` with those of `more` added, which replace the ones of the same name.
KeywordValues merge_keywords(Runtime& runtime, KeywordValues keywords, KeywordValues more);

/// "1, x=2".
std::string arguments_repr(Runtime& runtime, const Arguments& arguments, std::size_t from = 0);

}  // namespace loopscope::scenarios
