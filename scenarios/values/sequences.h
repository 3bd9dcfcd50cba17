#pragma once

#include <vector>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

class List final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::list;
  List(Runtime& runtime, std::vector<Value> items);

  const std::vector<Value>& items() const { return items_; }
  /// Exchanges all items with `other`'s.
  void swap(std::vector<Value>& other);
  void reverse();
  void append(Value value);
  void insert(std::int64_t at, Value value);  ///< `at` as list.insert takes it
  void replace(std::int64_t start, std::int64_t count, std::vector<Value> values);

  std::string repr(Runtime& runtime) override;
  bool truthy(Runtime&) override { return !items_.empty(); }
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  std::optional<std::int64_t> length(Runtime&) override { return static_cast<std::int64_t>(items_.size()); }
  Value iterate(Runtime& runtime) override;
  Value get_item(Runtime& runtime, const Value& key) override;
  void set_item(Runtime& runtime, const Value& key, const Value& value) override;
  void delete_item(Runtime& runtime, const Value& key) override;
  std::optional<bool> contains(Runtime& runtime, const Value& item) override;
  void clear_references() override;

 private:
  void reserve(std::size_t size);
  std::vector<Value> items_;
};

class Tuple final : public Object {
 public:
  static constexpr Kind kKind = Kind::tuple;
  Tuple(Runtime& runtime, std::vector<Value> items);

  const std::vector<Value>& items() const { return items_; }

  std::string repr(Runtime& runtime) override;
  bool truthy(Runtime&) override { return !items_.empty(); }
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  std::optional<std::int64_t> length(Runtime&) override { return static_cast<std::int64_t>(items_.size()); }
  Value iterate(Runtime& runtime) override;
  Value get_item(Runtime& runtime, const Value& key) override;
  std::optional<bool> contains(Runtime& runtime, const Value& item) override;

 private:
  std::vector<Value> items_;
};

/// start:stop:step inside a subscript.
class Slice final : public Object {
 public:
  static constexpr Kind kKind = Kind::slice;
  Slice(Runtime& runtime, Value start, Value stop, Value step)
      : Object(Kind::slice, *runtime.types().slice),
        start(std::move(start)),
        stop(std::move(stop)),
        step(std::move(step)) {}

  std::uint64_t hash(Runtime& runtime) override;

  struct Indices {
    std::int64_t start, stop, step, count;
  };
  /// What the slice picks from a sequence of `length` items.
  Indices indices(Runtime& runtime, std::int64_t length) const;

  const Value start, stop, step;
  std::string repr(Runtime& runtime) override;
};

class Range final : public Object {
 public:
  static constexpr Kind kKind = Kind::range;
  /// `step` must not be 0.
  Range(Runtime& runtime, std::int64_t start, std::int64_t stop, std::int64_t step);

  const std::int64_t start, stop, step;
  std::int64_t count() const { return count_; }
  std::int64_t at(std::int64_t index) const {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(start) +
                                     static_cast<std::uint64_t>(index) * static_cast<std::uint64_t>(step));
  }

  std::string repr(Runtime& runtime) override;
  bool truthy(Runtime&) override { return count_ > 0; }
  bool equals(Runtime&, const Value& other) override;
  std::uint64_t hash(Runtime&) override;
  std::optional<std::int64_t> length(Runtime& runtime) override;
  Value iterate(Runtime& runtime) override;
  Value get_item(Runtime& runtime, const Value& key) override;
  std::optional<bool> contains(Runtime& runtime, const Value& item) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;

 private:
  std::int64_t count_;
};

Ref<List> make_list(Runtime& runtime, std::vector<Value> items = {});
Ref<Tuple> new_tuple(Runtime& runtime, std::vector<Value> items = {});
/// All items that iterating `iterable` gives. TypeError when it is not iterable.
std::vector<Value> collect(Runtime& runtime, const Value& iterable);
/// `key` as an index into `size` items, negative counted from the end. TypeError and
/// IndexError name the sequence `what` ("list").
std::int64_t checked_index(Runtime& runtime, const Value& key, std::int64_t size, std::string_view what,
                           std::string_view doing = "");
/// Item by item, identical items counting as equal.
bool equal_items(Runtime& runtime, const std::vector<Value>& a, const std::vector<Value>& b);

}  // namespace loopscope::scenarios
