#pragma once

#include <cstddef>
#include <utility>
#include <vector>

/// CPython's heapq, element for element: it is not stable, and the order in which equal
/// elements leave is part of asyncio's behaviour (S11). `less(a, b)` is `a < b`.
/// `Array` is any vector-like type with operator[], size, back, push_back, pop_back.
namespace loopscope::heapq {

template <class Array, class Less>
void sift_down(Array& heap, std::size_t start, std::size_t pos, Less less) {
  auto item = std::move(heap[pos]);
  while (pos > start) {
    const std::size_t parent = (pos - 1) / 2;
    if (!less(item, heap[parent])) break;
    heap[pos] = std::move(heap[parent]);
    pos = parent;
  }
  heap[pos] = std::move(item);
}

template <class Array, class Less>
void sift_up(Array& heap, std::size_t pos, Less less) {
  const std::size_t end = heap.size(), start = pos;
  auto item = std::move(heap[pos]);
  for (std::size_t child = 2 * pos + 1; child < end; child = 2 * pos + 1) {
    const std::size_t right = child + 1;
    if (right < end && !less(heap[child], heap[right])) child = right;
    heap[pos] = std::move(heap[child]);
    pos = child;
  }
  heap[pos] = std::move(item);
  sift_down(heap, start, pos, less);
}

template <class Array, class Item, class Less>
void push(Array& heap, Item item, Less less) {
  heap.push_back(std::move(item));
  sift_down(heap, 0, heap.size() - 1, less);
}

/// Removes and returns the smallest element. `heap` must not be empty.
template <class Array, class Less>
auto pop(Array& heap, Less less) {
  auto last = std::move(heap.back());
  heap.pop_back();
  if (heap.size() == 0) return last;
  std::swap(last, heap[0]);
  sift_up(heap, 0, less);
  return last;
}

template <class Array, class Less>
void heapify(Array& heap, Less less) {
  for (std::size_t i = heap.size() / 2; i-- > 0;) sift_up(heap, i, less);
}

}  // namespace loopscope::heapq
