#include "traces/lesson/choices.h"

#include <algorithm>
#include <charconv>

#include "traces/lesson/things.h"

namespace loopscope::traces {
namespace {

constexpr double kSame = 1e-6;  // seconds

/// A number that stands alone at the front of `text`, and what is left behind it.
std::optional<double> leading_number(std::string_view& text) {
  static constexpr std::string_view kWords[] = {"no",  "one",   "two",   "three", "four", "five",
                                                "six", "seven", "eight", "nine",  "ten"};
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{}) {
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
  }
  for (std::size_t n = 0; n < std::size(kWords); ++n) {
    if (!text.starts_with(kWords[n])) continue;
    const std::string_view rest = text.substr(kWords[n].size());
    if (!rest.empty() && rest.front() != ' ' && rest.front() != ',') continue;
    text = rest;
    return static_cast<double>(n);
  }
  return std::nullopt;
}

std::string without(std::string text, const Words& fronts) {
  for (const std::string_view front : fronts)
    if (text.starts_with(front)) text.erase(0, front.size());
  return text;
}

}  // namespace

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

bool has(std::string_view text, std::string_view words) { return text.find(words) != text.npos; }

bool has_any(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view one) { return has(text, one); });
}

bool contains_word(std::string_view text, const Words& words) {
  std::string word;
  const auto matches = [&] { return std::find(words.begin(), words.end(), word) != words.end(); };
  for (const char c : lower(text)) {
    if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    if (matches()) return true;
    word.clear();
  }
  return matches();
}

bool says_nothing(std::string_view choice) {
  const std::string text = lower(readings(choice).back());
  return text == "nothing" || text == "none" || text == "never" || text == "none of them" ||
         text == "neither" || text == "nobody" || text == "not at all";
}

std::optional<bool> as_yes(const std::string& choice) {
  const std::string text = lower(choice);
  const std::string word = text.substr(0, text.find_first_of(" ,.:;("));
  if (word == "yes" || word == "true") return true;
  if (word == "no" || word == "false") return false;
  return std::nullopt;
}

std::optional<double> as_time(const std::string& choice) {
  const std::string text = without(lower(choice), {"only ", "at ", "after ", "t = ", "about "});
  std::string_view rest = text;
  const auto value = leading_number(rest);
  if (!value || !std::isfinite(*value)) return std::nullopt;
  if (rest.starts_with(' ')) rest.remove_prefix(1);
  const std::string_view unit = rest.substr(0, rest.find_first_of(" ,.:;("));
  if (unit == "ms") return *value / 1000;
  if (unit == "s" || unit == "second" || unit == "seconds") return *value;
  return std::nullopt;
}

std::optional<double> as_iteration(const std::string& choice) {
  const std::string text = without(lower(choice), {"only ", "in "});
  if (!text.starts_with("iteration ")) return std::nullopt;
  std::string_view rest = std::string_view(text).substr(10);
  return leading_number(rest);
}

std::optional<double> as_count(const std::string& choice) {
  const std::string text = without(lower(choice), {"only ", "all ", "after "});
  std::string_view rest = text;
  return leading_number(rest);
}

std::size_t number_of(const std::vector<double>& values, std::optional<double> truth) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool never = std::isnan(values[i]);
    if (truth ? !never && std::abs(values[i] - *truth) < kSame : never) return i + 1;
  }
  return 0;
}

}  // namespace loopscope::traces
