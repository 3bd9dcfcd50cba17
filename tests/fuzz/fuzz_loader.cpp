#include <algorithm>
#include <string>

#include "scenarios/load/excerpt.h"
#include "scenarios/load/loader.h"
#include "tests/fuzz/entries.h"

namespace loopscope::fuzz {
namespace {

using scenarios::Diagnostic;
using scenarios::LoadResult;
using scenarios::Scenario;

bool stands_in(const scenarios::SourcePos pos, std::string_view text) {
  for (std::uint32_t line = 1; line < pos.line; ++line) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return false;
    text.remove_prefix(end + 1);
  }
  return pos.line >= 1 && pos.column >= 1 && pos.column <= std::min(text.find('\n'), text.size()) + 1;
}

void check_errors(const std::vector<Diagnostic>& errors, std::string_view text) {
  must(!errors.empty(), "a file that does not load says why");
  for (const Diagnostic& error : errors) {
    must(!error.message.empty(), "an error has a message");
    must(stands_in(error.pos, text), "an error stands in the file");
    excerpt(text, error.pos);
    to_string(error, "file");
  }
}

}  // namespace

void fuzz_loader(std::string_view bytes) {
  scenarios::looks_like_scenario(bytes);
  const LoadResult result = scenarios::load_scenario(bytes, "fuzz");
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&result)) return check_errors(*errors, bytes);
  const Scenario& scenario = std::get<Scenario>(result);
  const LoadResult again = scenarios::load_scenario(scenario.json, "fuzz");
  must(std::holds_alternative<Scenario>(again), "a scenario's compact JSON loads");
  must(std::get<Scenario>(again).listing == scenario.listing, "a scenario's compact JSON has its listing");
  must(std::get<Scenario>(again).json == scenario.json, "compact JSON stays as it is");
}

}  // namespace loopscope::fuzz
