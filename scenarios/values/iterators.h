#pragma once

#include <functional>

#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

/// Anything with __next__.
class Iterator : public Tracked {
 public:
  static constexpr Kind kKind = Kind::iterator;
  /// Puts the next item into `item`; false at the end, and for ever after.
  virtual bool next(Runtime& runtime, Value& item) = 0;
  /// The value that the end came with, once.
  virtual Value take_result() { return {}; }
  Value iterate(Runtime&) override { return Value(this); }

 protected:
  explicit Iterator(Type& type) : Tracked(Kind::iterator, type) {}
};

/// An iterator whose step is a function: `next` returns `missing` at the end.
Value make_iterator(Runtime& runtime, std::string_view type, std::function<Value(Runtime&)> next);
/// The type of the generators that CPython's library makes: what a program's generators have would not
/// fit them.
inline constexpr std::string_view kLibraryGenerator = "generator of the library";
/// The same as such a generator, of `function`: "as_completed".
Value make_generator(Runtime& runtime, std::string function, std::function<Value(Runtime&)> next);
/// Ends one: nothing more comes from it.
void close_generator(const Value& generator);
/// Over a list, tuple or bytes, which may change meanwhile; `reversed`: from the end.
Value make_index_iterator(Runtime& runtime, std::string_view type, Value sequence, bool reversed = false);
Value make_str_iterator(Runtime& runtime, Ref<Str> str);
Value make_range_iterator(Runtime& runtime, Ref<Range> range);

bool is_iterable(Runtime& runtime, const Value& value);
/// iter(value); TypeError "'int' object is not iterable".
Value iterate(Runtime& runtime, const Value& value);
/// next(); false at the end. `iterator` must be one. `result`, when not null, is what the
/// end says: the value of a generator's return, or of StopIteration.
bool next(Runtime& runtime, const Value& iterator, Value& item, Value* result = nullptr);
/// Whether it has __next__.
bool is_iterator(Runtime& runtime, const Value& value);
/// Calls `visit` with every item until it returns false.
template <class Visit>
void for_each(Runtime& runtime, const Value& iterable, Visit visit) {
  const Value iterator = iterate(runtime, iterable);
  for (Value item; next(runtime, iterator, item);) {
    runtime.spend_work();
    if (!visit(std::move(item))) return;
  }
}

}  // namespace loopscope::scenarios
