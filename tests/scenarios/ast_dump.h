#pragma once

#include <string>

#include "scenarios/syntax/ast.h"
#include "scenarios/syntax/parse.h"

namespace loopscope::scenarios {

/// A tree as an s-expression: "(+ a (* b c))". tests/scenarios/dump_ast.py prints the same
/// for CPython's tree.
std::string dump(const ast::Expr& expr);
std::string dump(const StatementNode& statement);

}  // namespace loopscope::scenarios
