#include "scenarios/load/loader.h"

#include "scenarios/listing.h"
#include "scenarios/load/fields.h"
#include "scenarios/load/name_check.h"
#include "scenarios/load/program.h"
#include "scenarios/load/sections.h"

namespace loopscope::scenarios {

namespace {

constexpr int kFormat = 1;

/// A file of a later format: its other errors would only mislead.
bool is_later_format(const JsonNode& root) {
  const JsonMember* version = root.find("loopscope");
  return version != nullptr && version->value.is(JsonNode::Kind::number) && version->value.number > kFormat;
}

void check_version(const Fields& fields, Report& report) {
  fields.require("loopscope", "add \"loopscope\": 1");
  const JsonNode* version = fields.get("loopscope", JsonNode::Kind::number);
  if (version != nullptr && version->number != kFormat)
    report.error(*version, "'loopscope' must be 1, the format's version");
}

void read_sections(const Fields& fields, Scenario& scenario, Report& report) {
  fields.text("$schema");
  scenario.title = fields.text("title").value_or("");
  scenario.about = fields.text("about").value_or("");
  scenario.source = fields.text("source").value_or("");
  scenario.tags = fields.texts("tags").value_or(std::vector<std::string>());
  if (const JsonNode* node = fields.get("loop")) scenario.loop = read_loop(*node, report);
  if (const JsonNode* node = fields.get("expect")) scenario.expect = read_expect(*node, report);
  if (const JsonNode* node = fields.get("lesson")) scenario.lesson = read_lesson(*node, report);
  if (const JsonNode* node = fields.get("world")) scenario.world = read_world(*node, report);
}

/// Reads the program; the listing is made when the whole file is right.
void read_module(const JsonDocument& document, const Fields& fields, const Names& names, Scenario& scenario,
                 Report& report) {
  fields.require("program", "it is the list of statements");
  const JsonNode* list = fields.get("program", JsonNode::Kind::array);
  if (list == nullptr) return;
  ParsedProgram program = read_program(document, *list, report);
  const NameUse use = check_names(program, names, report);
  scenario.program = std::move(program.block);
  scenario.imports = use.imports;
  if (!report.empty()) return;
  ListingOptions options{use.imports, use.work};
  if (scenario.loop.debug) options.debug_calls = use.run_calls;
  scenario.listing = make_listing(scenario.program, options);
}

}  // namespace

LoadResult load_scenario(std::string_view text, std::string name, const Names& names) {
  auto read = read_json(text);
  if (auto* error = std::get_if<Diagnostic>(&read)) return std::vector<Diagnostic>{std::move(*error)};
  JsonDocument& document = std::get<JsonDocument>(read);
  Report report;
  report.add(std::move(document.diagnostics));
  if (is_later_format(document.root)) {
    report.error(document.root.find("loopscope")->value,
                 "this scenario is of a later format; this version of loopscope reads format 1");
    return report.sorted();
  }
  const Fields fields(document.root, "a scenario",
                      {"$schema", "loopscope", "title", "about", "tags", "source", "loop", "program", "world",
                       "expect", "lesson"},
                      report);
  Scenario scenario;
  scenario.name = std::move(name);
  check_version(fields, report);
  read_sections(fields, scenario, report);
  read_module(document, fields, names, scenario, report);
  if (!report.empty()) return report.sorted();
  scenario.json = compact_json(document.root);
  return scenario;
}

}  // namespace loopscope::scenarios
