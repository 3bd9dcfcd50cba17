#include "traces/task_names.h"

#include <cctype>
#include <vector>

namespace loopscope::traces {
namespace {

constexpr std::size_t kTitle = 40, kBadge = 12, kBadgeWithArgument = 9;

bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

std::string_view last_component(std::string_view qualname) {
  const std::size_t dot = qualname.rfind('.');
  return dot == std::string_view::npos ? qualname : qualname.substr(dot + 1);
}

// asyncio.run's own tasks have names that are too long for a badge.
std::string_view short_coro(std::string_view coro) {
  if (coro == "shutdown_asyncgens") return "asyncgens";
  if (coro == "shutdown_default_executor") return "executor";
  return coro;
}

/// "fetch 0", or "numbered… 1": the argument tells tasks apart, so the coroutine gives way.
std::string with_argument(const std::string& coro, std::string_view argument, std::size_t most) {
  const std::string tail = " " + std::string(argument);
  constexpr std::size_t kLeast = 4;  // of the coroutine's name
  if (coro.size() + tail.size() <= most || tail.size() + kLeast > most) return coro + tail;
  return cut(coro, most - tail.size()) + tail;
}

std::vector<std::string> candidates(const TaskNamer::Task& task, bool for_badge) {
  const std::string name(task.name.empty() ? "Task-" + std::to_string(task.id.value)
                                           : std::string(task.name));
  if (task.named) return {name};
  std::vector<std::string> all;
  std::string coro(last_component(task.coro));
  if (for_badge) coro = std::string(short_coro(coro));
  // "<asyncio.locks.Lock object at 0x7f…>" says nothing to people; the argument behind it may.
  std::string_view args = task.args, first = first_argument(args);
  while (first.starts_with('<')) {
    const std::size_t past = static_cast<std::size_t>(first.data() - args.data()) + first.size();
    const std::size_t next = args.find_first_not_of(", ", past);
    if (next == std::string_view::npos) {
      first = {};
      break;
    }
    args.remove_prefix(next);
    first = first_argument(args);
  }
  if (!coro.empty() && !first.empty()) {
    if (first.size() > 2 && (first.front() == '\'' || first.front() == '"')) {
      first = first.substr(1, first.size() - (first.back() == first.front() ? 2 : 1));
      all.emplace_back(first);
    }
    all.push_back(with_argument(coro, first, for_badge ? kBadgeWithArgument : kTitle));
  } else if (!coro.empty()) {
    all.push_back(coro);
  }
  all.push_back(name);
  return all;
}

/// "request ha…12": a number at the end tells names apart, so what stands before it gives way.
std::string cut_before_number(std::string_view text, std::size_t most) {
  constexpr std::size_t kLeast = 4, kMostDigits = 6;
  const std::string shown = cut(text, most);
  std::size_t digits = 0;
  while (digits < text.size() &&
         std::isdigit(static_cast<unsigned char>(text[text.size() - digits - 1])) != 0)
    ++digits;
  if (shown.size() == text.size() || digits == 0 || digits > kMostDigits || most < digits + kLeast)
    return shown;
  return cut(text.substr(0, text.size() - digits), most - digits) +
         std::string(text.substr(text.size() - digits));
}

std::string choose(const std::vector<std::string>& all, std::size_t most, TaskId id,
                   std::unordered_set<std::string>& used) {
  for (const std::string& candidate : all)
    if (const std::string shown = cut_before_number(candidate, most); used.insert(shown).second) return shown;
  // Ids are unique, and so is what ends in one.
  const std::string tail = "·" + std::to_string(id.value);
  std::string shown = cut(all.front(), tail.size() < most ? most - (tail.size() - 1) : 1) + tail;
  while (!used.insert(shown).second) shown += "·";
  return shown;
}

}  // namespace

std::string cut(std::string_view text, std::size_t most) {
  std::size_t count = 0, keep = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!starts_character(text[i])) continue;
    if (count + 1 == most) keep = i;
    if (++count > most) return std::string(text.substr(0, keep)) + "…";
  }
  return std::string(text);
}

std::string_view first_argument(std::string_view args) {
  if (args.size() >= 2 && args.front() == '(' && args.back() == ')') args = args.substr(1, args.size() - 2);
  std::size_t begin = 0;
  while (begin < args.size() && (std::isalnum(static_cast<unsigned char>(args[begin])) || args[begin] == '_'))
    ++begin;
  if (begin > 0 && begin < args.size() && args[begin] == '=') args = args.substr(begin + 1);
  int depth = 0;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const char c = args[i];
    if (c == '\'' || c == '"') {
      for (++i; i < args.size() && args[i] != c; ++i)
        if (args[i] == '\\') ++i;
    } else if (c == '(' || c == '[' || c == '{') {
      ++depth;
    } else if (c == ')' || c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      return args.substr(0, i);
    }
  }
  return args;
}

TaskNamer::Names TaskNamer::name(const Task& task) {
  return {choose(candidates(task, false), kTitle, task.id, titles_),
          choose(candidates(task, true), kBadge, task.id, badges_)};
}

}  // namespace loopscope::traces
