#include "scenarios/values/hash_table.h"

#include "scenarios/values/operators.h"

namespace loopscope::scenarios {
namespace {

constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

std::uint64_t mix(std::uint64_t hash) { return (hash ^ hash >> 32) * 0x9E3779B97F4A7C15ULL >> 7; }

}  // namespace

std::size_t HashTable::locate(Runtime& runtime, const Value& key, std::uint64_t hash) {
  if (index_.empty()) return kAbsent;
  const std::size_t mask = index_.size() - 1;
  for (std::size_t slot = mix(hash) & mask; index_[slot] != kEmpty; slot = (slot + 1) & mask) {
    if (index_[slot] == kGone) continue;
    const Entry& entry = entries_[index_[slot]];
    if (entry.hash != hash) continue;
    const Value candidate = entry.key;  // a copy: __eq__ may change the table
    if (same_or_equal(runtime, candidate, key)) return slot;
  }
  return kAbsent;
}

HashTable::Entry* HashTable::find(Runtime& runtime, const Value& key) {
  runtime.spend_work();
  const std::uint64_t hash = scenarios::hash(runtime, key);
  const std::size_t slot = locate(runtime, key, hash);
  return slot == kAbsent ? nullptr : &entries_[index_[slot]];
}

void HashTable::place(std::uint32_t position) {
  const std::size_t mask = index_.size() - 1;
  std::size_t slot = mix(entries_[position].hash) & mask;
  while (index_[slot] < kGone) slot = (slot + 1) & mask;
  index_[slot] = position;
}

void HashTable::rebuild(Runtime& runtime, std::size_t slots) {
  const std::size_t room = slots * 2 / 3 + 1;
  runtime.check_room(room * sizeof(Entry) + slots * sizeof(std::uint32_t));
  std::vector<Entry> packed;
  packed.reserve(room);
  for (Entry& entry : entries_)
    if (!entry.key.is_missing()) packed.push_back(std::move(entry));
  entries_ = std::move(packed);
  first_ = 0;
  index_.assign(slots, kEmpty);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) place(i);
}

bool HashTable::insert(Runtime& runtime, const Value& key, Value value) {
  runtime.spend_work();
  runtime.spend_work();
  const std::uint64_t hash = scenarios::hash(runtime, key);
  const std::size_t slot = locate(runtime, key, hash);
  if (slot != kAbsent) {
    std::swap(entries_[index_[slot]].value, value);  // the old value goes when the table is whole
    return false;
  }
  if ((entries_.size() + 1) * 3 > index_.size() * 2) {
    std::size_t slots = 8;
    while ((live_ + 1) * 2 > slots) slots *= 2;
    rebuild(runtime, slots);
  }
  entries_.push_back({hash, key, std::move(value)});
  place(static_cast<std::uint32_t>(entries_.size() - 1));
  ++live_;
  return true;
}

Value HashTable::remove(Runtime& runtime, const Value& key) {
  const std::uint64_t hash = scenarios::hash(runtime, key);
  const std::size_t slot = locate(runtime, key, hash);
  if (slot == kAbsent) return Value::missing();
  return remove_at(index_[slot]).value;
}

HashTable::Entry HashTable::remove_at(std::size_t position) {
  const std::size_t mask = index_.size() - 1;
  std::size_t slot = mix(entries_[position].hash) & mask;
  while (index_[slot] != position) slot = (slot + 1) & mask;
  index_[slot] = kGone;
  --live_;
  Entry removed = std::exchange(entries_[position], Entry{});
  while (first_ < entries_.size() && entries_[first_].key.is_missing()) ++first_;
  return removed;
}

void HashTable::clear() {
  const auto old = std::exchange(entries_, {});
  index_ = {};
  live_ = first_ = 0;
}

}  // namespace loopscope::scenarios
