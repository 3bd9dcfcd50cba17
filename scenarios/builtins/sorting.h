#pragma once

#include <vector>

#include "scenarios/run/interpreter.h"

namespace loopscope::scenarios {

/// Sorts as list.sort does: stable, by `key` (None: the items), `reverse` keeping equal
/// items in their order.
void sort_values(Interpreter& interpreter, std::vector<Value>& items, const Value& key, bool reverse);

}  // namespace loopscope::scenarios
