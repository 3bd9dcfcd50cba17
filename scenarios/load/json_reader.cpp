#include <array>
#include <iterator>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "scenarios/load/json_tree.h"
#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/unicode.h"

/// Builds the positioned tree from nlohmann's SAX events. An iterator that counts what
/// the parser has taken tells where each event ends; where it begins follows from the
/// end of the event before it.
namespace loopscope::scenarios {

namespace {

constexpr std::size_t kMaxDepth = 200;

/// Reads characters and counts them.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, std::size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_, ++*count_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

/// Lines and columns of offsets that never go back.
class PositionCounter {
 public:
  explicit PositionCounter(std::string_view text) : text_(text) {}
  SourcePos at(std::size_t offset) {
    for (; next_ < offset && next_ < text_.size(); ++next_) {
      if (text_[next_] == '\n') {
        pos_ = {pos_.line + 1, 1};
      } else if ((text_[next_] & 0xC0) != 0x80) {
        ++pos_.column;
      }
    }
    return pos_;
  }

 private:
  std::string_view text_;
  std::size_t next_ = 0;
  SourcePos pos_{1, 1};
};

/// nlohmann's event handler.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, const std::size_t& taken, JsonDocument& document)
      : text_(text), taken_(taken), positions_(text), document_(document) {}

  std::optional<Diagnostic>& error() { return error_; }

