#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <random>
#include <sstream>

#include "tests/scenarios/load_helpers.h"

namespace loopscope::scenarios {
namespace {

std::vector<std::string> library() {
  std::vector<std::string> texts;
  for (const std::filesystem::path& path : library_paths()) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    texts.push_back(text.str());
  }
  return texts;
}

std::string mutated(std::string text, const std::string& other, std::mt19937& random) {
  static const std::string kBytes = "{}[]()\"'\\,:#.=*/ \n0e-x\x80\xff\x01";
  const auto below = [&](std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(random() % n); };
  for (std::size_t edits = 1 + below(6); edits > 0 && !text.empty(); --edits) {
    const std::size_t at = below(text.size());
    switch (below(6)) {
      case 0:
        text.insert(at, 1, kBytes[below(kBytes.size())]);
        break;
      case 1:
        text.erase(at, 1 + below(5));
        break;
      case 2:
        text[at] = kBytes[below(kBytes.size())];
        break;
      case 3:
        text.resize(at);
        break;
      case 4:
        text.insert(at, other.substr(below(other.size()), below(40)));
        break;
      default:
        text.insert(at, text.substr(below(text.size()), below(20)));
        break;
    }
  }
  return text;
}

/// Where the file's lines and columns end.
bool is_in_file(SourcePos pos, const std::string& text) {
  std::istringstream lines(text);
  std::string line;
  std::uint32_t number = 1;
  for (; number < pos.line && std::getline(lines, line); ++number) {
  }
  line.clear();
  std::getline(lines, line);
  return number == pos.line && pos.column >= 1 && pos.column <= line.size() + 1;
}

TEST(MutatedFiles, Load_or_give_errors_that_stand_in_the_file) {
  const std::vector<std::string> texts = library();
  ASSERT_FALSE(texts.empty());
  std::mt19937 random(2);
  int loaded = 0, refused = 0;
  for (int i = 0; i < 4000; ++i) {
    const std::string text = mutated(texts[random() % texts.size()], texts[random() % texts.size()], random);
    LoadResult result = load(text);
    looks_like_scenario(text);
    const auto* errors = std::get_if<std::vector<Diagnostic>>(&result);
    if (errors == nullptr) {
      ++loaded;
      continue;
    }
    ++refused;
    ASSERT_FALSE(errors->empty());
    for (const Diagnostic& error : *errors) {
      EXPECT_FALSE(error.message.empty());
      EXPECT_TRUE(is_in_file(error.pos, text)) << to_string(error, "file") << "\n" << text;
    }
  }
  EXPECT_GT(loaded, 50);
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace loopscope::scenarios
