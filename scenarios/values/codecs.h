#pragma once

#include <string>

#include "scenarios/values/runtime.h"

/// Text to bytes and back: UTF-8, ASCII and Latin-1, with CPython's error handlers.
namespace loopscope::scenarios {

/// `encoding` and `errors` as a program gave them, `missing` where it did not. `call` is what
/// complains when they are no text: "decode", "str".
struct CodecArguments {
  Value encoding, errors;
  std::string call;
};

/// TypeError when one of them is no text.
void check_codec_arguments(Runtime& runtime, const CodecArguments& how);
/// bytes.decode. UnicodeDecodeError, LookupError.
std::string decode_bytes(Runtime& runtime, const std::string& data, const CodecArguments& how);
/// str.encode. UnicodeEncodeError, LookupError.
std::string encode_text(Runtime& runtime, const std::string& text, const CodecArguments& how);

}  // namespace loopscope::scenarios
