#include "traces/lesson/inquiry.h"

#include <algorithm>
#include <cctype>

#include "core/trace/event_reader.h"
#include "traces/lesson/choices.h"
#include "traces/lesson/things.h"
#include "traces/names.h"
#include "traces/narration.h"
#include "traces/task_names.h"

namespace loopscope::traces {

Inquiry::Inquiry(const TraceStore& store, EventIndex at, const LessonStep& step)
    : store(store), at(at), step(step), ask(lower(step.ask)) {}

std::vector<std::string> Inquiry::subjects(std::string_view text) const {
  constexpr std::size_t kMost = 40;
  std::vector<std::string> names = quoted_parts(text);
  const std::string small = lower(text);
  if (const std::size_t line = small.find("line "); line != std::string::npos) {
    const std::size_t end = std::min(small.find_first_not_of("0123456789", line + 5), small.size());
    if (end > line + 5) names.emplace_back(text.substr(line, end - line));
  }
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-') {
      word += c;
      continue;
    }
    if (!word.empty() && names.size() < kMost) names.push_back(word);
    word.clear();
  }
  return names;
}

std::vector<std::string> Inquiry::names_of(TaskId id) const {
  const LoopState last = store.state_at(store.size() - 1);
  const TaskState* task = last.task(id);
  if (!task) return {""};
  return {std::string(store.label(task->name)), task_title(store, *task), task_badge(store, last, id),
          std::string(store.label(task->coro))};
}

TaskId Inquiry::task_in(std::string_view text) const {
  const std::vector<std::string> words = subjects(text);
  // A coroutine may be called `task`: names that are a task's own come first.
  for (const std::size_t of_task : {1U, 0U})
    for (const std::string& word : words)
      for (const TaskId id : store.tasks()) {
        const std::vector<std::string> names = names_of(id);
        if (std::find(names.begin(), names.end() - static_cast<std::ptrdiff_t>(of_task), word) !=
            names.end() - static_cast<std::ptrdiff_t>(of_task))
          return id;
      }
  return {};
}

double Inquiry::seconds_at(EventIndex event) const {
  return static_cast<double>(store.event(event).ts) / 1e9;
}

}  // namespace loopscope::traces
