#include "scenarios/values/sequences.h"

#include <algorithm>

#include "scenarios/values/errors.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

std::string joined_reprs(Runtime& runtime, const std::vector<Value>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += ", ";
    runtime.budget().spend_step();
    text += repr(runtime, Value(items[i]));  // a copy: __repr__ may change the list
    runtime.check_room(text.size());
  }
  return text;
}

bool has_item(Runtime& runtime, const std::vector<Value>& items, const Value& item) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    runtime.spend_work();
    if (same_or_equal(runtime, Value(items[i]), item)) return true;
  }
  return false;
}

template <class Picked>
std::vector<Value> pick(Runtime& runtime, const std::vector<Value>& items, const Picked& range) {
  runtime.check_room(static_cast<std::uint64_t>(range.count) * sizeof(Value));
  std::vector<Value> picked;
  picked.reserve(static_cast<std::size_t>(range.count));
  for (std::int64_t i = 0; i < range.count; ++i)
    picked.push_back(items[static_cast<std::size_t>(range.start + i * range.step)]);
  return picked;
}

}  // namespace

List::List(Runtime& runtime, std::vector<Value> items)
    : Tracked(Kind::list, *runtime.types().list), items_(std::move(items)) {
  holds(items_.capacity() * sizeof(Value));
}

void List::reserve(std::size_t size) {
  if (size <= items_.capacity()) return;
  const std::size_t capacity = std::max(size, items_.capacity() * 3 / 2 + 4);
  holds(capacity * sizeof(Value));
  items_.reserve(capacity);
}

void List::swap(std::vector<Value>& other) {
  items_.swap(other);
  holds(items_.capacity() * sizeof(Value));
}

void List::reverse() {
  runtime().spend_bytes(items_.size() * sizeof(Value));
  std::reverse(items_.begin(), items_.end());
}

void List::append(Value value) {
  reserve(items_.size() + 1);
  items_.push_back(std::move(value));
}

void List::insert(std::int64_t at, Value value) {
  const auto size = static_cast<std::int64_t>(items_.size());
  if (at < 0) at = std::max<std::int64_t>(0, at + size);
  reserve(items_.size() + 1);
  runtime().spend_bytes(static_cast<std::uint64_t>(size - std::min(at, size)) * sizeof(Value));
  items_.insert(items_.begin() + std::min(at, size), std::move(value));
}

void List::replace(std::int64_t start, std::int64_t count, std::vector<Value> values) {
  reserve(items_.size() - static_cast<std::size_t>(count) + values.size());
  runtime().spend_bytes((items_.size() - static_cast<std::size_t>(start)) * sizeof(Value));
  const auto from = items_.begin() + start;
  // Freed at the end: what they free may come back to this list.
  const std::vector<Value> old(std::make_move_iterator(from), std::make_move_iterator(from + count));
  items_.erase(from, from + count);
  items_.insert(items_.begin() + start, std::make_move_iterator(values.begin()),
                std::make_move_iterator(values.end()));
}

std::string List::repr(Runtime& runtime) {
  if (!runtime.enter_repr(this)) return "[...]";
  struct Leave {
    Runtime& runtime;
    ~Leave() { runtime.leave_repr(); }
  } leave{runtime};
  return "[" + joined_reprs(runtime, items_) + "]";
}

bool List::equals(Runtime& runtime, const Value& other) {
  const List* list = other.get_if<List>();
  return list && equal_items(runtime, items_, list->items_);
}

std::uint64_t List::hash(Runtime& runtime) { type_error(runtime, "unhashable type: 'list'"); }

Value List::iterate(Runtime& runtime) { return make_index_iterator(runtime, "list_iterator", Value(this)); }

Value List::get_item(Runtime& runtime, const Value& key) {
  const auto size = static_cast<std::int64_t>(items_.size());
  if (Slice* slice = key.get_if<Slice>())
    return make_list(runtime, pick(runtime, items_, slice->indices(runtime, size)));
  return items_[static_cast<std::size_t>(checked_index(runtime, key, size, "list"))];
}

void List::set_item(Runtime& runtime, const Value& key, const Value& value) {
  Slice* slice = key.get_if<Slice>();
  if (!slice) {
    const auto size = static_cast<std::int64_t>(items_.size());
    items_[static_cast<std::size_t>(checked_index(runtime, key, size, "list", "assignment "))] = value;
    return;
  }
  if (!is_iterable(runtime, value)) type_error(runtime, "can only assign an iterable");
  std::vector<Value> values = collect(runtime, value);
  const auto range = slice->indices(runtime, static_cast<std::int64_t>(items_.size()));
  if (range.step == 1) return replace(range.start, range.count, std::move(values));
  if (static_cast<std::int64_t>(values.size()) != range.count)
    value_error(runtime, "attempt to assign sequence of size " + std::to_string(values.size()) +
                             " to extended slice of size " + std::to_string(range.count));
  for (std::int64_t i = 0; i < range.count; ++i)
    std::swap(items_[static_cast<std::size_t>(range.start + i * range.step)],
              values[static_cast<std::size_t>(i)]);
}

