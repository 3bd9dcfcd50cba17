#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "viz/model/theme.h"
#include "viz/model/wrap.h"

namespace loopscope::viz {

/// What a piece of Python source is, as far as colours go.
enum class TokenKind : std::uint8_t { plain, keyword, string, number, call, comment };

/// A piece of one line: bytes [begin, end).
struct Token {
  TokenKind kind = TokenKind::plain;
  std::size_t begin = 0, end = 0;
  friend bool operator==(const Token&, const Token&) = default;
};

/// The tokens of every line; together they cover each line whole, in order, and
/// neighbours differ in kind. Strings may span lines; the expressions inside f-strings are
/// coloured as code. Never fails: what it does not know is plain.
std::vector<std::vector<Token>> highlight_python(const std::vector<std::string>& lines);

/// What tokens of that kind are drawn in.
Color token_color(const Theme& theme, TokenKind kind);

/// A listing with its tokens and the rows that it takes, kept between frames.
struct HighlightedListing {
  std::vector<std::string> lines;
  std::vector<std::vector<Token>> tokens = {};
  std::size_t columns = 0;                          ///< what the rows are broken at; 0: not yet
  std::vector<std::vector<WrapPiece>> pieces = {};  ///< of every line
  RowTable rows = {};
};

}  // namespace loopscope::viz
