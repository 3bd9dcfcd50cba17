#pragma once

#include <string>

#include "scenarios/syntax/ast.h"

namespace loopscope::scenarios {

/// What `__name` means inside class `of`: `_Of__name`. Names that end in two underscores stay as they are.
std::string private_name(const std::string& name, const std::string& of);

/// Gives every private name in the class's body its meaning, as Python's compiler does: variables,
/// attributes, parameters, and the names of functions and classes; keywords of calls stay. Classes inside
/// come before the one around them.
void mangle_private_names(ast::ClassDef& definition);

}  // namespace loopscope::scenarios
