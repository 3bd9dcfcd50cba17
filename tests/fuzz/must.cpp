#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/entries.h"

namespace loopscope::fuzz {

void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzzing found a breach: %s\n", what);
  std::abort();
}

}  // namespace loopscope::fuzz
