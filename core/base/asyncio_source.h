#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/place.h"

/// Where CPython 3.11's asyncio has the functions that this core does the work of: reprs and
/// messages show their lines.
namespace loopscope {

/// A coroutine function of asyncio.
struct AsyncioCoroutine {
  std::string_view name;  ///< `__qualname__`
  const char* file;
  std::uint32_t first_line;
  std::uint32_t await_line;  ///< where it stands while it waits
};

/// asyncio's coroutine function called `qualified_name`, or null.
const AsyncioCoroutine* find_asyncio_coroutine(std::string_view qualified_name);

/// Where asyncio makes futures and tasks, as debug mode shows it ("created at").
namespace made_at {
inline constexpr const char* kCreateFuture = "/usr/lib/python3.11/asyncio/base_events.py:427";
inline constexpr const char* kGather = "/usr/lib/python3.11/asyncio/tasks.py:699";
inline constexpr const char* kCreateTask = "/usr/lib/python3.11/asyncio/tasks.py:374";
inline constexpr const char* kEnsureFuture = "/usr/lib/python3.11/asyncio/tasks.py:670";
inline constexpr const char* kRunner = "/usr/lib/python3.11/asyncio/runners.py:100";
inline constexpr const char* kAddReader = "/usr/lib/python3.11/asyncio/selector_events.py:263";
inline constexpr const char* kAddWriter = "/usr/lib/python3.11/asyncio/selector_events.py:300";
inline constexpr const char* kAddSignalHandler = "/usr/lib/python3.11/asyncio/unix_events.py:109";
inline constexpr const char* kTaskGroup = "/usr/lib/python3.11/asyncio/taskgroups.py:145";
}  // namespace made_at

/// "gather.<locals>._done_callback() at FILE:754" for the callback that traces label
/// "_done_callback"; "LABEL()" for one that is not asyncio's.
std::string callback_source_text(std::string_view label);

}  // namespace loopscope
