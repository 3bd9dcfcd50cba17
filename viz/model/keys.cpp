#include "viz/model/keys.h"

namespace loopscope::viz {
namespace {

std::string character_text(char32_t c) {
  if (c == U'-') return "−";  // a minus that is as wide as the plus
  if (c >= U'a' && c <= U'z') return std::string(1, static_cast<char>(c - U'a' + U'A'));
  return c < 0x80 ? std::string(1, static_cast<char>(c)) : "?";
}

}  // namespace

std::string key_text(const KeyPress& press) {
  std::string text;
  if (press.ctrl) text += "Ctrl ";
  if (press.alt) text += "Alt ";
  if (press.shift) text += "Shift ";
  switch (press.key) {
    case KeyName::character:
      return text + character_text(press.character);
    case KeyName::space:
      return text + "Space";
    case KeyName::left:
      return text + "←";
    case KeyName::right:
      return text + "→";
    case KeyName::home:
      return text + "Home";
    case KeyName::end:
      return text + "End";
    case KeyName::up:
      return text + "↑";
    case KeyName::down:
      return text + "↓";
    case KeyName::page_up:
      return text + "PgUp";
    case KeyName::page_down:
      return text + "PgDn";
    case KeyName::enter:
      return text + "Enter";
    case KeyName::backspace:
      return text + "Backspace";
    case KeyName::delete_forward:
      return text + "Del";
    case KeyName::tab:
      return text + "Tab";
    case KeyName::f3:
      return text + "F3";
    case KeyName::f5:
      return text + "F5";
    case KeyName::f8:
      return text + "F8";
    case KeyName::escape:
      return text + "Esc";
  }
  return text;
}

bool repeats(const KeyPress& press) {
  switch (press.key) {
    case KeyName::left:
    case KeyName::right:
    case KeyName::up:
    case KeyName::down:
    case KeyName::backspace:
      return true;
    default:
      return false;
  }
}

KeyPress typed(char32_t character, bool ctrl, bool alt) {
  const char32_t sign = character;
  if (character >= U'A' && character <= U'Z') character = character - U'A' + U'a';
  return {.key = KeyName::character, .character = character, .ctrl = ctrl, .alt = alt, .sign = sign};
}

}  // namespace loopscope::viz
