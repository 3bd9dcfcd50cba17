#include "viz/model/highlight.h"

#include <gtest/gtest.h>

namespace loopscope::viz {
namespace {

/// "k:await p: asyncio. c:sleep ..." of one line: kind letter and text of every token.
std::string spelled(const std::vector<std::string>& lines, std::size_t line = 0) {
  const auto tokens = highlight_python(lines)[line];
  std::string text;
  for (const Token& t : tokens) {
    if (!text.empty()) text += "|";
    text += std::string(1, "pksnc#"[static_cast<int>(t.kind)]) + ":" +
            lines[line].substr(t.begin, t.end - t.begin);
  }
  return text;
}

TEST(Highlight, Tells_keywords_calls_and_names_apart) {
  EXPECT_EQ(spelled({"    await asyncio.sleep(delay)"}), "p:    |k:await|p: asyncio.|c:sleep|p:(delay)");
  EXPECT_EQ(spelled({"async def main():"}), "k:async|p: |k:def|p: |c:main|p:():");
  EXPECT_EQ(spelled({"awaiting = is_none"}), "p:awaiting = is_none");
}

TEST(Highlight, Knows_numbers) {
  EXPECT_EQ(spelled({"x = 1 + 2.5e-3 + 0xff - .5"}), "p:x = |n:1|p: + |n:2.5e-3|p: + |n:0xff|p: - |n:.5");
  EXPECT_EQ(spelled({"t1 = a2"}), "p:t1 = a2");
}

TEST(Highlight, Knows_strings_with_prefixes_and_escapes) {
  EXPECT_EQ(spelled({R"(x = 'it\'s' + r"\d" + b'\x00')"}),
            R"(p:x = |s:'it\'s'|p: + |s:r"\d"|p: + |s:b'\x00')");
}

TEST(Highlight, Shows_the_expressions_of_an_f_string_as_code) {
  EXPECT_EQ(spelled({"print(f'{name}: done')"}), "c:print|p:(|s:f'{|p:name|s:}: done'|p:)");
  EXPECT_EQ(spelled({"f'{len(x) + 1:>{width}.2f}'"}), "s:f'{|c:len|p:(x) + |n:1|s::>{width}.2f}'");
  EXPECT_EQ(spelled({"f'{{not}} {x!r}'"}), "s:f'{{not}} {|p:x|s:!r}'");
  EXPECT_EQ(spelled({"f'{d[\"k\"]}'"}), "s:f'{|p:d[|s:\"k\"|p:]|s:}'");
  EXPECT_EQ(spelled({"'{plain}'"}), "s:'{plain}'");
}

TEST(Highlight, A_hash_begins_a_comment_but_not_inside_a_string) {
  EXPECT_EQ(spelled({"x = '#'  # why"}), "p:x = |s:'#'|p:  |#:# why");
}

TEST(Highlight, Carries_triple_quoted_strings_over_lines) {
  const std::vector<std::string> lines{"x = '''one", "await two", "three''' + y", "return 1"};
  EXPECT_EQ(spelled(lines, 0), "p:x = |s:'''one");
  EXPECT_EQ(spelled(lines, 1), "s:await two");
  EXPECT_EQ(spelled(lines, 2), "s:three'''|p: + y");
  EXPECT_EQ(spelled(lines, 3), "k:return|p: |n:1");
}

TEST(Highlight, An_unfinished_string_ends_with_its_line) {
  const std::vector<std::string> lines{"x = 'open", "return y"};
  EXPECT_EQ(spelled(lines, 0), "p:x = |s:'open");
  EXPECT_EQ(spelled(lines, 1), "k:return|p: y");
}

TEST(Highlight, Covers_every_byte_of_whatever_it_is_given) {
  std::vector<std::string> lines{
      "",       "f'{", "f'{x", "f\"{a['b']:{c}", "'",       "\"\"\"", "\\",    "'\\",
      "äöü(ß)", "0x",  "1e+",  "}}{{",           "f'{x!}'", "f'{(}'", "f'''{", "}'''"};
  unsigned seed = 7;
  for (int i = 0; i < 2000; ++i) {
    std::string line;
    for (int n = 0; n < 24; ++n) line += "f'\"{}:!#(x1 .\\e+"[(seed = seed * 1103515245 + 12345) >> 16 & 15];
    lines.push_back(line);
  }
  const auto tokens = highlight_python(lines);
  ASSERT_EQ(tokens.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::size_t at = 0;
    for (const Token& t : tokens[i]) {
      ASSERT_EQ(t.begin, at) << lines[i];
      ASSERT_GT(t.end, t.begin);
      at = t.end;
    }
    ASSERT_EQ(at, lines[i].size()) << lines[i];
  }
}

}  // namespace
}  // namespace loopscope::viz
