#include "core/task/callback_texts.h"

namespace loopscope {
namespace {

/// reprlib's, for what is no container.
std::string limited(const std::string& text) {
  constexpr std::size_t kLongest = 30, kHead = 13, kTail = 14;
  if (text.size() <= kLongest) return text;
  return std::string(text, 0, kHead).append("...").append(text, text.size() - kTail);
}

}  // namespace

std::string ReleaseWaiterText::text_with(const Ref<RefCounted>& argument) const {
  const Future* future = dynamic_cast<const Future*>(argument.get());
  return text_of(future ? limited(future->repr()) : std::string());
}

std::string ReleaseWaiterText::text_of(const std::string& argument) const {
  std::string text = "_release_waiter(";
  text.append(limited(waiter_->repr())).append(")(").append(argument);
  return text.append(") at /usr/lib/python3.11/asyncio/tasks.py:421");
}

}  // namespace loopscope
