#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

struct ListingOptions {
  std::vector<std::string> imports;  ///< modules, sorted
  bool work = false;                 ///< `work` is used
  /// Calls that get `debug=True`, by the header or statement text that they stand in.
  std::map<const std::string*, std::vector<const ast::Call*>> debug_calls = {};
};

/// The program as Python source, one string a line, as scenarios/FORMAT.md ("The listing")
/// says. Sets the listing lines of all statements, branches and handlers.
std::vector<std::string> make_listing(ast::Block& program, const ListingOptions& options);

}  // namespace loopscope::scenarios
