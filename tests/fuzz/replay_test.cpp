// The fuzzers' seeds, and inputs that once broke something, through the fuzzers' entries.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/fuzz/entries.h"
#include "tests/fuzz/program_mutator.h"
#include "tests/support/paths.h"

namespace loopscope::fuzz {
namespace {

std::vector<std::filesystem::path> files_in(const char* folder, const char* extension = "") {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(support::source_dir() / folder))
    if (entry.path().string().ends_with(extension)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void replay(void (*entry)(std::string_view),
            std::initializer_list<std::vector<std::filesystem::path>> folders) {
  for (const auto& files : folders) {
    EXPECT_FALSE(files.empty());
    for (const std::filesystem::path& file : files) {
      SCOPED_TRACE(file);
      entry(content(file));
    }
  }
}

TEST(FuzzSeeds, Load) {
  replay(fuzz_loader, {files_in("tests/fuzz/corpus/loader"), files_in("tests/fuzz/corpus/interpreter"),
                       files_in("scenarios/library", ".json")});
}

TEST(FuzzSeeds, Parse) { replay(fuzz_expressions, {files_in("tests/fuzz/corpus/expressions")}); }

TEST(FuzzSeeds, Run) {
  replay(fuzz_interpreter,
         {files_in("tests/fuzz/corpus/interpreter"), files_in("scenarios/library", ".json")});
}

TEST(FuzzSeeds, Are_read_as_traces) {
  replay(fuzz_traces, {files_in("tests/fuzz/corpus/traces"), files_in("tests/golden", ".trace.jsonl")});
}

TEST(FuzzSeeds, Grow_into_programs_that_run) {
  const auto seeds = files_in("tests/fuzz/corpus/interpreter");
  const auto keep = [](std::string text) { return text; };
  for (unsigned seed = 0; seed < 300; ++seed) {
    ProgramMutator mutator(seed, keep);
    const std::string first = content(seeds[seed % seeds.size()]);
    const std::string crossed = mutator.cross(first, content(seeds[seed * 7 % seeds.size()]));
    const std::string grown = mutator.mutate(crossed);
    EXPECT_NE(grown, first);
    SCOPED_TRACE(grown);
    fuzz_interpreter(grown);
  }
}

}  // namespace
}  // namespace loopscope::fuzz
