#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "traces/loop_state.h"

/// Where each handle is: in its loop's heap or ready queue. Kept beside both by the
/// fold, so that nothing is ever searched for. A handle is at one place at a time; one
/// that is queued twice (I/O) is known by its last place.
namespace loopscope::traces {

void push_timer(LoopState& state, OneLoopState& loop, const HeapTimer& timer);
/// Takes the timer out wherever it is (CPython only takes the head); none when it is not in the heap.
std::optional<HeapTimer> take_timer(LoopState& state, OneLoopState& loop, HandleId handle);
/// Drops all cancelled timers and heapifies the rest in their order (S2).
void purge_cancelled_timers(LoopState& state, OneLoopState& loop);
/// The timer in the heap for writing, or null.
HeapTimer* edit_timer(LoopState& state, OneLoopState& loop, HandleId handle);
const HeapTimer* find_timer(const LoopState& state, const OneLoopState& loop, HandleId handle);

void push_ready(LoopState& state, OneLoopState& loop, const QueuedHandle& handle);
/// Takes `handle` from the ready queue. What stands before it is gone too: a queue gives
/// its head, so those left unseen. None when it is not queued; nothing is taken then.
std::optional<QueuedHandle> take_ready(LoopState& state, OneLoopState& loop, HandleId handle);
const QueuedHandle* find_ready(const LoopState& state, const OneLoopState& loop, HandleId handle);
/// The queued handle for writing, or null.
QueuedHandle* edit_ready(LoopState& state, OneLoopState& loop, HandleId handle);

/// Empties both (loop.closed, S19).
void drop_all(LoopState& state, OneLoopState& loop);

}  // namespace loopscope::traces
