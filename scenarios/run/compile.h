#pragma once

#include <memory>

#include "scenarios/run/code.h"
#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

/// Compiles a module that the loader has accepted. Literals become values of `runtime`,
/// which must outlive the program.
std::unique_ptr<Program> compile(Runtime& runtime, const ast::Block& module);

}  // namespace loopscope::scenarios
