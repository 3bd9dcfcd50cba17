#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The words of questions and their choices, read as what they say.
namespace loopscope::traces {

using Words = std::vector<std::string_view>;

/// ASCII letters made small.
std::string lower(std::string_view text);
bool has(std::string_view text, std::string_view words);
bool has_any(std::string_view text, const Words& words);
/// Whether one of `words` (small letters) stands alone in `text`.
bool contains_word(std::string_view text, const Words& words);

/// "Nothing", "never", "nobody", ...
bool says_nothing(std::string_view choice);
/// "Yes, ..." as true, "No" as false.
std::optional<bool> as_yes(const std::string& choice);
/// "At 0.5 s, at once" and "after 500 ms" as 0.5; "iteration 4" is none.
std::optional<double> as_time(const std::string& choice);
/// "In iteration 4" as 4.
std::optional<double> as_iteration(const std::string& choice);
/// "3 handles" and "three" as 3.
std::optional<double> as_count(const std::string& choice);

/// All choices as numbers of one kind; "never" is a NaN. None where one is of another kind.
template <class Read>
std::optional<std::vector<double>> all_as(const std::vector<std::string>& choices, Read read) {
  std::vector<double> values;
  bool any = false;
  for (const std::string& choice : choices) {
    const auto value = read(choice);
    if (!value && !says_nothing(choice)) return std::nullopt;
    any = any || value;
    values.push_back(value.value_or(std::nan("")));
  }
  if (!any) return std::nullopt;
  return values;
}

/// Which of `values` is `truth` (none: never), from 1; 0: none of them is.
std::size_t number_of(const std::vector<double>& values, std::optional<double> truth);

}  // namespace loopscope::traces
