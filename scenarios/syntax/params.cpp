#include "scenarios/syntax/parser.h"

/// Parameter lists of `def` and `lambda`.
namespace loopscope::scenarios {

/// Up to `closing`, which is ")" or ":" and is left in place.
ast::Params Parser::params(std::string_view closing) {
  ast::Params params;
  std::set<std::string> seen;
  while (!at(closing)) {
    if (at("/")) fail("positional-only parameters ('/') are not in the format");
    if (!params.star_star.empty()) fail("arguments cannot follow var-keyword argument");
    if (at("*")) {
      star_param(params, seen, closing);
    } else if (accept("**")) {
      params.star_star = param_name(seen);
      if (at("=")) fail("var-keyword argument cannot have default value");
    } else {
      plain_param(params, seen, closing);
    }
    if (closing == ")" && at(":")) fail("annotations are not in the format: leave them out");
    if (!accept(",")) break;
  }
  return params;
}

void Parser::plain_param(ast::Params& params, std::set<std::string>& seen, std::string_view closing) {
  const std::size_t begin = token().begin;
  ast::Param param{param_name(seen), nullptr};
  if (closing == ")" && at(":")) fail("annotations are not in the format: leave them out");
  if (accept("=")) param.default_value = expression();
  if (params.bare_star || !params.star.empty()) {
    params.keyword_only.push_back(std::move(param));
    return;
  }
  if (!param.default_value && !params.positional.empty() && params.positional.back().default_value) {
    fail(begin, "non-default argument follows default argument");
  }
  params.positional.push_back(std::move(param));
}

/// *args, or the lone * before keyword-only parameters.
void Parser::star_param(ast::Params& params, std::set<std::string>& seen, std::string_view closing) {
  const std::size_t begin = take().begin;
  if (params.bare_star || !params.star.empty()) fail(begin, "* argument may appear only once");
  if (token().kind == TokenKind::name) {
    params.star = param_name(seen);
    if (at("=")) fail("var-positional argument cannot have default value");
    return;
  }
  const bool named_follows = at(",") && !token(1).is(closing) && !token(1).is("**");
  if (!named_follows) fail(begin, "named arguments must follow bare *");
  params.bare_star = true;
}

std::string Parser::param_name(std::set<std::string>& seen) {
  const std::size_t begin = token().begin;
  std::string name = expect_name("the name of a parameter");
  if (!seen.insert(name).second)
    fail(begin, "duplicate argument " + in_quotes(name) + " in function definition");
  return name;
}

}  // namespace loopscope::scenarios
