#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenarios/load/json_tree.h"
#include "scenarios/syntax/source.h"

namespace loopscope::scenarios {

/// Collects what is wrong with a file.
class Report {
 public:
  void error(const JsonNode& at, std::string message) { error({at.pos, at.pointer, std::move(message)}); }
  void error(Diagnostic diagnostic);
  void add(std::vector<Diagnostic> diagnostics);

  bool empty() const { return diagnostics_.empty(); }
  /// In order of position. A file with very many errors shows the first thousand.
  std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace loopscope::scenarios
