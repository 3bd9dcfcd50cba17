#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

/// Keys in order of insertion, found by hash and equality: what dict and set stand on.
/// Removed entries leave holes until the next growth, so that positions stay valid
/// while nothing is inserted.
class HashTable {
 public:
  struct Entry {
    std::uint64_t hash = 0;
    Value key = Value::missing();  ///< missing: a hole
    Value value;
  };

  std::size_t size() const { return live_; }
  const std::vector<Entry>& entries() const { return entries_; }
  /// Position of the first entry that is no hole.
  std::size_t first() const { return first_; }

  /// The entry with this key, or null. TypeError when the key cannot be hashed.
  Entry* find(Runtime& runtime, const Value& key);
  /// Adds or replaces; true when added.
  bool insert(Runtime& runtime, const Value& key, Value value);
  /// Removes `key` and returns its value; `missing` when absent.
  Value remove(Runtime& runtime, const Value& key);
  /// Removes the entry at a position of entries(): the key is left in `entry`.
  Entry remove_at(std::size_t position);
  void clear();
  /// Memory that the table holds.
  std::size_t bytes() const {
    return entries_.capacity() * sizeof(Entry) + index_.capacity() * sizeof(std::uint32_t);
  }

 private:
  static constexpr std::uint32_t kEmpty = 0xFFFFFFFF, kGone = 0xFFFFFFFE;

  /// The slot of `index_` that holds `key`, or kEmpty.
  std::size_t locate(Runtime& runtime, const Value& key, std::uint64_t hash);
  void rebuild(Runtime& runtime, std::size_t slots);
  void place(std::uint32_t position);

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> index_;  // a power of two of slots
  std::size_t live_ = 0;
  std::size_t first_ = 0;
};

}  // namespace loopscope::scenarios
