#include "scenarios/values/codecs.h"

#include "scenarios/values/errors.h"
#include "scenarios/values/str.h"
#include "scenarios/values/unicode_errors.h"

namespace loopscope::scenarios {
namespace {

enum class Codec { utf8, ascii, latin1 };

std::string text_or(const Value& value, std::string_view otherwise) {
  return value.is_missing() ? std::string(otherwise) : *text_of(value);
}

Codec codec_named(Runtime& runtime, const std::string& name) {
  std::string plain;
  for (const char c : name)
    if (c != '-' && c != '_' && c != ' ')
      plain.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
  if (plain == "utf8" || plain == "u8") return Codec::utf8;
  if (plain == "ascii" || plain == "usascii") return Codec::ascii;
  if (plain == "latin1" || plain == "iso88591" || plain == "l1") return Codec::latin1;
  raise_error(runtime, "LookupError", "unknown encoding: " + name);
}

// --- decoding

/// Bytes that are not what the codec takes, and why.
struct BadBytes {
  std::size_t begin, end;
  const char* reason;
};

/// Which second bytes may follow `lead`: the others of a sequence are 0x80 to 0xBF.
bool fits_behind(unsigned char lead, unsigned char second) {
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= low && second <= high;
}

BadBytes bad_utf8(std::string_view data, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(data[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0xC2 || lead > 0xF4) return {at, at + 1, "invalid start byte"};
  const std::size_t wanted = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::size_t end = at + 1;
  while (end < data.size() && end < at + wanted &&
         (end == at + 1 ? fits_behind(lead, byte(end)) : (byte(end) & 0xC0) == 0x80))
    ++end;
  return {at, end, end == data.size() ? "unexpected end of data" : "invalid continuation byte"};
}

std::string replaced(Runtime& runtime, std::string_view data, const BadBytes& bad,
                     const std::string& handler) {
  if (handler == "ignore") return {};
  if (handler == "replace") return "\xEF\xBF\xBD";
  if (handler != "backslashreplace")
    raise_error(runtime, "LookupError", "unknown error handler name '" + handler + "'");
  std::string text;
  for (std::size_t i = bad.begin; i < bad.end; ++i)
    text += escaped_code_point(static_cast<unsigned char>(data[i]));
  return text;
}

const char* name_of(Codec codec) {
  return codec == Codec::utf8 ? "utf-8" : codec == Codec::ascii ? "ascii" : "latin-1";
}

/// The first byte from `at` on that the codec does not take.
std::size_t find_bad(Codec codec, std::string_view data, std::size_t at) {
  if (codec == Codec::utf8) {
    const std::size_t found = utf8::find_invalid(data.substr(at));
    return found == std::string_view::npos ? found : at + found;
  }
  for (; at < data.size(); ++at)
    if (static_cast<unsigned char>(data[at]) >= 0x80) return at;
  return std::string_view::npos;
}

std::string from_latin1(std::string_view data) {
  std::string text;
  for (const char c : data) utf8::append(text, static_cast<unsigned char>(c));
  return text;
}

// --- encoding

std::string replaced(Runtime& runtime, char32_t c, const std::string& handler) {
  if (handler == "ignore") return {};
  if (handler == "replace") return "?";
  if (handler == "backslashreplace") return escaped_code_point(c);
  if (handler == "xmlcharrefreplace") return "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
  raise_error(runtime, "LookupError", "unknown error handler name '" + handler + "'");
}

}  // namespace

void check_codec_arguments(Runtime& runtime, const CodecArguments& how) {
  for (const auto& [given, name] : {std::pair(&how.encoding, "encoding"), std::pair(&how.errors, "errors")})
    if (!given->is_missing() && !text_of(*given))
      type_error(runtime, how.call + "() argument '" + name + "' must be str, not " +
                              (given->is_none() ? "None" : type_name(runtime, *given)));
}

std::string decode_bytes(Runtime& runtime, const std::string& data, const CodecArguments& how) {
  check_codec_arguments(runtime, how);
  if (data.empty()) return {};  // no codec is asked
  const Codec codec = codec_named(runtime, text_or(how.encoding, "utf-8"));
  const std::string handler = text_or(how.errors, "strict");
  runtime.spend_bytes(data.size() * 4);
  if (codec == Codec::latin1) return from_latin1(data);
  std::string text;
  std::size_t at = 0;
  for (std::size_t found; (found = find_bad(codec, data, at)) != std::string::npos;) {
    const BadBytes bad = codec == Codec::utf8 ? bad_utf8(data, found)
                                              : BadBytes{found, found + 1, "ordinal not in range(128)"};
    if (handler == "strict") decode_error(runtime, data, {name_of(codec), bad.begin, bad.end, bad.reason});
    text.append(data, at, found - at);
    text += replaced(runtime, data, bad, handler);
    runtime.check_room(text.size());
    at = bad.end;
  }
  return text.append(data, at);
}

std::string encode_text(Runtime& runtime, const std::string& text, const CodecArguments& how) {
  check_codec_arguments(runtime, how);
  const Codec codec = codec_named(runtime, text_or(how.encoding, "utf-8"));
  const std::string handler = text_or(how.errors, "strict");
  if (codec == Codec::utf8) return text;
  runtime.spend_bytes(text.size() * 8);
  const char32_t end = codec == Codec::ascii ? 0x80 : 0x100;
  std::string data;
  std::size_t point = 0, unfit = 0;  // code points; of those that do not fit, the ones in a row
  for (std::size_t at = 0; at < text.size(); at += utf8::width(text, at), ++point) {
    const char32_t c = utf8::decode(text, at);
    if (c < end) {
      if (unfit > 0) break;
      data.push_back(static_cast<char>(c));
    } else if (handler == "strict") {
      ++unfit;
    } else {
      data += replaced(runtime, c, handler);
      runtime.check_room(data.size());
    }
  }
  if (unfit > 0)
    encode_error(runtime, text,
                 {name_of(codec), point - unfit, point,
                  codec == Codec::ascii ? "ordinal not in range(128)" : "ordinal not in range(256)"});
  return data;
}

}  // namespace loopscope::scenarios
