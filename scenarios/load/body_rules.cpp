#include "scenarios/load/body_rules.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "scenarios/load/nearest.h"
#include "scenarios/syntax/syntax_error.h"
#include "scenarios/syntax/walk.h"

namespace loopscope::scenarios {

void complete_body(ast::Block& block, const JsonNode& list) {
  const bool real = std::any_of(block.begin(), block.end(), [](const ast::Stmt& statement) {
    return !std::holds_alternative<ast::Comment>(statement.node);
  });
  if (real) return;
  ast::Stmt pass{};
  pass.pos = list.pos;
  pass.pointer = list.pointer;
  pass.text = "pass";
  pass.node = ast::Pass{};
  block.push_back(std::move(pass));
}

bool yields(const ast::Block& block) {
  bool found = false;
  ast::for_each_statement(block, [&](const ast::Stmt& statement) {
    const auto* expression = std::get_if<ast::ExprStmt>(&statement.node);
    const auto* assign = std::get_if<ast::Assign>(&statement.node);
    const ast::Via via = expression ? expression->via : assign ? assign->via : ast::Via::plain;
    found |= via == ast::Via::yield || via == ast::Via::yield_from;
  });
  return found;
}

void check_async_generator_returns(const ast::Block& block, Report& report) {
  ast::for_each_statement(block, [&](const ast::Stmt& statement) {
    const auto* result = std::get_if<ast::Return>(&statement.node);
    if (result != nullptr && result->value)
      report.error({statement.pos, statement.pointer,
                    "'return' with value in async generator: yield the value, then return"});
  });
}

void check_special_methods(const ast::Block& block, Report& report) {
  static constexpr std::string_view kSpecial[] = {"__init__",   "__repr__",  "__str__",   "__eq__",
                                                  "__iter__",   "__next__",  "__enter__", "__exit__",
                                                  "__aenter__", "__aexit__", "__aiter__", "__anext__"};
  ast::for_each_statement(block, [&](const ast::Stmt& statement) {
    const auto* method = std::get_if<ast::FunctionDef>(&statement.node);
    if (method == nullptr || !method->name.starts_with("__") || !method->name.ends_with("__")) return;
    if (std::find(std::begin(kSpecial), std::end(kSpecial), method->name) != std::end(kSpecial)) return;
    std::string all;
    for (const std::string_view name : kSpecial) all += (all.empty() ? "" : ", ") + std::string(name);
    report.error({statement.pos, statement.pointer,
                  "the special method " + in_quotes(method->name) +
                      " is not in the format, write a method of another name; there are: " + all});
  });
}

}  // namespace loopscope::scenarios
