#include "traces/formats/lesson_reader.h"

#include "traces/formats/json_cursor.h"

namespace loopscope::traces {
namespace {

using json::Cursor;

/// A string; anything else is passed over.
bool take_text(Cursor& c, std::string& text) {
  if (c.peek() != '"') return c.skip();
  std::string_view value;
  if (!c.string(value)) return false;
  text = value;
  return true;
}

bool take_texts(Cursor& c, std::vector<std::string>& texts) {
  if (c.peek() != '[') return c.skip();
  if (!c.begin_array()) return false;
  while (c.next_element())
    if (!take_text(c, texts.emplace_back())) return false;
  return !c.failed();
}

bool take_number(Cursor& c, std::size_t& number) {
  const char first = c.peek();
  if (first < '0' || first > '9') return c.skip();
  double value = 0;
  if (!c.number(value)) return false;
  constexpr double kMost = 1000;  // more choices than any question has
  if (value >= 1 && value <= kMost) number = static_cast<std::size_t>(value);
  return true;
}

bool take_step(Cursor& c, std::vector<LessonStep>& steps) {
  if (c.peek() != '{') return c.skip();
  if (!c.begin_object()) return false;
  LessonStep step;
  std::string_view key;
  while (c.next_key(key)) {
    const bool read = key == "at"        ? take_text(c, step.at)
                      : key == "say"     ? take_text(c, step.say)
                      : key == "ask"     ? take_text(c, step.ask)
                      : key == "choices" ? take_texts(c, step.choices)
                      : key == "answer"  ? take_number(c, step.answer)
                                         : c.skip();
    if (!read) return false;
  }
  if (c.failed()) return false;
  if (step.answer > step.choices.size()) step.answer = 0;
  if (!step.at.empty()) steps.push_back(std::move(step));
  return true;
}

}  // namespace

std::vector<LessonStep> read_lesson(const TraceHeader& header) {
  std::vector<LessonStep> steps;
  Cursor c(header.scenario_json);
  if (c.peek() != '{' || !c.begin_object()) return {};
  std::string_view key;
  while (c.next_key(key)) {
    if (key != "lesson" || c.peek() != '[') {
      if (!c.skip()) return {};
      continue;
    }
    if (!c.begin_array()) return {};
    while (c.next_element())
      if (!take_step(c, steps)) return {};
  }
  if (c.failed()) return {};
  return steps;
}

std::string read_about(const TraceHeader& header) {
  std::string about;
  Cursor c(header.scenario_json);
  if (c.peek() != '{' || !c.begin_object()) return {};
  std::string_view key;
  while (c.next_key(key))
    if (!(key == "about" ? take_text(c, about) : c.skip())) return {};
  return c.failed() ? std::string() : about;
}

}  // namespace loopscope::traces
