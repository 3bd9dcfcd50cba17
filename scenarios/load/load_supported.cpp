#include "scenarios/load/loader.h"

namespace loopscope::scenarios {

LoadResult load_scenario(std::string_view text, std::string name) {
  return load_scenario(text, std::move(name), supported_names());
}

}  // namespace loopscope::scenarios
