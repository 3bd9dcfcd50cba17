#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace loopscope::scenarios {

enum class TokenKind : std::uint8_t { name, keyword, integer, floating, string, op, end };

/// One token of a statement. `text` points into the statement's string.
struct Token {
  TokenKind kind;
  std::size_t begin;  ///< byte within the statement's string
  std::string_view text;
  std::uint64_t integer = 0;  ///< of an integer literal
  bool too_large = false;     ///< the integer literal is over 64 bits
  double floating = 0;

  std::size_t end() const { return begin + text.size(); }
  bool is(std::string_view op_or_keyword) const {
    return (kind == TokenKind::op || kind == TokenKind::keyword) && text == op_or_keyword;
  }
};

struct TokenList {
  std::vector<Token> tokens;                     ///< closed by an `end` token
  std::size_t comment = std::string_view::npos;  ///< where the `#` of a comment stands
};

/// The tokens of text[begin, end); a comment ends them. Brackets are checked to match.
/// Throws SyntaxError.
TokenList tokenize(std::string_view text, std::size_t begin, std::size_t end);

bool is_keyword(std::string_view word);

}  // namespace loopscope::scenarios
