#include "core/net/bytes.h"

namespace loopscope {
namespace {

constexpr std::size_t kMostShown = 200;

void append(std::string& out, char c, char quote) {
  constexpr char kHex[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == quote || c == '\\')
    out += {'\\', c};
  else if (c == '\n')
    out += "\\n";
  else if (c == '\r')
    out += "\\r";
  else if (c == '\t')
    out += "\\t";
  else if (byte < 0x20 || byte >= 0x7f)
    out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
  else
    out += c;
}

}  // namespace

std::string trace_repr(const Bytes& bytes) {
  const bool has_single = bytes.data.find('\'') != std::string::npos;
  const char quote = has_single && bytes.data.find('"') == std::string::npos ? '"' : '\'';
  std::string out = {'b', quote};
  for (const char c : bytes.data.substr(0, kMostShown)) append(out, c, quote);
  out += quote;
  return bytes.data.size() > kMostShown ? out + "..." : out;
}

}  // namespace loopscope
