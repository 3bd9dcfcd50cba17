#pragma once

#include <cstdint>
#include <string>

namespace loopscope::viz {

/// Keys that a command can be bound to. Everything that types a sign is `character`:
/// such keys are bound by what the keyboard layout types, not by where they are.
enum class KeyName : std::uint8_t {
  character,
  space,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
  escape,
  enter,
  backspace,
  delete_forward,
  tab,
  f3,
  f5,
  f8
};

/// One press of a key.
struct KeyPress {
  KeyName key = KeyName::character;
  char32_t character = 0;  ///< for `character`: lower case
  bool shift = false;      ///< false for `character`: Shift is part of what was typed
  bool ctrl = false, alt = false;
  char32_t sign = 0;  ///< for `character`: as it was typed, for text; not part of what is bound
  bool held = false;  ///< comes again because the key is held down; not part of what is bound
  friend bool operator==(const KeyPress& a, const KeyPress& b) {
    return a.key == b.key && a.character == b.character && a.shift == b.shift && a.ctrl == b.ctrl &&
           a.alt == b.alt;
  }
};

/// For people: "Shift →", "Ctrl +", "Space", "X".
std::string key_text(const KeyPress& press);

/// Whether a command bound to it may run again and again while the key is held: those that move.
bool repeats(const KeyPress& press);

/// The press that typing `character` makes; letters count in lower case.
KeyPress typed(char32_t character, bool ctrl = false, bool alt = false);

}  // namespace loopscope::viz
