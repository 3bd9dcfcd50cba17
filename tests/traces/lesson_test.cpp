#include <gtest/gtest.h>

#include "traces/formats/jsonl.h"
#include "traces/formats/lesson_reader.h"

namespace loopscope::traces {
namespace {

TraceHeader header_with(std::string scenario) {
  TraceHeader header;
  header.scenario_json = std::move(scenario);
  return header;
}

std::string written(const TraceHeader& header) {
  std::string text;
  EXPECT_TRUE(write_jsonl(TraceStore(header), [&](std::string_view part) {
    text += part;
    return true;
  }));
  return text;
}

TEST(Lesson, Travels_in_the_header_of_a_trace_and_comes_back_whole) {
  const TraceHeader header = header_with(
      R"j({"loopscope":1,"program":[],"lesson":[{"at":"output 'it’s \"x\"' #2","say":"Soon\nA `timer`."},)j"
      R"j({"at":"end","ask":"?","choices":["a","b"],"answer":2}]})j");
  const std::string file = written(header);
  const auto read = read_jsonl(file);
  ASSERT_TRUE(std::holds_alternative<ReadTrace>(read));
  const TraceHeader& again = std::get<ReadTrace>(read).store->header();
  EXPECT_EQ(written(again), file);
  const auto lesson = read_lesson(again);
  ASSERT_EQ(lesson.size(), 2U);
  EXPECT_EQ(lesson[0].at, "output 'it’s \"x\"' #2");
  EXPECT_EQ(lesson[0].say, "Soon\nA `timer`.");
  EXPECT_EQ(lesson[0].answer, 0U);
  EXPECT_EQ(lesson[1].ask, "?");
  EXPECT_EQ(lesson[1].choices, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(lesson[1].answer, 2U);
}

TEST(Lesson, Leaves_out_what_it_does_not_know) {
  const auto lesson = read_lesson(header_with(
      R"({"title":[1,{"lesson":[]}],"lesson":[7,{"at":3,"say":"lost"},{"later":{"a":[null]},"at":"end","say":null,)"
      R"("choices":["a",5],"answer":99}]})"));
  ASSERT_EQ(lesson.size(), 1U);
  EXPECT_EQ(lesson[0].at, "end");
  EXPECT_EQ(lesson[0].say, "");
  EXPECT_EQ(lesson[0].choices, (std::vector<std::string>{"a", ""}));
  EXPECT_EQ(lesson[0].answer, 0U);
}

TEST(Lesson, Comes_with_what_the_scenario_says_about_itself) {
  TraceHeader header;
  header.scenario_json = R"({"title":"t","about":"Two \u201ctasks\u201d.\n\nMore.","program":[]})";
  EXPECT_EQ(read_about(header), "Two “tasks”.\n\nMore.");
  header.scenario_json = R"({"about":7})";
  EXPECT_EQ(read_about(header), "");
  header.scenario_json = R"({"about":"cut)";
  EXPECT_EQ(read_about(header), "");
}

TEST(Lesson, Is_empty_where_there_is_none_or_the_header_is_broken) {
  for (const char* scenario : {"", "null", "[]", "{}", R"({"lesson":{}})", R"({"lesson":[{"at":"end"}]",
                               R"({"lesson":[{"at":"end")",
                               R"({"lesson":[{"at":"end"},]})"})
    EXPECT_TRUE(read_lesson(header_with(scenario)).empty()) << scenario;
}

}  // namespace
}  // namespace loopscope::traces
