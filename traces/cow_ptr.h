#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace loopscope::traces {

/// A counted pointer whose value is copied before it changes when others share it.
/// Copies may live on different threads; each copy is used by one thread at a time.
template <class T>
class CowPtr {
 public:
  CowPtr() = default;
  CowPtr(std::nullptr_t) {}
  CowPtr(const CowPtr& other) : node_(other.node_) {
    if (node_) node_->refs.fetch_add(1, std::memory_order_relaxed);
  }
  CowPtr(CowPtr&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  ~CowPtr() { release(); }
  CowPtr& operator=(CowPtr other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }

  explicit operator bool() const { return node_ != nullptr; }
  const T& operator*() const { return node_->value; }

  /// The value for writing, this pointer's own; made or copied when it is not.
  /// `made` is told how many bytes that took.
  T& own(std::size_t& made) {
    if (node_ == nullptr) {
      node_ = new Node{};
      made += sizeof(Node);
    } else if (node_->refs.load(std::memory_order_acquire) != 1) {
      Node* copy = new Node(node_->value);
      made += sizeof(Node);
      release();
      node_ = copy;
    }
    return node_->value;
  }

 private:
  struct Node {
    Node() = default;
    explicit Node(const T& v) : value(v) {}
    std::atomic<std::uint32_t> refs{1};
    T value{};
  };

  void release() {
    if (node_ && node_->refs.fetch_sub(1, std::memory_order_acq_rel) == 1) delete node_;
    node_ = nullptr;
  }

  Node* node_ = nullptr;
};

}  // namespace loopscope::traces
