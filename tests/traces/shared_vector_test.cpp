#include "traces/shared_vector.h"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "traces/append_list.h"

namespace loopscope::traces {
namespace {

TEST(SharedVector, A_copy_keeps_what_it_had_when_the_original_changes) {
  SharedVector<int> a;
  for (int i = 0; i < 10'000; ++i) a.push_back(i);
  const SharedVector<int> b = a;
  a.edit(5000) = -1;
  a.pop_back();
  EXPECT_EQ(b[5000], 5000);
  EXPECT_EQ(b.size(), 10'000u);
  EXPECT_EQ(a[5000], -1);
  EXPECT_EQ(a[4999], 4999);
}

TEST(SharedVector, Behaves_like_a_vector_under_random_edits_of_random_copies) {
  std::mt19937 random(1);
  std::vector<SharedVector<std::string>> shared(4);
  std::vector<std::vector<std::string>> plain(4);
  for (int n = 0; n < 20'000; ++n) {
    const std::size_t who = random() % 4;
    const auto text = std::to_string(n);
    switch (random() % 8) {
      case 0:
      case 1:
      case 2:
        shared[who].push_back(text);
        plain[who].push_back(text);
        break;
      case 3:
        if (!plain[who].empty()) {
          shared[who].pop_back();
          plain[who].pop_back();
        }
        break;
      case 4: {
        const std::size_t from = random() % 4;
        if (random() % 50 == 0) {
          shared[who] = shared[from];
          plain[who] = plain[from];
        }
        break;
      }
      case 5:
        if (random() % 400 == 0) {
          const std::size_t size = plain[who].size() + random() % 6000;
          shared[who].resize(size);
          plain[who].resize(size);
        }
        break;
      default:
        if (!plain[who].empty()) {
          const std::size_t i = random() % plain[who].size();
          shared[who].edit(i) = text;
          plain[who][i] = text;
        }
    }
  }
  for (std::size_t who = 0; who < 4; ++who) {
    ASSERT_EQ(shared[who].size(), plain[who].size());
    for (std::size_t i = 0; i < plain[who].size(); ++i) ASSERT_EQ(shared[who][i], plain[who][i]);
  }
}

TEST(SharedVector, Elements_that_were_never_written_read_as_blank_and_take_no_blocks) {
  SharedVector<int> v;
  v.resize(1'000'000);
  EXPECT_EQ(v[999'999], 0);
  EXPECT_EQ(v.bytes_made(), 0u);
}

TEST(SharedVector, A_popped_element_comes_back_blank) {
  SharedVector<int> v;
  v.push_back(7);
  v.push_back(8);
  v.pop_back();
  v.resize(2);
  EXPECT_EQ(v[1], 0);
}

TEST(AppendList, Elements_never_move_while_the_list_grows) {
  AppendList<std::string, 4> list;
  const std::string* first = &list.emplace_back("first");
  for (int i = 1; i < 100'000; ++i) list.emplace_back(std::to_string(i));
  EXPECT_EQ(first, &list[0]);
  EXPECT_EQ(list.size(), 100'000u);
  for (std::size_t i = 1; i < list.size(); ++i) ASSERT_EQ(list[i], std::to_string(i));
}

TEST(AppendList, Partition_point_finds_the_first_that_does_not_come_before) {
  AppendList<int> list;
  for (int i = 0; i < 100; ++i) list.emplace_back(2 * i);
  EXPECT_EQ(list.partition_point(100, [](int v) { return v < 51; }), 26u);
  EXPECT_EQ(list.partition_point(10, [](int v) { return v < 51; }), 10u);
  EXPECT_EQ(list.partition_point(100, [](int v) { return v < 0; }), 0u);
}

}  // namespace
}  // namespace loopscope::traces
