#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/ids.h"

namespace loopscope {

/// The text fields that are too long or too varied for an event's 32 bytes.
enum class TextField : std::uint8_t { args, value, text, end };

/// Something that belongs to the event written with it, and is no event itself.
struct TraceRecord {
  enum class Type : std::uint8_t {
    label,  ///< Defines label `id` as `text`. Comes before the first event that uses it.
    stack,  ///< Defines stack node `id` as (`parent`, `function`, `line`).
    text,   ///< `field` of this event is `text`.
  };

  Type type = Type::text;
  TextField field = TextField::text;
  std::uint32_t id = 0;
  std::uint32_t parent = 0;
  std::uint32_t function = 0;  ///< A label.
  std::uint32_t line = 0;
  std::string_view text = {};  ///< Valid only during the call that hands it over.
};

}  // namespace loopscope
