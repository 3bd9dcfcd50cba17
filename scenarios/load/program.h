#pragma once

#include <set>
#include <string>

#include "scenarios/load/report.h"
#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

/// What the `program` key holds.
struct ParsedProgram {
  ast::Block block;
  /// Words of statements that could not be read: they may be bound there.
  std::set<std::string, std::less<>> unread;
};

/// Reads the module. Statements that are wrong are reported and left out.
ParsedProgram read_program(const JsonDocument& document, const JsonNode& list, Report& report);

}  // namespace loopscope::scenarios
