#pragma once

#include "scenarios/load/json_tree.h"
#include "scenarios/load/report.h"
#include "scenarios/syntax/ast.h"

/// What Python and the format ask of a body as a whole.
namespace loopscope::scenarios {

/// A body of comments alone gets a pass, at the position of `list`: comments do not make a body in Python.
void complete_body(ast::Block& block, const JsonNode& list);

/// Whether a function with that body is a generator: a yield of its own, not of a function within.
bool yields(const ast::Block& block);

/// Reports every return with a value: an async generator returns nothing.
void check_async_generator_returns(const ast::Block& block, Report& report);

/// Reports methods of a class that look special and that nothing would call: they would only mislead.
void check_special_methods(const ast::Block& block, Report& report);

}  // namespace loopscope::scenarios
