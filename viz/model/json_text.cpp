#include "viz/model/json_text.h"

#include <algorithm>
#include <cctype>

namespace loopscope::viz {
namespace {

constexpr std::size_t kFlat = 80;     // longer lists are not kept in a line
constexpr std::size_t kDeepest = 64;  // no indent is wider

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The end of the string that begins at `at`, behind its closing quote.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      return i + 1;
  }
  return text.size();
}

/// Writes JSON token by token; needs no stack of its own however deep it is.
class Indenter {
 public:
  explicit Indenter(std::string_view json) : json_(json) {}

  std::string run() {
    std::size_t depth = 0, flat_until = 0;  // to this byte all stays in a line
    for (std::size_t i = 0; i < json_.size();) {
      const char c = json_[i];
      const bool flat = i < flat_until;
      if (c == '"') {
        const std::size_t end = string_end(json_, i);
        out_ += json_.substr(i, end - i);
        i = end;
        continue;
      }
      ++i;
      if (is_blank(c)) continue;
      if ((c == '}' || c == ']') && !flat) new_line(depth = depth > 0 ? depth - 1 : 0);
      out_ += c;
      if (c == '{' || c == '[') {
        if (flat) continue;
        if (const std::size_t end = short_end(i - 1)) {
          flat_until = end;
        } else {
          new_line(++depth);
        }
      } else if (c == ',') {
        if (flat)
          out_ += ' ';
        else
          new_line(depth);
      } else if (c == ':') {
        out_ += ' ';
      }
    }
    return std::move(out_ += '\n');
  }

 private:
  void new_line(std::size_t depth) {
    out_ += '\n';
    out_.append(2 * std::min(depth, kDeepest), ' ');
  }

  /// The end of the bracket that opens at `at` if all of it fits a line: it holds no other
  /// bracket, and not many texts, of which each has its own line. 0 when not.
  std::size_t short_end(std::size_t at) const {
    const std::size_t stop = std::min(json_.size(), at + kFlat);
    std::size_t texts = 0;
    for (std::size_t i = at + 1; i < stop;) {
      const char c = json_[i];
      if (c == '{' || c == '[') return 0;
      if (c == '}' || c == ']') return json_[at] == '[' && texts > 1 && i - at > kFlat / 2 ? 0 : i + 1;
      if (c == '"') ++texts;
      i = c == '"' ? string_end(json_, i) : i + 1;
    }
    return 0;
  }

  std::string_view json_;
  std::string out_;
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.';
}

}  // namespace

std::string indented_json(std::string_view json) { return Indenter(json).run(); }

std::vector<Token> highlight_json(std::string_view line) {
  std::vector<Token> tokens;
  const auto emit = [&](TokenKind kind, std::size_t begin, std::size_t end) {
    if (!tokens.empty() && tokens.back().kind == kind && tokens.back().end == begin)
      tokens.back().end = end;
    else if (end > begin)
      tokens.push_back({kind, begin, end});
  };
  for (std::size_t i = 0; i < line.size();) {
    std::size_t end = i + 1;
    TokenKind kind = TokenKind::plain;
    if (line[i] == '"') {
      end = string_end(line, i);
      std::size_t after = end;
      while (after < line.size() && is_blank(line[after])) ++after;
      kind = after < line.size() && line[after] == ':' ? TokenKind::call : TokenKind::string;
    } else if (line[i] == '/' && end < line.size() && (line[end] == '/' || line[end] == '*')) {
      end = line.size();
      kind = TokenKind::comment;
    } else if (is_word(line[i])) {
      while (end < line.size() && is_word(line[end])) ++end;
      const char c = line[i];
      kind = c == '-' || (c >= '0' && c <= '9') ? TokenKind::number : TokenKind::keyword;
    }
    emit(kind, i, end);
    i = end;
  }
  return tokens;
}

}  // namespace loopscope::viz
