#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::scenarios {

/// How many single-character edits (insert, delete, replace, swap of neighbours) turn
/// one word into the other; case counts half as much as a letter, so the result is in halves.
std::size_t edit_distance_halves(std::string_view a, std::string_view b);

/// The candidate that `word` most likely stands for, or an empty view when none is near.
/// Of equally near ones the first.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

/// The `count` candidates that are nearest to `word`, the nearest first; of equals the first.
std::vector<std::string_view> nearest_of(std::string_view word, std::vector<std::string_view> candidates,
                                         std::size_t count);

/// "; did you mean 'sleep'?" or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace loopscope::scenarios
