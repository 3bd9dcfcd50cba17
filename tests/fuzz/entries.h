// What the fuzzers feed bytes to. Each takes any bytes and returns; what must hold of the
// answer is checked, and a breach aborts.
#pragma once

#include <string_view>

namespace loopscope::fuzz {

/// Loads `bytes` as a scenario file: an error stands in the file; what loads, loads again
/// from its compact JSON, with the same listing.
void fuzz_loader(std::string_view bytes);

/// Parses `bytes` as every kind of statement and header: errors stand in the text.
void fuzz_expressions(std::string_view bytes);

/// Runs `bytes`, a scenario file, twice under small limits: the traces are equal, close
/// what they open and read back to the same bytes.
void fuzz_interpreter(std::string_view bytes);

/// Reads `bytes` as each kind of file that traces come in, and asks what a viewer asks.
void fuzz_traces(std::string_view bytes);

/// Aborts with `what` unless `holds`.
void must(bool holds, const char* what);

}  // namespace loopscope::fuzz
