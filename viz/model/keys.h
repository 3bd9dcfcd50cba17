#pragma once

#include <cstdint>
#include <string>

namespace loopscope::viz {

/// Keys that a command can be bound to. Everything that types a sign is `character`:
/// such keys are bound by what the keyboard layout types, not by where they are.
enum class KeyName : std::uint8_t { character, space, left, right, home, end, escape };

/// One press of a key.
struct KeyPress {
  KeyName key = KeyName::character;
  char32_t character = 0;  ///< for `character`: lower case
  bool shift = false;      ///< false for `character`: Shift is part of what was typed
  bool ctrl = false, alt = false;
  friend bool operator==(const KeyPress&, const KeyPress&) = default;
};

/// For people: "Shift →", "Ctrl +", "Space", "X".
std::string key_text(const KeyPress& press);

/// The press that typing `character` makes; letters count in lower case.
KeyPress typed(char32_t character, bool ctrl = false, bool alt = false);

}  // namespace loopscope::viz
