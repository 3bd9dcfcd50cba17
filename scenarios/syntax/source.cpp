#include "scenarios/syntax/source.h"

namespace loopscope::scenarios {

std::string to_string(const Diagnostic& diagnostic, const std::string& file) {
  std::string text = file + ":" + std::to_string(diagnostic.pos.line) + ":" +
                     std::to_string(diagnostic.pos.column) + ": error: " + diagnostic.message;
  if (!diagnostic.pointer.empty()) text += " (at " + diagnostic.pointer + ")";
  return text;
}

}  // namespace loopscope::scenarios
