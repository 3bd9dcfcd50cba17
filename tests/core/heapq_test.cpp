// Expected orders and checksums come from CPython's heapq.
#include "core/base/heapq.h"

#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <vector>

namespace loopscope {
namespace {

struct Item {
  std::uint64_t when;
  std::uint64_t number;
};
constexpr auto kLess = [](const Item& a, const Item& b) { return a.when < b.when; };

/// The same generator and checksum as the Python program that gave the expected values.
class Random {
 public:
  std::uint64_t operator()() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return state_ >> 33;
  }

 private:
  std::uint64_t state_ = 12345;
};
class Checksum {
 public:
  void mix(const Item& item) { value_ = (value_ ^ item.number) * 1099511628211U; }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037U;
};

TEST(Heapq, Random_pushes_and_pops_with_ties_equal_CPython_S11) {
  Random random;
  Checksum popped;
  std::vector<Item> heap;
  for (std::uint64_t i = 0; i < 3000; ++i) {
    if (!heap.empty() && random() % 3 == 0)
      popped.mix(heapq::pop(heap, kLess));
    else
      heapq::push(heap, Item{random() % 16, i}, kLess);
  }
  EXPECT_EQ(heap.size(), 928u);
  while (!heap.empty()) popped.mix(heapq::pop(heap, kLess));
  EXPECT_EQ(popped.value(), 15683182025769634402U);

  Checksum arranged;
  for (std::uint64_t i = 0; i < 5000; ++i) heap.push_back({random() % 50, i});
  heapq::heapify(heap, kLess);
  for (const Item& item : heap) arranged.mix(item);
  EXPECT_EQ(arranged.value(), 6760666602106232115U);
}

TEST(Heapq, Pops_the_only_item_and_heapifies_nothing) {
  std::vector<Item> heap;
  heapq::heapify(heap, kLess);
  heapq::push(heap, Item{3, 9}, kLess);
  EXPECT_EQ(heapq::pop(heap, kLess).number, 9u);
  EXPECT_TRUE(heap.empty());
}

}  // namespace
}  // namespace loopscope
