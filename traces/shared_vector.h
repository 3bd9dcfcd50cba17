#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

#include "traces/cow_ptr.h"

namespace loopscope::traces {

/// A vector whose copies share blocks until one of them changes. Copying costs
/// O(size / 4096), changing one element at most one block. Elements that were never
/// written (after `resize`) read as T{} and take no memory.
template <class T>
class SharedVector {
 public:
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  const T& operator[](std::size_t i) const {
    assert(i < size_);
    const auto& group = groups_[i / kGroup];
    if (!group) return blank();
    const auto& block = (*group)[i % kGroup / kBlock];
    return block ? (*block)[i % kBlock] : blank();
  }
  const T& back() const { return (*this)[size_ - 1]; }

  /// Element `i` for writing; unshares its block.
  T& edit(std::size_t i) {
    assert(i < size_);
    return groups_[i / kGroup].own(made_)[i % kGroup / kBlock].own(made_)[i % kBlock];
  }

  void push_back(T value) {
    resize(size_ + 1);
    edit(size_ - 1) = std::move(value);
  }

  void pop_back() {
    assert(size_ > 0);
    --size_;
    if (size_ % kGroup == 0)
      groups_.pop_back();
    else if (size_ % kBlock == 0)
      groups_.back().own(made_)[size_ % kGroup / kBlock] = nullptr;
    else
      edit_dropped() = T{};
  }

  /// Grows to `size` elements; never shrinks.
  void resize(std::size_t size) {
    if (size <= size_) return;
    size_ = size;
    if (const std::size_t groups = (size + kGroup - 1) / kGroup; groups > groups_.size())
      groups_.resize(groups);
  }

  /// Drops elements from the front, as many as can go without copying; returns how many
  /// (a multiple of 4096, at most `most`). What is left moves to the front.
  std::size_t drop_front(std::size_t most) {
    const std::size_t groups = std::min(most, size_) / kGroup;
    if (groups == 0) return 0;
    groups_.erase(groups_.begin(), groups_.begin() + static_cast<std::ptrdiff_t>(groups));
    size_ -= groups * kGroup;
    return groups * kGroup;
  }

  void clear() {
    groups_.clear();
    size_ = 0;
  }

  /// Bytes of blocks that this vector, or those it was copied from, ever made.
  std::size_t bytes_made() const { return made_; }

 private:
  // Small blocks for large elements, so that one change copies about a page at most.
  static constexpr std::size_t kBlock = sizeof(T) > 96 ? 16 : 64, kGroup = 4096;
  using Block = std::array<T, kBlock>;
  using Group = std::array<CowPtr<Block>, kGroup / kBlock>;

  static const T& blank() {
    static const T value{};
    return value;
  }
  T& edit_dropped() { return groups_.back().own(made_)[size_ % kGroup / kBlock].own(made_)[size_ % kBlock]; }

  std::vector<CowPtr<Group>> groups_;
  std::size_t size_ = 0;
  std::size_t made_ = 0;
};

}  // namespace loopscope::traces
