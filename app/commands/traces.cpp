// The commands that read a trace (or run a scenario for one) and print or convert it.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "app/commands/commands.h"
#include "app/input.h"
#include "app/output_file.h"
#include "traces/explain.h"
#include "traces/formats/chrome.h"
#include "traces/formats/jsonl.h"
#include "traces/summary.h"

namespace loopscope::app {
namespace {

using WriteBytes = std::function<bool(std::string_view)>;

struct Format {
  std::string_view name;
  bool (*write)(const traces::TraceStore&, WriteBytes);
};

constexpr Format kFormats[] = {
    {"chrome", traces::write_chrome},
    {"jsonl", traces::write_jsonl},
};

/// The trace, or nothing after its error was printed.
std::optional<traces::ReadTrace> load_or_report(const std::string& file) {
  auto read = read_trace_or_run(file);
  if (const auto* bad = std::get_if<InputError>(&read)) {
    print_error(bad->text);
    return std::nullopt;
  }
  const auto& loaded = std::get<LoadedTrace>(read);
  print_error(loaded.notes);
  if (!loaded.run_error.empty()) print_error(fmt::format("{}: note: the run ended with {}\n", file, loaded.run_error));
  return loaded.trace;
}

/// Writes a whole file, or nothing.
int write_whole(const std::string& path, const std::function<bool(WriteBytes)>& write) {
  OutputFile out(path);
  if (out.ok() && write([&out](std::string_view bytes) { return out.write(bytes); }) && out.commit()) return kFine;
  print_error(out.ok() ? path + ": error: cannot be written\n" : out.error());
  return kBadInput;
}

}  // namespace

std::vector<std::string> export_formats() {
  std::vector<std::string> names;
  for (const Format& format : kFormats) names.emplace_back(format.name);
  return names;
}

std::vector<std::string> finding_names() {
  const auto rules = traces::finding_rules();
  return {rules.begin(), rules.end()};
}

int info_command(const InfoArgs& args) {
  const auto trace = load_or_report(args.file);
  if (!trace) return kBadInput;
  const traces::TraceSummary summary = traces::summarize(*trace);
  const bool failed = std::ranges::any_of(summary.findings, [&](const traces::Finding& finding) {
    return std::ranges::find(args.fail_on, finding.rule) != args.fail_on.end();
  });
  return finish_stdout(args.json ? traces::summary_json(summary) : traces::summary_text(summary),
                       failed ? kFailed : kFine);
}

int explain_command(const ExplainArgs& args) {
  const auto trace = load_or_report(args.file);
  if (!trace) return kBadInput;
  const auto as = args.markdown ? traces::ExplainAs::markdown : traces::ExplainAs::text;
  return write_whole(args.out, [&](const WriteBytes& write) { return traces::explain(*trace->store, as, write); });
}

int export_command(const ExportArgs& args) {
  const auto* format = std::ranges::find(kFormats, args.to, &Format::name);
  if (format == std::end(kFormats)) {
    print_error(fmt::format("loopscope: error: no export format '{}'; choose from: {}\n", args.to,
                            fmt::join(export_formats(), ", ")));
    return kBadInput;
  }
  const auto trace = load_or_report(args.file);
  if (!trace) return kBadInput;
  return write_whole(args.out, [&](const WriteBytes& write) { return format->write(*trace->store, write); });
}

}  // namespace loopscope::app
