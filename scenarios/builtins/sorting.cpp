#include "scenarios/builtins/sorting.h"

#include <algorithm>

#include "scenarios/values/operators.h"

namespace loopscope::scenarios {
namespace {

struct Keyed {
  Value key, item;
};

/// A merge sort of its own: a comparison may raise, or contradict another one.
void merge_sort(Interpreter& in, std::vector<Keyed>& all, std::vector<Keyed>& spare, std::size_t begin,
                std::size_t end) {
  if (end - begin < 2) return;
  const std::size_t middle = begin + (end - begin) / 2;
  merge_sort(in, all, spare, begin, middle);
  merge_sort(in, all, spare, middle, end);
  in.spend_work();
  if (!less(in, all[middle].key, all[middle - 1].key)) return;
  std::size_t left = begin, right = middle, out = begin;
  while (left < middle && right < end) {
    in.spend_work();
    in.spend_work();
    const bool take_right = less(in, all[right].key, all[left].key);
    spare[out++] = all[take_right ? right++ : left++];
  }
  while (left < middle) spare[out++] = all[left++];
  while (right < end) spare[out++] = all[right++];
  std::move(spare.begin() + static_cast<std::ptrdiff_t>(begin),
            spare.begin() + static_cast<std::ptrdiff_t>(end),
            all.begin() + static_cast<std::ptrdiff_t>(begin));
}

}  // namespace

void sort_values(Interpreter& in, std::vector<Value>& items, const Value& key, bool reverse) {
  in.check_room(items.size() * sizeof(Keyed) * 2);
  std::vector<Keyed> all;
  all.reserve(items.size());
  for (const Value& item : items) all.push_back({key.is_none() ? item : in.call(key, {item}), item});
  if (reverse) std::reverse(all.begin(), all.end());
  std::vector<Keyed> spare(all.size());
  merge_sort(in, all, spare, 0, all.size());
  if (reverse) std::reverse(all.begin(), all.end());
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = std::move(all[i].item);
}

}  // namespace loopscope::scenarios
