#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace loopscope::scenarios::test {

/// Makes Python expressions of the format, most of which have a value: the same ones for the
/// same seed.
class RandomExpressions {
 public:
  explicit RandomExpressions(std::uint32_t seed) : random_(seed) {}

  std::string next();

 private:
  using Makers = std::vector<std::string (RandomExpressions::*)()>;
  std::size_t below(std::size_t n) { return random_() % n; }
  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  std::string any_of(const Makers& simple, const Makers& deep);
  /// `count` expressions by `make`, with ", " between.
  std::string several(std::string (RandomExpressions::*make)(), std::size_t count);

  std::string any();
  std::string integer();
  std::string number();
  std::string real();
  std::string text();
  std::string bytes();
  std::string list();
  std::string tuple();
  std::string dict();
  std::string boolean();
  std::string key();

  std::string int_literal();
  std::string float_literal();
  std::string text_literal();
  std::string bytes_literal();
  std::string arithmetic();
  std::string bits();
  std::string whole();
  std::string measure();
  std::string float_operation();
  std::string text_operation();
  std::string text_method();
  std::string shown();
  std::string formatted();
  std::string fstring();
  std::string percent();
  std::string template_text();
  std::string sliced_text();
  std::string sliced_list();
  std::string list_operation();
  std::string made_list();
  std::string comprehension();
  std::string comparison();
  std::string logic();
  std::string test();
  std::string conditional();
  std::string lookup();
  std::string mixed();
  std::string slice();
  std::string spec();

  std::mt19937 random_;
  int depth_ = 0;
};

}  // namespace loopscope::scenarios::test
