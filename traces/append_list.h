#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <utility>

namespace loopscope::traces {

/// A list that only grows and whose elements never move: one thread appends, any
/// number read elements below size() without locks. `First` (a power of two) is the
/// number of elements that the first of its doubling segments holds; 2^`MaxBits` are the most.
template <class T, std::size_t First = 64, std::size_t MaxBits = 36>
class AppendList {
  static_assert(std::has_single_bit(First));

 public:
  AppendList() = default;
  AppendList(const AppendList&) = delete;
  AppendList& operator=(const AppendList&) = delete;
  ~AppendList() {
    for (std::size_t i = size_.load(std::memory_order_relaxed); i-- > 0;) (*this)[i].~T();
    for (std::size_t s = 0; s < kSegments; ++s)
      if (T* segment = segments_[s].load(std::memory_order_relaxed)) ::operator delete(segment, align());
  }

  std::size_t size() const { return size_.load(std::memory_order_acquire); }
  bool empty() const { return size() == 0; }

  const T& operator[](std::size_t i) const { return *at(i); }
  /// The writer's access; only what T makes safe (atomics) may change after publication.
  T& operator[](std::size_t i) { return *at(i); }
  const T& back() const { return *at(size() - 1); }

  /// Writer only.
  template <class... Args>
  T& emplace_back(Args&&... args) {
    const std::size_t i = size_.load(std::memory_order_relaxed);
    const auto [s, offset] = place(i);
    T* segment = segments_[s].load(std::memory_order_relaxed);
    if (segment == nullptr) {
      segment = static_cast<T*>(::operator new(sizeof(T) * (First << s), align()));
      segments_[s].store(segment, std::memory_order_release);
    }
    T* made = new (segment + offset) T{std::forward<Args>(args)...};
    size_.store(i + 1, std::memory_order_release);
    return *made;
  }

  /// The first index below `n` whose element does not satisfy `before` (elements that do come first).
  template <class Before>
  std::size_t partition_point(std::size_t n, Before before) const {
    std::size_t low = 0;
    while (low < n) {
      const std::size_t middle = low + (n - low) / 2;
      if (before((*this)[middle]))
        low = middle + 1;
      else
        n = middle;
    }
    return low;
  }

 private:
  static constexpr std::size_t kFirstBits = std::bit_width(First) - 1;
  static constexpr std::size_t kSegments = MaxBits - kFirstBits;
  static constexpr std::align_val_t align() { return std::align_val_t{alignof(T)}; }

  static std::pair<std::size_t, std::size_t> place(std::size_t i) {
    const std::size_t s = static_cast<std::size_t>(std::bit_width(i + First)) - 1 - kFirstBits;
    if (s >= kSegments) std::abort();  // more than 2^MaxBits elements
    return {s, i + First - (First << s)};
  }
  T* at(std::size_t i) const {
    const auto [s, offset] = place(i);
    return segments_[s].load(std::memory_order_acquire) + offset;
  }

  std::array<std::atomic<T*>, kSegments> segments_{};
  std::atomic<std::size_t> size_{0};
};

}  // namespace loopscope::traces
