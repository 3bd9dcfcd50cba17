#pragma once

#include <bit>

#include "core/trace/event.h"

/// Typed access to the fields of an event, for code that switches over kinds.
/// Which accessor is meaningful depends on `kind`; event_schema.cpp is the table.
namespace loopscope::field {

constexpr std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
constexpr std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

/// iteration.*: the iteration's number. gap: events dropped.
inline std::uint64_t n(const TraceEvent& e) { return e.subject; }
/// Every handle.*, timer.* and io.ready event.
inline HandleId handle(const TraceEvent& e) { return {low(e.subject)}; }
/// fd.watched only: the registration's handle.
inline HandleId watch_handle(const TraceEvent& e) { return {low(e.arg)}; }
/// timer.scheduled, timer.promoted: the deadline; select.begin: the timeout (NaN = for ever). Seconds.
inline double seconds(const TraceEvent& e) { return std::bit_cast<double>(e.arg); }
/// handle.queued and fd.watched keep their label above the aux byte ...
inline LabelId high_label(const TraceEvent& e) { return {e.aux >> 8}; }
/// ... the others (timer.scheduled, future.created, names, model, throws, pool, rule, peer) in all of aux.
inline LabelId label(const TraceEvent& e) { return {e.aux}; }
inline Cause cause(const TraceEvent& e) { return static_cast<Cause>(e.aux & 0xff); }
inline std::uint8_t mask(const TraceEvent& e) { return static_cast<std::uint8_t>(e.aux & 0xff); }
/// handle.queued: whose step it is / whose completion queued it.
inline TaskId queued_task(const TraceEvent& e) { return {high(e.arg)}; }
inline FutureId queued_by_future(const TraceEvent& e) { return {low(e.arg)}; }
inline TaskId queued_by_task(const TraceEvent& e) { return {high(e.subject)}; }
/// Every task.* event, loop.run, output, line and error.
inline TaskId task(const TraceEvent& e) { return {low(e.subject)}; }
/// task.suspended, output, line, error and warning: the listing line, 0 = none.
inline std::uint32_t line(const TraceEvent& e) { return high(e.subject); }
/// task.created.
inline TaskId parent(const TraceEvent& e) { return {high(e.subject)}; }
inline LabelId coro(const TraceEvent& e) { return {low(e.arg)}; }
inline std::uint32_t created_line(const TraceEvent& e) { return high(e.arg) & 0x7fffffffU; }
inline bool named(const TraceEvent& e) { return (e.arg >> 63) != 0; }
/// task.suspended.
inline WaitKind wait_kind(const TraceEvent& e) { return static_cast<WaitKind>(e.aux & 0xff); }
inline LabelId wait_label(const TraceEvent& e) { return {e.aux >> 8}; }
inline std::uint32_t wait_id(const TraceEvent& e) { return low(e.arg); }
inline StackId stack(const TraceEvent& e) { return {high(e.arg)}; }
/// task.done, future.done, job.end.
inline Outcome outcome(const TraceEvent& e) { return static_cast<Outcome>(e.arg); }
/// future.*.
inline FutureId future(const TraceEvent& e) { return {low(e.subject)}; }
/// job.*; job.queued also names its future.
inline JobId job(const TraceEvent& e) { return {low(e.subject)}; }
inline FutureId job_future(const TraceEvent& e) { return {high(e.subject)}; }
/// fd.* and net.*; io.ready keeps it in arg.
inline std::uint32_t fd(const TraceEvent& e) { return e.kind == EventKind::io_ready ? low(e.arg) : low(e.subject); }
/// select.end: fds reported; ready.begin: the snapshot; net.*: bytes.
inline std::uint64_t count(const TraceEvent& e) { return e.arg; }
/// timers.end.
inline std::uint32_t promoted(const TraceEvent& e) { return low(e.arg); }
inline std::uint32_t purged(const TraceEvent& e) { return high(e.arg); }
/// timer.purged: removed with all other cancelled timers (S2), not at the head (S3).
inline bool bulk(const TraceEvent& e) { return e.arg != 0; }
/// loop.created.
inline bool debug(const TraceEvent& e) { return e.arg != 0; }
inline RunHow how(const TraceEvent& e) { return static_cast<RunHow>(e.arg); }

}  // namespace loopscope::field
