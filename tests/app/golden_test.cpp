// The files of tests/golden, made anew and compared: texts byte for byte, pictures with a
// tolerance, since software renderers of other versions round differently.
#include <cmath>
#include <gtest/gtest.h>
#include <memory>
#include <sstream>

#define STB_IMAGE_IMPLEMENTATION
#define STBI_ONLY_PNG
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

#include "tests/support/paths.h"
#include "tests/support/process.h"

namespace {

using loopscope::testing_support::ProcessResult;
using loopscope::testing_support::read_file;
using loopscope::testing_support::run_process;
using loopscope::testing_support::TemporaryFolder;

const std::filesystem::path kFolder = loopscope::support::source_dir() / "tests" / "golden";

struct Golden {
  std::string file, command;
};

std::vector<Golden> goldens() {
  std::istringstream lines(read_file(kFolder / "goldens.txt"));
  std::vector<Golden> all;
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    Golden golden;
    if (line.starts_with('#') || !(words >> golden.file)) continue;
    std::getline(words >> std::ws, golden.command);
    all.push_back(golden);
  }
  return all;
}

/// `command` made into words as a shell does it, with {OUT} replaced.
std::vector<std::string> words_of(const std::string& command, const std::string& out) {
  std::vector<std::string> words{loopscope::support::loopscope_binary()};
  std::string word;
  bool quoted = false;
  for (const char c : command + ' ') {
    if (c == '\'')
      quoted = !quoted;
    else if (c != ' ' || quoted)
      word += c;
    else if (!word.empty())
      words.push_back(word == "{OUT}" ? out : word), word.clear();
  }
  return words;
}

struct Picture {
  int width = 0, height = 0;
  std::unique_ptr<unsigned char, void (*)(void*)> pixels{nullptr, stbi_image_free};

  explicit Picture(const std::filesystem::path& file) {
    int channels = 0;
    pixels.reset(stbi_load(file.c_str(), &width, &height, &channels, 3));
  }
};

/// The share of pixels that differ visibly in some channel.
double share_of_different_pixels(const Picture& a, const Picture& b) {
  constexpr int kVisible = 24;
  std::size_t different = 0;
  const auto count = static_cast<std::size_t>(a.width) * static_cast<std::size_t>(a.height);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t c = 0; c < 3; ++c)
      if (std::abs(a.pixels.get()[3 * i + c] - b.pixels.get()[3 * i + c]) > kVisible) {
        ++different;
        break;
      }
  return static_cast<double>(different) / static_cast<double>(count);
}

class GoldenTest : public testing::TestWithParam<Golden> {};

TEST_P(GoldenTest, Is_made_again_as_it_is_kept) {
  const TemporaryFolder folder;
  const std::filesystem::path made = folder / GetParam().file, kept = kFolder / GetParam().file;
  const ProcessResult result = run_process(words_of(GetParam().command, made.string()));
  ASSERT_EQ(result.exit_code, 0) << result.err;
  if (made.extension() != ".png") {
    EXPECT_EQ(read_file(made), read_file(kept)) << "tests/golden/update makes the golden files anew";
    return;
  }
  const Picture a(made), b(kept);
  ASSERT_TRUE(a.pixels && b.pixels);
  ASSERT_EQ(a.width, b.width);
  ASSERT_EQ(a.height, b.height);
  EXPECT_LT(share_of_different_pixels(a, b), 0.002) << "tests/golden/update makes the golden files anew";
}

INSTANTIATE_TEST_SUITE_P(All, GoldenTest, testing::ValuesIn(goldens()), [](const auto& info) {
  std::string name = info.param.file;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

TEST(Golden, A_picture_of_another_event_differs_visibly) {
  const Picture a(kFolder / "lifecycle-dark.png"), b(kFolder / "lifecycle-start.png");
  ASSERT_TRUE(a.pixels && b.pixels);
  EXPECT_GT(share_of_different_pixels(a, b), 0.01);
}

}  // namespace
