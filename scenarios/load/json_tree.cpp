#include "scenarios/load/json_tree.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

namespace {

std::string json_string(const std::string& text) { return nlohmann::json(text).dump(); }

void append_compact(std::string& out, const JsonNode& node) {
  const char* separator = "";
  switch (node.kind) {
    case JsonNode::Kind::null:
      out += "null";
      break;
    case JsonNode::Kind::boolean:
      out += node.boolean ? "true" : "false";
      break;
    case JsonNode::Kind::number:
      out += node.string;
      break;
    case JsonNode::Kind::string:
      out += json_string(node.string);
      break;
    case JsonNode::Kind::array:
      out += '[';
      for (const JsonNode& item : node.items) {
        out += std::exchange(separator, ",");
        append_compact(out, item);
      }
      out += ']';
      break;
    case JsonNode::Kind::object:
      out += '{';
      for (const JsonMember& member : node.members) {
        out += std::exchange(separator, ",");
        out += json_string(member.key);
        out += ':';
        append_compact(out, member.value);
      }
      out += '}';
      break;
  }
}

}  // namespace

const JsonMember* JsonNode::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [&](const JsonMember& member) { return member.key == key; });
  return found == members.end() ? nullptr : &*found;
}

std::string_view kind_name(JsonNode::Kind kind) {
  switch (kind) {
    case JsonNode::Kind::null:
      return "null";
    case JsonNode::Kind::boolean:
      return "true or false";
    case JsonNode::Kind::number:
      return "a number";
    case JsonNode::Kind::string:
      return "a string";
    case JsonNode::Kind::array:
      return "a list";
    case JsonNode::Kind::object:
      return "an object";
  }
  return "";
}

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

SourceText source_text(const JsonDocument& document, const JsonNode& node) {
  const std::string_view raw = document.text.substr(node.offset + 1);
  const SourcePos start{node.pos.line, node.pos.column + 1};
  const std::string& text = node.string;
  if (raw.substr(0, text.size()) == text && text.find('\\') == std::string::npos)
    return SourceText(text, start);
  std::vector<std::uint32_t> columns;
  columns.reserve(text.size() + 1);
  std::uint32_t column = start.column;
  std::size_t at = 0;  // in raw
  while (columns.size() < text.size()) {
    const DecodedChar c = decode_utf8(text, columns.size());
    columns.insert(columns.end(), c.size, column);
    std::size_t width = decode_utf8(raw, at).size;  // bytes in the file
    std::uint32_t points = 1;
    if (raw[at] == '\\') {
      width = raw[at + 1] != 'u' ? 2 : c.code_point > 0xFFFF ? 12 : 6;
      points = static_cast<std::uint32_t>(width);
    }
    at += width;
    column += points;
  }
  columns.push_back(column);
  return SourceText(text, start, std::move(columns));
}

std::string compact_json(const JsonNode& node) {
  std::string out;
  append_compact(out, node);
  return out;
}

}  // namespace loopscope::scenarios
