#include "scenarios/values/iterators.h"

#include "scenarios/values/errors.h"
#include "scenarios/values/instance.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

class IndexIterator final : public Iterator {
 public:
  IndexIterator(Type& type, Value sequence, std::int64_t at, std::int64_t by)
      : Iterator(type), sequence_(std::move(sequence)), at_(at), by_(by) {}

  bool next(Runtime& runtime, Value& item) override {
    if (sequence_.is_none()) return false;
    const std::int64_t size = *sequence_.object()->length(runtime);
    if (at_ < 0 || at_ >= size) {
      sequence_ = Value();
      return false;
    }
    item = take(runtime);
    at_ += by_;
    return true;
  }

 private:
  Value take(Runtime& runtime) {
    const auto index = static_cast<std::size_t>(at_);
    if (List* list = sequence_.get_if<List>()) return list->items()[index];
    if (Tuple* tuple = sequence_.get_if<Tuple>()) return tuple->items()[index];
    return sequence_.object()->get_item(runtime, Value::integer(at_));
  }

  Value sequence_;
  std::int64_t at_, by_;
};

class StrIterator final : public Iterator {
 public:
  StrIterator(Type& type, Ref<Str> str) : Iterator(type), str_(std::move(str)) {}
  bool next(Runtime& runtime, Value& item) override {
    const std::string& text = str_->text();
    if (at_ >= text.size()) return false;
    const std::size_t width = utf8::width(text, at_);
    item = make_str(runtime, text.substr(at_, width));
    at_ += width;
    return true;
  }

 private:
  Ref<Str> str_;
  std::size_t at_ = 0;
};

class RangeIterator final : public Iterator {
 public:
  RangeIterator(Type& type, Ref<Range> range) : Iterator(type), range_(std::move(range)) {}
  bool next(Runtime&, Value& item) override {
    if (at_ >= range_->count()) return false;
    item = Value::integer(range_->at(at_++));
    return true;
  }

 private:
  Ref<Range> range_;
  std::int64_t at_ = 0;
};

class FunctionIterator : public Iterator {
 public:
  FunctionIterator(Type& type, std::function<Value(Runtime&)> step)
      : Iterator(type), step_(std::move(step)) {}
  bool next(Runtime& runtime, Value& item) override {
    if (!step_) return false;
    Value value = step_(runtime);
    if (value.is_missing()) {
      step_ = nullptr;
      return false;
    }
    item = std::move(value);
    return true;
  }
  void close() { const auto gone = std::exchange(step_, nullptr); }

 private:
  std::function<Value(Runtime&)> step_;
};

}  // namespace

namespace {

/// A generator that CPython's library has: its repr names the function.
class FunctionGenerator final : public FunctionIterator {
 public:
  FunctionGenerator(Type& type, std::string function, std::function<Value(Runtime&)> step)
      : FunctionIterator(type, std::move(step)), function_(std::move(function)) {}
  std::string repr(Runtime&) override {
    return "<generator object " + function_ + " at " + address(*this) + ">";
  }

 private:
  const std::string function_;
};

}  // namespace

Value make_generator(Runtime& runtime, std::string function, std::function<Value(Runtime&)> step) {
  return runtime.make<FunctionGenerator>(runtime.type_named(kLibraryGenerator), std::move(function),
                                         std::move(step));
}

void close_generator(const Value& generator) { static_cast<FunctionGenerator*>(generator.object())->close(); }

Value make_iterator(Runtime& runtime, std::string_view type, std::function<Value(Runtime&)> step) {
  return runtime.make<FunctionIterator>(runtime.type_named(type), std::move(step));
}

Value make_index_iterator(Runtime& runtime, std::string_view type, Value sequence, bool reversed) {
  const std::int64_t last = *sequence.object()->length(runtime) - 1;
  return runtime.make<IndexIterator>(runtime.type_named(type), std::move(sequence), reversed ? last : 0,
                                     reversed ? -1 : 1);
}

Value make_str_iterator(Runtime& runtime, Ref<Str> str) {
  return runtime.make<StrIterator>(runtime.type_named(str->ascii() ? "str_ascii_iterator" : "str_iterator"),
                                   str);
}

Value make_range_iterator(Runtime& runtime, Ref<Range> range) {
  return runtime.make<RangeIterator>(runtime.type_named("range_iterator"), std::move(range));
}

bool is_iterable(Runtime& runtime, const Value& value) {
  if (value.get_if<Instance>()) return !program_method(runtime, value, "__iter__").is_missing();
  return value.is_object() && !value.object()->iterate(runtime).is_none();
}

Value iterate(Runtime& runtime, const Value& value) {
  Value iterator = value.is_object() ? value.object()->iterate(runtime) : Value();
  if (iterator.is_none()) type_error(runtime, "'" + type_name(runtime, value) + "' object is not iterable");
  return iterator;
}

bool next(Runtime& runtime, const Value& iterator, Value& item, Value* result) {
  if (Iterator* native = iterator.get_if<Iterator>()) {
    if (native->next(runtime, item)) return true;
    Value end = native->take_result();
    if (result) *result = std::move(end);
    return false;
  }
  try {
    item = runtime.call(program_method(runtime, iterator, "__next__"), {iterator});
    return true;
  } catch (const PyError& error) {
    if (!error.exception()->type().is_subtype_of(runtime.exception_type("StopIteration"))) throw;
    if (result) *result = error.exception()->own_attribute(runtime, "value");
    return false;
  }
}

bool is_iterator(Runtime& runtime, const Value& value) {
  return value.get_if<Iterator>() || !program_method(runtime, value, "__next__").is_missing();
}

}  // namespace loopscope::scenarios
