#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace loopscope {

/// A typed id: an integer from 1, unique per `Tag` within one trace. 0 means "none".
template <class Tag, class Rep>
struct Id {
  Rep value = 0;

  constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const Id&) const = default;
};

using LoopId = Id<struct LoopTag, std::uint16_t>;
using ThreadId = Id<struct ThreadTag, std::uint8_t>;
using HandleId = Id<struct HandleTag, std::uint32_t>;
using TaskId = Id<struct TaskTag, std::uint32_t>;
using FutureId = Id<struct FutureTag, std::uint32_t>;
using JobId = Id<struct JobTag, std::uint32_t>;
using ObjectId = Id<struct ObjectTag, std::uint32_t>;

/// An interned string of one trace (a callback's name, a task's name).
using LabelId = Id<struct LabelTag, std::uint32_t>;
/// An interned node of a call stack: (parent node, function, line).
using StackId = Id<struct StackTag, std::uint32_t>;

/// The thread that every program starts on.
inline constexpr ThreadId kMainThread{1};

}  // namespace loopscope

template <class Tag, class Rep>
struct std::hash<loopscope::Id<Tag, Rep>> {
  std::size_t operator()(loopscope::Id<Tag, Rep> id) const noexcept { return std::hash<Rep>{}(id.value); }
};
