#pragma once

#include <functional>

#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

/// Anything with __next__.
class Iterator : public Object {
 public:
  static constexpr Kind kKind = Kind::iterator;
  /// Puts the next item into `item`; false at the end, and for ever after.
  virtual bool next(Runtime& runtime, Value& item) = 0;
  Value iterate(Runtime&) override { return Value(this); }

 protected:
  explicit Iterator(Type& type) : Object(Kind::iterator, type) {}
};

/// An iterator whose step is a function: `next` returns `missing` at the end.
Value make_iterator(Runtime& runtime, std::string_view type, std::function<Value(Runtime&)> next);
/// Over a list, tuple or bytes, which may change meanwhile; `reversed`: from the end.
Value make_index_iterator(Runtime& runtime, std::string_view type, Value sequence, bool reversed = false);
Value make_str_iterator(Runtime& runtime, Ref<Str> str);
Value make_range_iterator(Runtime& runtime, Ref<Range> range);

bool is_iterable(Runtime& runtime, const Value& value);
/// iter(value); TypeError "'int' object is not iterable".
Value iterate(Runtime& runtime, const Value& value);
/// next(); false at the end. `iterator` must be one.
bool next(Runtime& runtime, const Value& iterator, Value& item);
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
