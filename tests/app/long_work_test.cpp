// A large trace that is read and a long scenario that runs: both tell how far they are and can be stopped.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "app/input.h"
#include "app/viewer_session.h"
#include "traces/formats/jsonl.h"

#include "bench/big_trace.h"

namespace loopscope::app {
namespace {

using testing::HasSubstr;

std::string jsonl_of(std::size_t events) {
  std::string text;
  traces::write_jsonl(*bench::big_trace(events), [&text](std::string_view bytes) {
    text += bytes;
    return true;
  });
  return text;
}

TEST(LongWork, Reading_a_trace_tells_how_far_it_is) {
  const std::string text = jsonl_of(20'000);
  std::vector<std::size_t> bytes, events;
  const auto read = traces::read_jsonl(text, [&](std::size_t at, std::size_t count) {
    bytes.push_back(at);
    events.push_back(count);
    return true;
  });
  ASSERT_TRUE(std::holds_alternative<traces::ReadTrace>(read));
  ASSERT_GE(bytes.size(), 4U);
  EXPECT_TRUE(std::is_sorted(bytes.begin(), bytes.end()));
  EXPECT_LT(bytes.back(), text.size());
  EXPECT_GT(bytes.back(), text.size() / 2);
  EXPECT_EQ(events.front(), 4094U);  // the header and this line are not among them
}

TEST(LongWork, Reading_a_trace_stops_when_it_is_told_to) {
  const std::string text = jsonl_of(20'000);
  int asked = 0;
  const auto read = traces::read_jsonl(text, [&](std::size_t, std::size_t) { return ++asked < 2; });
  ASSERT_TRUE(std::holds_alternative<traces::TraceError>(read));
  EXPECT_TRUE(std::get<traces::TraceError>(read).stopped);
  EXPECT_EQ(asked, 2);
}

TEST(LongWork, Reading_a_file_stops_when_it_is_told_to) {
  const auto input = read_input("lifecycle");
  EXPECT_TRUE(std::holds_alternative<InputFile>(input));
  const auto path = std::filesystem::temp_directory_path() / "loopscope_stopped.trace.jsonl";
  std::ofstream(path) << jsonl_of(100);
  const auto stopped = read_input(path.string(), [](std::size_t, std::size_t) { return false; });
  std::filesystem::remove(path);
  ASSERT_TRUE(std::holds_alternative<InputError>(stopped));
  EXPECT_THAT(std::get<InputError>(stopped).text, HasSubstr("was stopped"));
}

}  // namespace
}  // namespace loopscope::app
