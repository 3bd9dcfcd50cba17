#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scenarios/load/program.h"
#include "scenarios/load/report.h"
#include "scenarios/names.h"

namespace loopscope::scenarios {

/// What the listing must know of a program's names.
struct NameUse {
  std::vector<std::string> imports;  ///< modules used, sorted
  bool work = false;                 ///< `work` is used
  /// The calls of asyncio.run, by the header or statement text that they stand in.
  std::map<const std::string*, std::vector<const ast::Call*>> run_calls;
};

/// Finds what each name means by Python's scopes, and reports members that a module does
/// not have, modules and builtins that scenarios do not have, and wrong uses of `global`
/// and `nonlocal`. A name that is bound nowhere is no error: it is Python's NameError.
NameUse check_names(const ParsedProgram& program, const Names& names, Report& report);

}  // namespace loopscope::scenarios
