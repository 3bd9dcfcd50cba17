#include "core/base/asyncio_source.h"

#include <algorithm>
#include <iterator>

namespace loopscope {
namespace {

#define ASYNCIO "/usr/lib/python3.11/asyncio/"
constexpr const char* kBase = ASYNCIO "base_events.py";
constexpr const char* kLocks = ASYNCIO "locks.py";
constexpr const char* kQueues = ASYNCIO "queues.py";
constexpr const char* kSelector = ASYNCIO "selector_events.py";
constexpr const char* kStreams = ASYNCIO "streams.py";
constexpr const char* kTasks = ASYNCIO "tasks.py";
constexpr const char* kThreads = ASYNCIO "threads.py";
#undef ASYNCIO

// The lines are those of Debian 12's CPython 3.11.2; tests/conformance/source_lines.py compares.
constexpr AsyncioCoroutine kCoroutines[] = {
    {"BaseEventLoop.create_connection", kBase, 987, 1069},
    {"BaseEventLoop.create_server", kBase, 1430, 1550},
    {"BaseEventLoop.shutdown_asyncgens", kBase, 539, 551},
    {"BaseEventLoop.shutdown_default_executor", kBase, 564, 573},
    {"BaseSelectorEventLoop.sock_accept", kSelector, 687, 700},
    {"BaseSelectorEventLoop.sock_connect", kSelector, 614, 634},
    {"BaseSelectorEventLoop.sock_recv", kSelector, 357, 377},
    {"BaseSelectorEventLoop.sock_sendall", kSelector, 519, 548},
    {"Server.serve_forever", kBase, 358, 373},
    {"Server.wait_closed", kBase, 379, 384},
    {"Barrier.wait", kLocks, 481, 497},
    {"Condition.wait", kLocks, 248, 267},
    {"Condition.wait_for", kLocks, 285, 294},
    {"Event.wait", kLocks, 200, 213},
    {"Lock.acquire", kLocks, 93, 114},
    {"Semaphore.acquire", kLocks, 364, 387},
    {"Queue.get", kQueues, 149, 158},
    {"Queue.join", kQueues, 206, 215},
    {"Queue.put", kQueues, 110, 120},
    {"StreamReader.read", kStreams, 648, 689},
    {"StreamReader.readexactly", kStreams, 698, 728},
    {"StreamReader.readline", kStreams, 526, 545},
    {"StreamReader.readuntil", kStreams, 557, 637},
    {"StreamWriter.drain", kStreams, 355, 378},
    {"StreamWriter.wait_closed", kStreams, 349, 350},
    {"open_connection", kStreams, 26, 48},
    {"start_server", kStreams, 54, 85},
    {"as_completed.<locals>._wait_for_one", kTasks, 600, 601},
    {"sleep", kTasks, 627, 639},
    {"wait", kTasks, 389, 418},
    {"wait_for", kTasks, 426, 466},
    {"to_thread", kThreads, 12, 25},
};

/// How asyncio shows the callback that a label stands for.
struct AsyncioCallback {
  std::string_view label, text;
};

#define AT(FILE, LINE) " at /usr/lib/python3.11/asyncio/" FILE ":" #LINE
constexpr AsyncioCallback kCallbacks[] = {
    {"_call_check_cancel", "_chain_future.<locals>._call_check_cancel()" AT("futures.py", 387)},
    {"_call_set_state", "_chain_future.<locals>._call_set_state()" AT("futures.py", 394)},
    {"_done_callback", "gather.<locals>._done_callback()" AT("tasks.py", 754)},
    {"_inner_done_callback", "shield.<locals>._inner_done_callback()" AT("tasks.py", 881)},
    {"_on_completion", "_wait.<locals>._on_completion()" AT("tasks.py", 509)},
    {"_on_task_done", "TaskGroup._on_task_done()"},
    {"_outer_done_callback", "shield.<locals>._outer_done_callback()" AT("tasks.py", 898)},
    {"_read_from_self", "BaseSelectorEventLoop._read_from_self()"},
    {"_run_until_complete_cb", "_run_until_complete_cb()" AT("base_events.py", 180)},
    {"_set_state", "_chain_future.<locals>._set_state()" AT("futures.py", 381)},
};
#undef AT

}  // namespace

const AsyncioCoroutine* find_asyncio_coroutine(std::string_view qualified_name) {
  const auto found =
      std::find_if(std::begin(kCoroutines), std::end(kCoroutines),
                   [&](const AsyncioCoroutine& coroutine) { return coroutine.name == qualified_name; });
  return found == std::end(kCoroutines) ? nullptr : found;
}

std::string callback_source_text(std::string_view label) {
  for (const AsyncioCallback& callback : kCallbacks)
    if (callback.label == label) return std::string(callback.text);
  return std::string(label) + (label.ends_with(')') ? "" : "()");
}

}  // namespace loopscope
