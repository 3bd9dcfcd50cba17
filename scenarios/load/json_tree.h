#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/syntax/source.h"
#include "scenarios/syntax/source_text.h"

namespace loopscope::scenarios {

struct JsonMember;

/// A JSON value that knows where it stands.
struct JsonNode {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  bool boolean = false;
  double number = 0;
  SourcePos pos;           ///< of its first character
  std::size_t offset = 0;  ///< the same in bytes of the file
  std::string pointer;     ///< JSON pointer
  std::string string;      ///< decoded; for a number, as written
  std::vector<JsonNode> items;
  std::vector<JsonMember> members;  ///< in the order of the file

  bool is(Kind k) const { return kind == k; }
  /// The first member of that name, or null.
  const JsonMember* find(std::string_view key) const;
};

struct JsonMember {
  std::string key;
  SourcePos key_pos;
  JsonNode value;
};

/// "a string", "an object".
std::string_view kind_name(JsonNode::Kind kind);

/// A key as one step of a JSON pointer: "/async def".
std::string pointer_step(std::string_view key);

struct JsonDocument {
  std::string_view text;  ///< the file, without byte-order mark; not owned
  JsonNode root;
  std::vector<Diagnostic> diagnostics;  ///< duplicate keys
};

/// Reads JSON with // and /* */ comments. NUL bytes, invalid UTF-8 and nesting deeper
/// than 200 are errors; a byte-order mark is passed over. `text` must outlive the result.
std::variant<JsonDocument, Diagnostic> read_json(std::string_view text);

/// The string `node` of `document` with the place of each of its characters.
SourceText source_text(const JsonDocument& document, const JsonNode& node);

/// `node` on one line, without comments, keys in the file's order, numbers as written.
std::string compact_json(const JsonNode& node);

}  // namespace loopscope::scenarios
