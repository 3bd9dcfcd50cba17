#include "traces/handle_places.h"

#include <vector>

namespace loopscope::traces {
namespace {

// A place is 0 (nowhere), or an index + 1 with the top bit telling the ready queue from
// the heap. In the ready queue it is a running number, which compaction does not change.
constexpr std::uint32_t kInReady = 0x80000000U, kMask = 0x7fffffffU;
// Handles beyond are not tracked: no producer reaches them, and a hostile file could
// make the table itself large.
constexpr std::uint32_t kMostHandles = 1U << 26;

std::uint32_t place_of(const LoopState& s, HandleId handle) {
  return handle && handle.value <= s.places.size() ? s.places[handle.value - 1] : 0;
}

void set_place(LoopState& s, HandleId handle, std::uint32_t place) {
  if (!handle || handle.value > kMostHandles) return;
  if (handle.value > s.places.size()) {
    if (place == 0) return;
    s.places.resize(handle.value);
  }
  s.places.edit(handle.value - 1) = place;
}

std::optional<std::size_t> heap_index(const LoopState& s, const OneLoopState& loop, HandleId handle) {
  const std::uint32_t place = place_of(s, handle);
  if (place == 0 || (place & kInReady) != 0) return std::nullopt;
  const std::size_t i = place - 1;
  return i < loop.heap.size() && loop.heap[i].handle == handle ? std::optional(i) : std::nullopt;
}

std::optional<std::size_t> ready_index(const LoopState& s, const OneLoopState& loop, HandleId handle) {
  // The head first: it is what leaves, and for a handle queued twice the table knows the other.
  if (loop.ready_count() != 0 && loop.ready[loop.ready_head].handle == handle) return loop.ready_head;
  const std::uint32_t place = place_of(s, handle);
  if ((place & kInReady) == 0) return std::nullopt;
  const std::size_t i = ((place & kMask) - loop.ready_dropped) & kMask;
  return i >= loop.ready_head && i < loop.ready.size() && loop.ready[i].handle == handle ? std::optional(i)
                                                                                         : std::nullopt;
}

// heapq.h's algorithms over a SharedVector: an element is written only where it lands.
void put(LoopState& s, OneLoopState& loop, std::size_t i, const HeapTimer& timer) {
  loop.heap.edit(i) = timer;
  set_place(s, timer.handle, static_cast<std::uint32_t>(i + 1) & kMask);
}

void sift_down(LoopState& s, OneLoopState& loop, std::size_t start, std::size_t pos, const HeapTimer& item) {
  while (pos > start) {
    const std::size_t parent = (pos - 1) / 2;
    if (!(item.when < loop.heap[parent].when)) break;
    put(s, loop, pos, HeapTimer(loop.heap[parent]));
    pos = parent;
  }
  put(s, loop, pos, item);
}

void sift_up(LoopState& s, OneLoopState& loop, std::size_t pos, const HeapTimer& item) {
  const std::size_t end = loop.heap.size(), start = pos;
  for (std::size_t child = 2 * pos + 1; child < end; child = 2 * pos + 1) {
    const std::size_t right = child + 1;
    if (right < end && !(loop.heap[child].when < loop.heap[right].when)) child = right;
    put(s, loop, pos, HeapTimer(loop.heap[child]));
    pos = child;
  }
  sift_down(s, loop, start, pos, item);
}

// Keeps the queue from growing for ever when it is never empty.
void compact(OneLoopState& loop) {
  if (loop.ready_head == loop.ready.size()) {
    loop.ready_dropped += loop.ready_head;
    loop.ready.clear();
    loop.ready_head = 0;
    return;
  }
  const std::size_t dropped = loop.ready.drop_front(loop.ready_head);
  loop.ready_dropped += dropped;
  loop.ready_head -= dropped;
}

}  // namespace

void push_timer(LoopState& s, OneLoopState& loop, const HeapTimer& timer) {
  loop.heap.push_back(timer);
  sift_down(s, loop, 0, loop.heap.size() - 1, timer);
  if (timer.cancelled) ++loop.cancelled_timers;
}

std::optional<HeapTimer> take_timer(LoopState& s, OneLoopState& loop, HandleId handle) {
  const auto found = heap_index(s, loop, handle);
  if (!found) return std::nullopt;
  const HeapTimer taken = loop.heap[*found];
  const HeapTimer last = loop.heap.back();
  loop.heap.pop_back();
  set_place(s, handle, 0);
  if (*found < loop.heap.size()) {
    sift_up(s, loop, *found, last);
    // Only a timer that was not at the head can now be too low.
    if (*found > 0)
      if (const auto at = heap_index(s, loop, last.handle)) sift_down(s, loop, 0, *at, last);
  }
  if (taken.cancelled && loop.cancelled_timers > 0) --loop.cancelled_timers;
  return taken;
}

void purge_cancelled_timers(LoopState& s, OneLoopState& loop) {
  if (loop.cancelled_timers == 0) return;
  SharedVector<HeapTimer> rest;
  for (std::size_t i = 0; i < loop.heap.size(); ++i) {
    const HeapTimer& timer = loop.heap[i];
    if (timer.cancelled)
      set_place(s, timer.handle, 0);
    else
      rest.push_back(timer);
  }
  loop.heap = std::move(rest);
  loop.cancelled_timers = 0;
  for (std::size_t i = 0; i < loop.heap.size(); ++i)
    set_place(s, loop.heap[i].handle, static_cast<std::uint32_t>(i + 1) & kMask);
  for (std::size_t i = loop.heap.size() / 2; i-- > 0;) sift_up(s, loop, i, HeapTimer(loop.heap[i]));
}

HeapTimer* edit_timer(LoopState& s, OneLoopState& loop, HandleId handle) {
  const auto found = heap_index(s, loop, handle);
  return found ? &loop.heap.edit(*found) : nullptr;
}

const HeapTimer* find_timer(const LoopState& s, const OneLoopState& loop, HandleId handle) {
  const auto found = heap_index(s, loop, handle);
  return found ? &loop.heap[*found] : nullptr;
}

void push_ready(LoopState& s, OneLoopState& loop, const QueuedHandle& handle) {
  const std::uint64_t number = loop.ready_dropped + loop.ready.size();
  loop.ready.push_back(handle);
  set_place(s, handle.handle, (static_cast<std::uint32_t>(number) & kMask) | kInReady);
}

std::optional<QueuedHandle> take_ready(LoopState& s, OneLoopState& loop, HandleId handle) {
  const auto found = ready_index(s, loop, handle);
  if (!found) return std::nullopt;
  const QueuedHandle taken = loop.ready[*found];
  const std::uint32_t place = (static_cast<std::uint32_t>(loop.ready_dropped + *found) & kMask) | kInReady;
  if (place_of(s, handle) == place) set_place(s, handle, 0);
  loop.ready_head = *found + 1;
  compact(loop);
  return taken;
}

const QueuedHandle* find_ready(const LoopState& s, const OneLoopState& loop, HandleId handle) {
  const auto found = ready_index(s, loop, handle);
  return found ? &loop.ready[*found] : nullptr;
}

QueuedHandle* edit_ready(LoopState& s, OneLoopState& loop, HandleId handle) {
  const auto found = ready_index(s, loop, handle);
  return found ? &loop.ready.edit(*found) : nullptr;
}

void drop_all(LoopState& s, OneLoopState& loop) {
  for (std::size_t i = 0; i < loop.heap.size(); ++i) set_place(s, loop.heap[i].handle, 0);
  loop.heap.clear();
  loop.cancelled_timers = 0;
  loop.ready_dropped += loop.ready.size();
  loop.ready.clear();
  loop.ready_head = 0;
}

}  // namespace loopscope::traces
