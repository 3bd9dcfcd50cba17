#pragma once

#include "scenarios/values/hash_table.h"
#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

class Dict final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::dict;
  explicit Dict(Runtime& runtime) : Tracked(Kind::dict, *runtime.types().dict) {}

  const HashTable& table() const { return table_; }
  std::size_t size() const { return table_.size(); }
  /// The value, or `missing`.
  Value get(Runtime& runtime, const Value& key);
  void set(Runtime& runtime, const Value& key, Value value);
  /// The removed value, or `missing`.
  Value remove(Runtime& runtime, const Value& key) { return table_.remove(runtime, key); }
  /// Takes in another mapping, or pairs (dict.update).
  void update(Runtime& runtime, const Value& other);
  void clear();

  std::string repr(Runtime& runtime) override;
  bool truthy(Runtime&) override { return size() > 0; }
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  std::optional<std::int64_t> length(Runtime&) override { return static_cast<std::int64_t>(size()); }
  Value iterate(Runtime& runtime) override;
  Value get_item(Runtime& runtime, const Value& key) override;
  void set_item(Runtime& runtime, const Value& key, const Value& value) override { set(runtime, key, value); }
  void delete_item(Runtime& runtime, const Value& key) override;
  std::optional<bool> contains(Runtime& runtime, const Value& key) override {
    return table_.find(runtime, key);
  }
  void clear_references() override { clear(); }

 private:
  HashTable table_;
};

/// dict.keys(), .values(), .items(): they follow the dict.
class DictView final : public Object {
 public:
  static constexpr Kind kKind = Kind::dict_view;
  enum class What { keys, values, items };
  DictView(Runtime& runtime, Ref<Dict> dict, What what);

  std::string repr(Runtime& runtime) override;
  std::string brief(Runtime&) override { return type().name() + "(…)"; }
  bool truthy(Runtime&) override { return dict_->size() > 0; }
  bool equals(Runtime& runtime, const Value& other) override;
  std::optional<std::int64_t> length(Runtime&) override { return static_cast<std::int64_t>(dict_->size()); }
  Value iterate(Runtime& runtime) override;
  std::optional<bool> contains(Runtime& runtime, const Value& item) override;

 private:
  Ref<Dict> dict_;
  What what_;
};

/// A set. Iterates in order of insertion.
class Set final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::set;
  explicit Set(Runtime& runtime) : Tracked(Kind::set, *runtime.types().set) {}

  const HashTable& table() const { return table_; }
  std::size_t size() const { return table_.size(); }
  void add(Runtime& runtime, const Value& item);
  bool remove(Runtime& runtime, const Value& item) { return !table_.remove(runtime, item).is_missing(); }
  bool has(Runtime& runtime, const Value& item) { return table_.find(runtime, item); }
  /// Removes and returns the first item; `missing` when empty.
  Value pop();
  void clear();

  std::string repr(Runtime& runtime) override;
  bool truthy(Runtime&) override { return size() > 0; }
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  std::optional<std::int64_t> length(Runtime&) override { return static_cast<std::int64_t>(size()); }
  Value iterate(Runtime& runtime) override;
  std::optional<bool> contains(Runtime& runtime, const Value& item) override { return has(runtime, item); }
  void clear_references() override { clear(); }

 private:
  HashTable table_;
};

Ref<Dict> make_dict(Runtime& runtime);
Ref<Set> make_set(Runtime& runtime);
/// From any iterable.
Ref<Set> make_set(Runtime& runtime, const Value& iterable);
/// Walks the dict backwards, for reversed().
Value make_reverse_dict_iterator(Runtime& runtime, Ref<Dict> dict);

}  // namespace loopscope::scenarios
