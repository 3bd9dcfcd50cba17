#include "tests/scenarios/script.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "scenarios/load/loader.h"

namespace loopscope::scenarios::test {
namespace {

using nlohmann::json;

struct SourceLine {
  std::size_t indent;
  std::string text;
};

std::vector<SourceLine> split_lines(std::string_view source) {
  std::vector<SourceLine> lines;
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('\n'), source.size());
    const std::string_view line = source.substr(0, end);
    source.remove_prefix(std::min(end + 1, source.size()));
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin != std::string_view::npos) lines.push_back({begin, std::string(line.substr(begin))});
  }
  return lines;
}

/// Turns indented source into the format's tree of statements.
class Converter {
 public:
  explicit Converter(std::vector<SourceLine> lines) : lines_(std::move(lines)) {}

  json block(std::size_t indent) {
    json list = json::array();
    while (at_ < lines_.size() && lines_[at_].indent == indent) list.push_back(statement(indent));
    return list;
  }

 private:
  /// The header's text when the current line begins with `keyword` and ends with a colon.
  bool header(std::size_t indent, const std::string& keyword, std::string& rest) {
    if (at_ >= lines_.size() || lines_[at_].indent != indent) return false;
    const std::string& text = lines_[at_].text;
    if (text.back() != ':' || !text.starts_with(keyword)) return false;
    const bool whole = text.size() == keyword.size() + 1;
    if (!whole && text[keyword.size()] != ' ') return false;
    rest = whole ? "" : text.substr(keyword.size() + 1, text.size() - keyword.size() - 2);
    ++at_;
    return true;
  }

  json body(std::size_t indent) {
    if (at_ >= lines_.size() || lines_[at_].indent <= indent) return json::array();
    return block(lines_[at_].indent);
  }

  json statement(std::size_t indent) {
    std::string rest;
    for (const char* keyword :
         {"async def", "def", "while", "for", "async for", "with", "async with", "class"})
      if (header(indent, keyword, rest)) return {{keyword, rest}, {"do", body(indent)}};
    if (header(indent, "if", rest)) return if_statement(indent, rest);
    if (header(indent, "try", rest)) return try_statement(indent);
    return lines_[at_++].text;
  }

  json if_statement(std::size_t indent, const std::string& condition) {
    json node = {{"if", condition}, {"do", body(indent)}};
    std::string rest;
    while (header(indent, "elif", rest)) node["elif"].push_back({{"if", rest}, {"do", body(indent)}});
    if (header(indent, "else", rest)) node["else"] = body(indent);
    return node;
  }

  json try_statement(std::size_t indent) {
    json node = {{"try", body(indent)}};
    std::string rest;
    while (header(indent, "except", rest)) {
      json handler = {{"do", body(indent)}};
      if (!rest.empty()) handler["catch"] = rest;
      node["except"].push_back(handler);
    }
    if (header(indent, "else", rest)) node["else"] = body(indent);
    if (header(indent, "finally", rest)) node["finally"] = body(indent);
    return node;
  }

  std::vector<SourceLine> lines_;
  std::size_t at_ = 0;
};

}  // namespace

std::string scenario_json(std::string_view source, std::string_view settings) {
  const json program = Converter(split_lines(source)).block(0);
  return "{\"loopscope\": 1, " + std::string(settings) + (settings.empty() ? "" : ", ") +
         "\"program\": " + program.dump() + "}";
}

std::vector<std::string> ScriptRun::events(std::string_view prefix) const {
  std::vector<std::string> found;
  for (const std::string& event : trace)
    if (event.starts_with(prefix)) found.push_back(event);
  return found;
}

std::string ScriptRun::last_event() const {
  if (trace.size() < 2) return "";
  EXPECT_EQ(trace.back(), "thread.ended");
  return trace[trace.size() - 2];
}

std::vector<int> ScriptRun::lines() const {
  std::vector<int> numbers;
  for (const std::string& event : events("line "))
    numbers.push_back(std::stoi(event.substr(event.find("line=") + 5)));
  return numbers;
}

ScriptRun run_script(std::string_view source, std::string_view settings, bool traced) {
  ScriptRun run;
  LoadResult loaded = load_scenario(scenario_json(source, settings), "script");
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&loaded)) {
    for (const Diagnostic& error : *errors) ADD_FAILURE() << to_string(error, "script") << "\n" << source;
    return run;
  }
  const Scenario& scenario = std::get<Scenario>(loaded);
  loopscope::test::RecordingSink sink;
  Run program(scenario, {}, traced ? &sink : nullptr,
              {.out = [&](std::string_view text) { run.out += text; },
               .err = [&](std::string_view text) { run.err += text; }});
  run.result = program.execute();
  run.trace = sink.texts();
  run.listing = scenario.listing;
  return run;
}

std::string output_of(std::string_view source) {
  const ScriptRun run = run_script(source, "", false);
  EXPECT_EQ(run.result.exit_code, 0) << run.err << source;
  return run.out;
}

std::string error_of(std::string_view source) {
  const ScriptRun run = run_script(source, "", false);
  EXPECT_EQ(run.result.exit_code, 1) << run.err << source;
  return run.result.error;
}

std::string python_path() { return access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : ""; }

}  // namespace loopscope::scenarios::test
