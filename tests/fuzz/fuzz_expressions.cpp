#include <string>

#include "scenarios/syntax/parse.h"
#include "tests/fuzz/entries.h"

namespace loopscope::fuzz {
namespace {

using namespace scenarios;

template <class T>
void check(const Parsed<T>& parsed, const SourceText& source) {
  const auto* error = std::get_if<SyntaxError>(&parsed);
  if (error == nullptr) return;
  must(!error->message.empty(), "a syntax error has a message");
  must(error->offset <= source.text().size(), "a syntax error stands in the text");
  source.pos(error->offset);
  source.column(error->offset);
}

}  // namespace

void fuzz_expressions(std::string_view bytes) {
  const SourceText source(std::string(bytes), {1, 1});
  for (const bool in_async : {false, true}) {
    const StatementContext context{.in_function = in_async, .in_async = in_async, .in_loop = in_async};
    check(parse_simple_statement(source, context), source);
  }
  check(parse_condition(source, "if"), source);
  check(parse_for_header(source), source);
  check(parse_function_header(source), source);
  check(parse_class_header(source), source);
  check(parse_with_header(source), source);
  check(parse_catch_header(source), source);
}

}  // namespace loopscope::fuzz