void List::delete_item(Runtime& runtime, const Value& key) {
  const auto size = static_cast<std::int64_t>(items_.size());
  Slice* slice = key.get_if<Slice>();
  if (!slice) return replace(checked_index(runtime, key, size, "list", "deletion "), 1, {});
  auto range = slice->indices(runtime, size);
  if (range.count == 0) return;
  if (range.step < 0) range = {range.start + (range.count - 1) * range.step, 0, -range.step, range.count};
  if (range.step == 1) return replace(range.start, range.count, {});
  std::vector<Value> kept;
  const std::vector<Value> old = std::move(items_);
  items_.clear();
  for (std::int64_t i = 0; i < size; ++i) {
    const std::int64_t offset = i - range.start;
    const bool picked = offset >= 0 && offset % range.step == 0 && offset / range.step < range.count;
    if (!picked) kept.push_back(old[static_cast<std::size_t>(i)]);
  }
  items_ = std::move(kept);
  holds(items_.capacity() * sizeof(Value));
}

std::optional<bool> List::contains(Runtime& runtime, const Value& item) {
  return has_item(runtime, items_, item);
}

void List::clear_references() {
  const auto old = std::exchange(items_, {});
  holds(0);
}

Tuple::Tuple(Runtime& runtime, std::vector<Value> items)
    : Object(Kind::tuple, *runtime.types().tuple), items_(std::move(items)) {
  holds(items_.capacity() * sizeof(Value));
}

std::string Tuple::repr(Runtime& runtime) {
  if (!runtime.enter_repr(this)) return "(...)";
  struct Leave {
    Runtime& runtime;
    ~Leave() { runtime.leave_repr(); }
  } leave{runtime};
  return "(" + joined_reprs(runtime, items_) + (items_.size() == 1 ? ",)" : ")");
}

bool Tuple::equals(Runtime& runtime, const Value& other) {
  const Tuple* tuple = other.get_if<Tuple>();
  return tuple && equal_items(runtime, items_, tuple->items_);
}

std::uint64_t Tuple::hash(Runtime& runtime) {
  const Runtime::Nested nested(runtime);
  std::uint64_t hash = 0x345678;
  for (const Value& item : items_) hash = (hash ^ scenarios::hash(runtime, item)) * 0x9E3779B97F4A7C15ULL;
  return hash;
}

Value Tuple::iterate(Runtime& runtime) { return make_index_iterator(runtime, "tuple_iterator", Value(this)); }

Value Tuple::get_item(Runtime& runtime, const Value& key) {
  const auto size = static_cast<std::int64_t>(items_.size());
  if (Slice* slice = key.get_if<Slice>())
    return new_tuple(runtime, pick(runtime, items_, slice->indices(runtime, size)));
  return items_[static_cast<std::size_t>(checked_index(runtime, key, size, "tuple"))];
}

std::optional<bool> Tuple::contains(Runtime& runtime, const Value& item) {
  return has_item(runtime, items_, item);
}

Ref<List> make_list(Runtime& runtime, std::vector<Value> items) {
  return runtime.make<List>(runtime, std::move(items));
}

Ref<Tuple> new_tuple(Runtime& runtime, std::vector<Value> items) {
  return runtime.make<Tuple>(runtime, std::move(items));
}

std::vector<Value> collect(Runtime& runtime, const Value& iterable) {
  if (const List* list = iterable.get_if<List>()) return list->items();
  if (const Tuple* tuple = iterable.get_if<Tuple>()) return tuple->items();
  std::vector<Value> items;
  for_each(runtime, iterable, [&](Value item) {
    if (items.size() == items.capacity()) runtime.check_room((items.size() * 2 + 4) * sizeof(Value));
    items.push_back(std::move(item));
    return true;
  });
  return items;
}

bool equal_items(Runtime& runtime, const std::vector<Value>& a, const std::vector<Value>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    runtime.spend_work();
    if (!same_or_equal(runtime, Value(a[i]), Value(b[i]))) return false;
  }
  return a.size() == b.size();
}

std::int64_t checked_index(Runtime& runtime, const Value& key, std::int64_t size, std::string_view what,
                           std::string_view doing) {
  if (!key.is_integral()) {
    const std::string name = type_name(runtime, key);
    if (what == "string") type_error(runtime, "string indices must be integers, not '" + name + "'");
    type_error(runtime, std::string(what) + " indices must be integers or slices, not " + name);
  }
  const std::int64_t index = key.as_int() < 0 ? key.as_int() + size : key.as_int();
  if (index >= 0 && index < size) return index;
  if (what == "byte") index_error(runtime, "index out of range");
  if (what == "range") index_error(runtime, "range object index out of range");
  // CPython speaks of deletion as of assignment.
  index_error(runtime, std::string(what) + (doing.empty() ? "" : " assignment") + " index out of range");
}

}  // namespace loopscope::scenarios
