// Sentences about tasks, futures, the world outside and the program's own doings.
#include <fmt/format.h>

#include "traces/narration_scene.h"
#include "traces/program_end.h"

namespace loopscope::traces {
namespace {

std::string call_of(const Scene& s, const TaskState& task) {
  std::string_view args = task.args;
  if (args.starts_with('(') && args.ends_with(')')) args = args.substr(1, args.size() - 2);
  const std::string coro = s.label(task.coro);
  return excerpt(fmt::format("{}({})", coro.empty() ? "a coroutine" : coro, args));
}

std::string created(const Scene& s) {
  const TaskState* task = s.after.task(field::task(s.e));
  if (task == nullptr) return "A task is created.";
  const std::string name = s.task(task->id);
  const std::string who = task->parent ? s.task(task->parent) : s.actor();
  return fmt::format("{} makes task {} from {}. None of its code runs yet.", capital(who), name,
                     call_of(s, *task));
}

std::string stepped(const Scene& s) {
  const TaskId id = field::task(s.e);
  const TaskState* task = s.before.task(id);
  const std::string name = capital(s.task(id));
  const std::string throws = s.label(field::label(s.e));
  if (!throws.empty()) {
    if (task && task->steps == 0)
      return fmt::format("{} is thrown into {} before its first line: its code never runs.", throws,
                         s.task(id));
    return fmt::format("{} wakes up, and {} is thrown into it{}.", name, throws,
                       s.at_line(task ? task->line : 0));
  }
  if (task == nullptr || task->steps == 0)
    return fmt::format("{} starts: its code runs until it waits or ends.", name);
  if (task->line == 0) return fmt::format("{} resumes: its code runs until it waits or ends.", name);
  return fmt::format("{} resumes{}: its code runs until it waits or ends.", name, s.at_line(task->line));
}

std::string suspended(const Scene& s) {
  const TaskId id = field::task(s.e);
  const TaskState* task = s.after.task(id);
  const std::string name = capital(s.task(id));
  const std::string line = s.at_line(field::line(s.e));
  const std::string waits = task ? waits_for(s.store, s.after, *task) : "for something";
  switch (field::wait_kind(s.e)) {
    case WaitKind::yield:
      return fmt::format("{} gives up its turn{}. Its next step goes to the end of the ready queue.", name,
                         line);
    case WaitKind::sleep:
      if (!task) return fmt::format("{} sleeps{}.", name, line);
      return fmt::format("{} sleeps{} until {}. The loop is free for others.", name, line,
                         s.seconds(task->wake_at));
    case WaitKind::task:
      return fmt::format("{} waits{} {}. That task’s end will queue it again.", name, line, waits);
    case WaitKind::gather:
      return fmt::format("{} waits{} for gather. It resumes when gather’s tasks are done.", name, line);
    case WaitKind::executor:
      return fmt::format("{} waits{} for job {} on another thread. The loop is free for others.", name, line,
                         field::wait_id(s.e));
    case WaitKind::io:
      return fmt::format("{} waits{} for fd {}. select will watch it.", name, line, field::wait_id(s.e));
    default:
      return fmt::format("{} waits{} {}. The loop is free for others.", name, line, waits);
  }
}

std::string cancel(const Scene& s) {
  const TaskId id = field::task(s.e);
  const QueuedHandle* by = s.running();
  const std::string who = by && by->task == id ? s.task(id) + " cancels itself"
                                               : fmt::format("{} cancels {}", s.actor(), s.task(id));
  return fmt::format("{}. It does not stop now: CancelledError is thrown into it at its next step.",
                     capital(who));
}

std::string sentence(const std::string& words) { return words.empty() ? "" : fmt::format(" {}.", words); }

std::string done(const Scene& s) {
  const TaskId id = field::task(s.e);
  const std::string name = capital(s.task(id));
  const std::string value = excerpt(s.text(TextField::value));
  const std::string next = sentence(s.who_was_queued(id, {}));
  switch (field::outcome(s.e)) {
    case Outcome::returned:
      if (value.empty() || value == "None") return fmt::format("{} is done.{}", name, next);
      return fmt::format("{} returns {} and is done.{}", name, value, next);
    case Outcome::raised:
      return fmt::format("{} fails with {}.{}", name, value.empty() ? "an exception" : value, next);
    default:
      return fmt::format("{} ends as cancelled.{}", name, next);
  }
}

std::string future_words(const Scene& s, FutureId id) {
  const FutureState* future = s.after.future(id);
  const std::string label = future ? s.label(future->label) : "";
  if (label.empty() || label == "Future") return fmt::format("future {}", id.value);
  return fmt::format("the future of {}", label);
}

std::string future_created(const Scene& s) {
  const FutureId id = field::future(s.e);
  const std::string label = s.label(field::label(s.e));
  const std::string who = capital(s.actor());
  if (label.starts_with("sleep"))
    return fmt::format("{}’s {} makes a future; {} will wait for it.", who, label, s.actor());
  if (label.empty() || label == "Future")
    return fmt::format("{} makes future {}: a result that will be there later.", who, id.value);
  return fmt::format("{} makes a future for {}: it is done when that is.", who, label);
}

std::string future_done(const Scene& s) {
  const std::string name = capital(future_words(s, field::future(s.e)));
  const std::string value = excerpt(s.text(TextField::value));
  const std::string next = sentence(s.who_was_queued({}, field::future(s.e)));
  switch (field::outcome(s.e)) {
    case Outcome::returned:
      if (value.empty() || value == "None") return fmt::format("{} is done.{}", name, next);
      return fmt::format("{} is done with {}.{}", name, value, next);
    case Outcome::raised:
      return fmt::format("{} fails with {}.{}", name, value.empty() ? "an exception" : value, next);
    default:
      return fmt::format("{} is cancelled.{}", name, next);
  }
}

std::string mask_words(std::uint8_t mask) {
  return mask == kReadable ? "reading" : mask == kWritable ? "writing" : "reading and writing";
}

std::string fd_watched(const Scene& s) {
  const std::string name = callback_name(s.store.label(field::high_label(s.e)));
  if (name == "the self-pipe’s reader")
    return fmt::format(
        "The selector watches fd {}, the loop’s self-pipe: other threads and signals wake it there.",
        field::fd(s.e));
  return fmt::format("The selector watches fd {} for {} from now on; {} runs when it is ready.",
                     field::fd(s.e), mask_words(field::mask(s.e)), name);
}

std::string network(const Scene& s) {
  const std::string text = excerpt(s.text(TextField::text));
  const std::string quoted = text.empty() ? "" : fmt::format(": “{}”", text);
  if (s.e.kind == EventKind::net_sent)
    return fmt::format("{} sends {} on fd {}{}.", capital(s.actor()), count(field::count(s.e), "byte"),
                       field::fd(s.e), quoted);
  if (s.e.kind == EventKind::net_received && field::count(s.e) == 0)
    return fmt::format("{} finds the end of the stream on fd {}.", capital(s.actor()), field::fd(s.e));
  if (s.e.kind == EventKind::net_received)
    return fmt::format("{} receives {} on fd {}{}.", capital(s.actor()), count(field::count(s.e), "byte"),
                       field::fd(s.e), quoted);
  const std::string peer = s.label(field::label(s.e));
  const std::string who = peer.empty() ? "The peer" : capital(peer);
  switch (static_cast<PeerWhat>(s.e.arg)) {
    case PeerWhat::connected:
      return who + " connects.";
    case PeerWhat::refused:
      return who + " is refused.";
    case PeerWhat::received:
      return fmt::format("{} receives{}.", who, quoted.empty() ? " data" : quoted);
    case PeerWhat::closed:
      return who + " sees the connection closed.";
    default:
      return who + " sees the connection reset.";
  }
}

std::string jobs(const Scene& s) {
  const JobId id = field::job(s.e);
  const JobState* job = s.after.job(id);
  const std::string label = job ? s.label(job->label) : "";
  const std::string name =
      label.empty() ? fmt::format("Job {}", id.value) : fmt::format("Job {}, {},", id.value, label);
  switch (s.e.kind) {
    case EventKind::job_queued: {
      const std::string pool = job ? s.label(job->pool) : "";
      return fmt::format("{} joins the queue of {}.", name, pool.empty() ? "the executor" : pool);
    }
    case EventKind::job_begin:
      return fmt::format("{} begins on {}, beside the loop.", name, s.thread());
    default:
      return fmt::format("{} ends on {}. The loop learns of it in a later iteration.", name, s.thread());
  }
}

std::string line_text(const Scene& s, std::uint32_t line) {
  const auto& listing = s.store.header().listing;
  if (line == 0 || line > listing.size()) return "";
  const std::string& text = listing[line - 1];
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string::npos ? "" : excerpt(std::string_view(text).substr(begin));
}

std::string subject(const Scene& s, TaskId task) { return task ? capital(s.task(task)) : capital(s.actor()); }

std::string line(const Scene& s) {
  const std::uint32_t number = field::line(s.e);
  const std::string text = line_text(s, number);
  return fmt::format("{} runs line {}{}", subject(s, field::task(s.e)), number,
                     text.empty() ? "." : ": " + text);
}

std::string printed(const Scene& s) {
  const std::string text = excerpt(s.text(TextField::text));
  if (text.empty()) return subject(s, field::task(s.e)) + " prints an empty line.";
  return fmt::format("{} prints “{}”.", subject(s, field::task(s.e)), text);
}

// Ends in a full stop, whatever the text ends in.
std::string full_stop(std::string text) {
  if (text.empty() || std::string_view(".!?").find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string found(const Scene& s) {
  const std::string text = excerpt(s.text(TextField::text));
  const std::string rule = s.label(field::label(s.e));
  if (text.empty()) return fmt::format("The loop warns: {}.", rule.empty() ? "no reason is given" : rule);
  return full_stop(fmt::format("The loop warns: {}", text));
}

constexpr std::size_t kMostOfAnError = 1000;  // whole, as a deadlock's words tell who waits for whom

std::string uncaught(const Scene& s) {
  const std::string text = excerpt(s.text(TextField::text), kMostOfAnError);
  if (is_deadlock(s.store, s.i)) return full_stop("Nothing can run any more: " + text);
  return text.empty() ? "Nobody catches an exception."
                      : full_stop(fmt::format("Nobody catches this: {}", text));
}

/// "The main thread ends, and the program with it.", or what ended the program.
std::string main_thread_ended(const Scene& s) {
  constexpr std::string_view kWell = "The main thread ends, and the program with it.";
  const std::optional<EventIndex> error = error_that_ended(s.store, s.before);
  if (!error) return std::string(kWell);
  const auto text = s.store.text(*error, TextField::text);
  const std::string said = excerpt(std::string(text.value_or("")), kMostOfAnError);
  return said.empty() ? "The program ends with an exception." : full_stop("The program ends: " + said);
}

std::string named(std::string text) { return text.empty() ? "?" : text; }

}  // namespace

std::string tell_tasks(const Scene& s) {
  switch (s.e.kind) {
    case EventKind::task_created:
      return created(s);
    case EventKind::task_renamed:
      return fmt::format("Task {} is called {} from now on.", field::task(s.e).value,
                         named(s.label(field::label(s.e))));
    case EventKind::task_step:
      return stepped(s);
    case EventKind::task_suspended:
      return suspended(s);
    case EventKind::task_cancel:
      return cancel(s);
    default:
      return done(s);
  }
}

std::string tell_futures(const Scene& s) {
  return s.e.kind == EventKind::future_created ? future_created(s) : future_done(s);
}

std::string tell_outside(const Scene& s) {
  switch (s.e.kind) {
    case EventKind::fd_watched:
      return fd_watched(s);
    case EventKind::fd_unwatched:
      return fmt::format("The selector no longer watches fd {} for {}.", field::fd(s.e),
                         mask_words(field::mask(s.e)));
    case EventKind::net_sent:
    case EventKind::net_received:
    case EventKind::net_peer:
      return network(s);
    case EventKind::thread_started:
      return s.e.thread == kMainThread.value
                 ? "The program starts on its main thread."
                 : fmt::format("{} starts, beside the others.", capital(s.thread()));
    case EventKind::thread_ended:
      return s.e.thread == kMainThread.value ? main_thread_ended(s) : capital(s.thread()) + " ends.";
    case EventKind::signal:
      return fmt::format("The signal {} arrives.", named(s.label(field::label(s.e))));
    case EventKind::world:
      return fmt::format("Outside the program: {}.", named(excerpt(s.text(TextField::text))));
    default:
      return jobs(s);
  }
}

std::string tell_program(const Scene& s) {
  switch (s.e.kind) {
    case EventKind::output:
      return printed(s);
    case EventKind::line:
      return line(s);
    case EventKind::error:
      return uncaught(s);
    case EventKind::warning:
      return found(s);
    default:
      return fmt::format("{} were lost here. What the loop did meanwhile is unknown.",
                         capital(count(field::n(s.e), "event")));
  }
}

}  // namespace loopscope::traces
