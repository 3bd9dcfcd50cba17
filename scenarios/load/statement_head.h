#pragma once

#include <string_view>
#include <vector>

#include "scenarios/load/json_tree.h"
#include "scenarios/load/report.h"

/// The key of an object that says which compound statement it is.
namespace loopscope::scenarios {

/// The member of `node` that names its statement ("if", "async def", ...); null after a report when
/// there is none or there are two.
const JsonMember* statement_head(const JsonNode& node, Report& report);

/// Reports the keys of `node` that neither are its head nor one of `others`.
void check_statement_keys(const JsonNode& node, const JsonMember& head,
                          const std::vector<std::string_view>& others, Report& report);

}  // namespace loopscope::scenarios
