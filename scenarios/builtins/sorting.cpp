#include "scenarios/builtins/sorting.h"

#include <algorithm>

#include "scenarios/values/operators.h"

namespace loopscope::scenarios {
namespace {

struct Keyed {
  Value key, item;
};

/// list.sort's order of comparisons, so that a TypeError names the two that CPython meets first: a run
/// from the beginning, then binary insertion; long lists are merged from parts of that kind. A sort of
/// its own: a comparison may raise, or contradict another one.
class Sorter {
 public:
  Sorter(Interpreter& in, std::vector<Keyed>& all) : in_(in), all_(all), spare_(all.size()) {}

  void sort(std::size_t begin, std::size_t end) {
    if (end - begin < 2) return;
    if (end - begin < kInsertionSorted) return insert(begin, run_from(begin, end), end);
    const std::size_t sorted = begin == 0 ? run_from(begin, end) : begin;
    if (sorted == end) return;
    const std::size_t middle = begin + (end - begin) / 2;
    sort(begin, middle);
    sort(middle, end);
    merge(begin, middle, end);
  }

 private:
  static constexpr std::size_t kInsertionSorted = 64;  // CPython's

  bool is_less(std::size_t a, std::size_t b) { return is_less(all_[a], all_[b]); }
  bool is_less(const Keyed& a, const Keyed& b) {
    in_.spend_work();
    return less(in_, a.key, b.key);
  }

  /// The end of the run that starts at `begin`; a strictly descending one is turned round.
  std::size_t run_from(std::size_t begin, std::size_t end) {
    std::size_t at = begin + 1;
    if (at == end) return end;
    const bool descending = is_less(at, at - 1);
    while (++at < end && is_less(at, at - 1) == descending) {
    }
    if (descending) std::reverse(place(begin), place(at));
    return at;
  }

  /// Puts the items from `sorted` on where they belong among those before them.
  void insert(std::size_t begin, std::size_t sorted, std::size_t end) {
    for (; sorted < end; ++sorted) {
      const Keyed pivot = all_[sorted];
      std::size_t low = begin, high = sorted;
      while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (is_less(pivot, all_[middle]))
          high = middle;
        else
          low = middle + 1;
      }
      std::rotate(place(low), place(sorted), place(sorted + 1));
    }
  }

  void merge(std::size_t begin, std::size_t middle, std::size_t end) {
    if (!is_less(middle, middle - 1)) return;
    std::size_t left = begin, right = middle, out = begin;
    while (left < middle && right < end) {
      const bool take_right = is_less(right, left);
      spare_[out++] = all_[take_right ? right++ : left++];
    }
    while (left < middle) spare_[out++] = all_[left++];
    while (right < end) spare_[out++] = all_[right++];
    std::move(spare_.begin() + static_cast<std::ptrdiff_t>(begin),
              spare_.begin() + static_cast<std::ptrdiff_t>(end), place(begin));
  }

  std::vector<Keyed>::iterator place(std::size_t i) { return all_.begin() + static_cast<std::ptrdiff_t>(i); }

  Interpreter& in_;
  std::vector<Keyed>& all_;
  std::vector<Keyed> spare_;
};

}  // namespace

void sort_values(Interpreter& in, std::vector<Value>& items, const Value& key, bool reverse) {
  in.check_room(items.size() * sizeof(Keyed) * 2);
  std::vector<Keyed> all;
  all.reserve(items.size());
  for (const Value& item : items) all.push_back({key.is_none() ? item : in.call(key, {item}), item});
  if (reverse) std::reverse(all.begin(), all.end());
  Sorter(in, all).sort(0, all.size());
  if (reverse) std::reverse(all.begin(), all.end());
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = std::move(all[i].item);
}

}  // namespace loopscope::scenarios
