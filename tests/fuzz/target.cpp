// A fuzzer: libFuzzer's main() and the entry that LOOPSCOPE_FUZZ_ENTRY names.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/entries.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  loopscope::fuzz::LOOPSCOPE_FUZZ_ENTRY({reinterpret_cast<const char*>(data), size});
  return 0;
}
