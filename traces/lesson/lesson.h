#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace loopscope::traces {

/// One stop of a guided tour through a run, as a scenario's `lesson` spells it.
struct LessonStep {
  std::string at;                    ///< the place, a selector
  std::string say;                   ///< what is told there; may be empty
  std::string ask;                   ///< a question about what comes next, or empty
  std::vector<std::string> choices;  ///< answers to choose from
  std::size_t answer = 0;            ///< the number of the right choice, from 1; 0: none is given
};

}  // namespace loopscope::traces
