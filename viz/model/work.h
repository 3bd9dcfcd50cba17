#pragma once

#include <cstdint>
#include <string>

namespace loopscope::viz {

/// Long work under way behind the window: a large trace that is read, a scenario that runs.
struct Work {
  enum class Kind : std::uint8_t { reading, running };
  Kind kind = Kind::reading;
  std::string name;          ///< of the file
  std::uint64_t events = 0;  ///< so far
  float share = -1;          ///< of the way, 0 to 1; < 0 = nobody knows
  friend bool operator==(const Work&, const Work&) = default;
};

/// "Reading big.trace.jsonl", "Running lifecycle".
std::string title_of(const Work& work);
/// "62 % · 512 000 events".
std::string detail_of(const Work& work);

}  // namespace loopscope::viz
