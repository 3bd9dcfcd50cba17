#include "scenarios/load/nearest.h"

#include <algorithm>
#include <limits>

namespace loopscope::scenarios {

namespace {

constexpr std::size_t kMaxWord = 40;  // a longer word is no slip of a short name

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

std::size_t replace_cost(char a, char b) {
  if (a == b) return 0;
  return lower(a) == lower(b) ? 1 : 2;
}

}  // namespace

std::size_t edit_distance_halves(std::string_view a, std::string_view b) {
  // Three rows of the optimal string alignment table: two back, the last, this one.
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = 2 * j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = 2 * i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 2, row[j - 1] + 2, last[j - 1] + replace_cost(a[i - 1], b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 2);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (word.empty() || word.size() > kMaxWord) return {};
  // A third of the letters may be wrong, at least one.
  const std::size_t limit = std::max<std::size_t>(2, 2 * word.size() / 3);
  std::string_view best;
  std::size_t best_distance = std::numeric_limits<std::size_t>::max();
  for (std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance_halves(word, candidate);
    if (distance > limit || distance >= 2 * std::max(word.size(), candidate.size())) continue;
    if (distance < best_distance) best = candidate, best_distance = distance;
  }
  return best;
}

std::vector<std::string_view> nearest_of(std::string_view word, std::vector<std::string_view> candidates,
                                         std::size_t count) {
  word = word.substr(0, kMaxWord);
  const auto nearer = [&](std::string_view a, std::string_view b) {
    return edit_distance_halves(word, a) < edit_distance_halves(word, b);
  };
  std::stable_sort(candidates.begin(), candidates.end(), nearer);
  candidates.resize(std::min(count, candidates.size()));
  return candidates;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const std::string_view near = nearest(word, candidates);
  return near.empty() ? std::string() : "; did you mean '" + std::string(near) + "'?";
}

}  // namespace loopscope::scenarios
