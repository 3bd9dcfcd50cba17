#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace loopscope::traces {

/// The highest of any stretch of a growing list of values, in logarithmic time: every 16
/// values are sealed into a summary, every 16 summaries into one of the next level. So a
/// pixel that stands for 100,000 values shows their true peak at the cost of a few.
class RankPyramid {
 public:
  std::size_t size() const { return values_.size(); }
  std::uint32_t operator[](std::size_t i) const { return values_[i]; }

  void push(std::uint32_t value) {
    values_.push_back(value);
    std::size_t count = values_.size();
    for (std::size_t level = 0; count % kFan == 0; ++level, count /= kFan) {
      if (levels_.size() == level) levels_.emplace_back();
      levels_[level].push_back(best_child(level, count / kFan - 1));
    }
  }

  /// The index of the highest value in [first, last]; of equals, the first.
  std::size_t highest(std::size_t first, std::size_t last) const {
    std::size_t best = first;
    for (std::size_t i = first; i <= last;) {
      // The largest sealed block that begins here and ends in time.
      std::size_t level = 0, width = 1;
      while (level < levels_.size() && i % (width * kFan) == 0 && i + width * kFan - 1 <= last) {
        width *= kFan;
        ++level;
      }
      const std::size_t at = level == 0 ? i : levels_[level - 1][i / width];
      if (values_[at] > values_[best]) best = at;
      i += width;
    }
    return best;
  }

 private:
  static constexpr std::size_t kFan = 16;

  // The best of the 16 children of block `k` at `level` (level 0's children are values).
  std::uint32_t best_child(std::size_t level, std::size_t k) const {
    const auto child = [&](std::size_t c) {
      return level == 0 ? static_cast<std::uint32_t>(c) : levels_[level - 1][c];
    };
    std::uint32_t best = child(k * kFan);
    for (std::size_t c = k * kFan + 1; c < (k + 1) * kFan; ++c)
      if (values_[child(c)] > values_[best]) best = child(c);
    return best;
  }

  std::vector<std::uint32_t> values_;
  std::vector<std::vector<std::uint32_t>> levels_;  // of each sealed block: the index of its highest value
};

}  // namespace loopscope::traces
