#pragma once

#include <string>
#include <utility>

#include "core/task/future.h"

/// How asyncio shows callbacks of its own that no label names.
namespace loopscope {

/// A callback whose text is always the same.
class FixedText final : public CallbackSource {
 public:
  explicit FixedText(std::string text) : text_(std::move(text)) {}
  std::string text() const override { return text_; }

 private:
  std::string text_;
};

/// wait_for's `functools.partial(_release_waiter, waiter)`.
class ReleaseWaiterText final : public CallbackSource {
 public:
  explicit ReleaseWaiterText(Ref<Future> waiter) : waiter_(std::move(waiter)) {}
  std::string text() const override { return text_of({}); }
  std::string text_with(const Ref<RefCounted>& argument) const override;

 private:
  std::string text_of(const std::string& argument) const;
  Ref<Future> waiter_;
};

}  // namespace loopscope