  bool null() { return add(scalar(JsonNode::Kind::null)); }
  bool boolean(bool value) {
    JsonNode node = scalar(JsonNode::Kind::boolean);
    node.boolean = value;
    return add(std::move(node));
  }
  bool number_integer(std::int64_t value) { return number(static_cast<double>(value)); }
  bool number_unsigned(std::uint64_t value) { return number(static_cast<double>(value)); }
  bool number_float(double value, const std::string&) { return number(value); }
  bool string(std::string& value) {
    JsonNode node = scalar(JsonNode::Kind::string);
    node.string = std::move(value);
    return add(std::move(node));
  }
  bool binary(std::vector<std::uint8_t>&) { return false; }  // not in JSON text
  bool start_object(std::size_t) { return open(JsonNode::Kind::object); }
  bool start_array(std::size_t) { return open(JsonNode::Kind::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& value) {
    Open& object = open_.back();
    const std::size_t begin = token_begin();
    object.key = std::move(value);
    object.key_pos = positions_.at(begin);
    last_end_ = taken_;
    if (!object.keys.insert(object.key).second) {
      document_.diagnostics.push_back({object.key_pos, object.node.pointer + pointer_step(object.key),
                                       "the key " + in_quotes(object.key) + " stands here twice"});
    }
    return true;
  }

  template <class Exception>
  bool parse_error(std::size_t, const std::string&, const Exception& exception) {
    error_ = syntax_error(exception.what());
    return false;
  }

 private:
  struct Open {
    JsonNode node;
    std::string key;  // of the member to come
    SourcePos key_pos;
    std::unordered_set<std::string> keys;
  };

  /// The first character behind the last token that belongs to one.
  std::size_t token_begin() const {
    std::size_t i = last_end_;
    while (i < text_.size()) {
      if (std::string_view(" \t\r\n,:").find(text_[i]) != std::string_view::npos) {
        ++i;
      } else if (text_.substr(i, 2) == "//") {
        i = std::min(text_.find('\n', i), text_.size());
      } else if (text_.substr(i, 2) == "/*") {
        i = std::min(text_.find("*/", i + 2), text_.size() - 2) + 2;
      } else {
        break;
      }
    }
    return i;
  }

  std::string child_pointer() const {
    if (open_.empty()) return "";
    const Open& parent = open_.back();
    if (parent.node.is(JsonNode::Kind::object)) return parent.node.pointer + pointer_step(parent.key);
    return parent.node.pointer + "/" + std::to_string(parent.node.items.size());
  }

  JsonNode scalar(JsonNode::Kind kind) {
    JsonNode node;
    node.kind = kind;
    node.offset = token_begin();
    node.pos = positions_.at(node.offset);
    node.pointer = child_pointer();
    last_end_ = taken_;
    return node;
  }

  /// The parser has looked at one character more than the number has, unless the file ends with it.
  bool number(double value) {
    JsonNode node = scalar(JsonNode::Kind::number);
    const bool ends_file = taken_ == text_.size() &&
                           std::string_view("}], \t\r\n/").find(text_.back()) == std::string_view::npos;
    last_end_ = ends_file ? taken_ : taken_ - 1;
    node.number = value;
    node.string = text_.substr(node.offset, last_end_ - node.offset);
    return add(std::move(node));
  }

  bool add(JsonNode node) {
    if (open_.empty()) {
      document_.root = std::move(node);
    } else if (Open& parent = open_.back(); parent.node.is(JsonNode::Kind::object)) {
      parent.node.members.push_back({std::move(parent.key), parent.key_pos, std::move(node)});
    } else {
      parent.node.items.push_back(std::move(node));
    }
    return true;
  }

  bool open(JsonNode::Kind kind) {
    JsonNode node = scalar(kind);
    if (open_.size() >= kMaxDepth) {
      error_ = Diagnostic{node.pos, "", "nesting deeper than " + std::to_string(kMaxDepth) + " levels"};
      return false;
    }
    Open& opened = open_.emplace_back();
    opened.node = std::move(node);
    return true;
  }

  bool close() {
    last_end_ = taken_;
    JsonNode node = std::move(open_.back().node);
    open_.pop_back();
    return add(std::move(node));
  }

  Diagnostic syntax_error(std::string_view what);
  std::string end_of_file_message() const;
  std::optional<std::string> wrong_bracket(char c) const;
  std::optional<std::string> foreign_word(std::size_t offset) const;
  static std::string own_words(std::string_view what, char c);

  std::string_view text_;
  const std::size_t& taken_;
  PositionCounter positions_;
  JsonDocument& document_;
  std::vector<Open> open_;
  std::size_t last_end_ = 0;  // of the last token
  std::optional<Diagnostic> error_;
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string TreeBuilder::end_of_file_message() const {
  if (open_.empty()) return "the file has no JSON value; a scenario is an object, {...}";
  const JsonNode& node = open_.back().node;
  const bool object = node.is(JsonNode::Kind::object);
  return std::string("the file ends here, but the ") + (object ? "object" : "list") + " that begins at " +
         std::to_string(node.pos.line) + ":" + std::to_string(node.pos.column) + " is not closed; '" +
         (object ? "}" : "]") + "' is missing";
}

/// What is told of a bracket or a colon that belongs to another structure than the open one.
std::optional<std::string> TreeBuilder::wrong_bracket(char c) const {
  if (open_.empty()) return std::nullopt;
  const JsonNode& node = open_.back().node;
  const bool list = node.is(JsonNode::Kind::array);
  if (list && c == ':') return "a list holds no keys: put { } around the key and its value";
  if (c != (list ? '}' : ']')) return std::nullopt;
  const char open = list ? '[' : '{', closing = list ? ']' : '}';
  return std::string("'") + c + "' does not close the '" + open + "' that stands at " +
         std::to_string(node.pos.line) + ":" + std::to_string(node.pos.column) + "; '" + closing +
         "' is missing before it";
}

/// Python's words for what JSON calls otherwise.
std::optional<std::string> TreeBuilder::foreign_word(std::size_t offset) const {
  constexpr std::array<std::array<std::string_view, 2>, 4> kWords = {
      {{"True", "true"}, {"False", "false"}, {"None", "null"}, {"undefined", "null"}}};
  for (const auto& [word, json] : kWords)
    if (text_.substr(offset, word.size()) == word)
      return in_quotes(word) + " is written " + std::string(json) + " in JSON";
  return std::nullopt;
}

/// The parser's complaint about the text at `c` in words for people who write scenarios.
std::string TreeBuilder::own_words(std::string_view what, char c) {
  const std::string shown = c >= ' ' ? std::string("'") + c + "'" : std::string("a control character");
  if (contains(what, "missing closing quote")) return "the file ends inside a string; '\"' is missing";
  if (contains(what, "control character")) {
    return c == '\n' || c == '\r' ? "the string is not closed on its line; '\"' is missing"
                                  : "a control character in a string; write it as \\u00XX";
  }
  if (contains(what, "forbidden character after backslash"))
    return "unknown escape '\\" + std::string(1, c) + "' in a JSON string; a backslash is written '\\\\'";
  if (contains(what, "'\\u' must be followed")) return "'\\u' takes four hexadecimal digits";
  if (contains(what, "surrogate")) return "half a surrogate pair; '\\uD800' to '\\uDFFF' come in pairs";
  if (contains(what, "invalid comment")) return "a comment that is not closed or not begun with // or /*";
  if (contains(what, "number overflow")) return "the number is too large";
  if (contains(what, "invalid number")) return "the number is not well formed";
  if (c == '\'') return "unexpected \"'\"; strings and keys stand in double quotes";
  if (contains(what, "expected end of input"))
    return "unexpected " + shown + " behind the end of the scenario";
  if (c == '}' || c == ']') return "unexpected " + shown + "; a value is missing, or a ',' is one too many";
  if (contains(what, "while parsing object key"))
    return "unexpected " + shown + "; a key in double quotes was expected";
  if (contains(what, "expected ':'") || contains(what, "object separator"))
    return "':' is missing between the key and its value";
  if (contains(what, "while parsing object")) return "unexpected " + shown + "; ',' or '}' was expected";
  if (contains(what, "while parsing array")) return "unexpected " + shown + "; ',' or ']' was expected";
  return "unexpected " + shown + "; a value was expected";
}

Diagnostic TreeBuilder::syntax_error(std::string_view what) {
  const std::string pointer = open_.empty() ? "" : open_.back().node.pointer;
  const bool in_string = contains(what, "missing closing quote");
  if (contains(what, "unexpected end of input") || in_string) {
    const std::size_t end = in_string ? text_.size() : text_.find_last_not_of(" \t\r\n") + 1;
    return {positions_.at(end), pointer, in_string ? own_words(what, 0) : end_of_file_message()};
  }
  std::size_t offset = taken_ == 0 ? 0 : taken_ - 1;
  const std::size_t named = what.find("unexpected ");  // of a bracket or separator: "unexpected '}'"
  const bool word =
      named != std::string_view::npos ? what[named + 11] != '\'' : contains(what, "invalid literal");
  if (word || contains(what, "number overflow")) offset = token_begin();
  if (offset >= text_.size()) {
    const bool in_comment = contains(what, "invalid comment");
    return {positions_.at(text_.size()), pointer, in_comment ? own_words(what, 0) : end_of_file_message()};
  }
  while (offset > 0 && (text_[offset] & 0xC0) == 0x80) --offset;
  if (!contains(what, "while parsing value - invalid string"))
    if (const auto bracket = wrong_bracket(text_[offset])) return {positions_.at(offset), pointer, *bracket};
  if (const auto foreign = foreign_word(offset)) return {positions_.at(offset), pointer, *foreign};
  return {positions_.at(offset), pointer, own_words(what, text_[offset])};
}

/// The first NUL or byte that is no UTF-8.
std::optional<Diagnostic> check_bytes(std::string_view text) {
  PositionCounter positions(text);
  for (std::size_t i = 0; i < text.size();) {
    const DecodedChar c = decode_utf8(text, i);
    if (c.size == 0) return Diagnostic{positions.at(i), "", "this byte is not valid UTF-8"};
    if (c.code_point == 0) return Diagnostic{positions.at(i), "", "a NUL byte"};
    i += c.size;
  }
  return std::nullopt;
}

}  // namespace

std::variant<JsonDocument, Diagnostic> read_json(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, 3) == kByteOrderMark) text.remove_prefix(3);
  if (std::optional<Diagnostic> error = check_bytes(text)) return *std::move(error);
  JsonDocument document;
  document.text = text;
  std::size_t taken = 0;
  TreeBuilder builder(text, taken, document);
  const CountingIterator begin(text.data(), &taken), end(text.data() + text.size(), &taken);
  const bool ok =
      nlohmann::json::sax_parse(begin, end, &builder, nlohmann::json::input_format_t::json, true, true);
  if (builder.error()) return *std::move(builder.error());
  if (!ok) return Diagnostic{{1, 1}, "", "the file is not JSON"};
  return document;
}

}  // namespace loopscope::scenarios
