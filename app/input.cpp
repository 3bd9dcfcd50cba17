#include "app/input.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "app/terminal_progress.h"
#include "scenarios/library.h"
#include "scenarios/load/excerpt.h"
#include "scenarios/load/loader.h"
#include "scenarios/load/nearest.h"
#include "scenarios/run/runner.h"

namespace loopscope::app {
namespace {

namespace fs = std::filesystem;

// A file larger than this is not read: no scenario or JSON Lines trace is meant to be.
constexpr std::uintmax_t kLargestFile = 4ULL << 30;

InputError error(const std::string& file, const std::string& what) {
  return {file + ": error: " + what + "\n", {{0, 0, what}}};
}

std::string stem(const std::string& file) {
  std::string name = fs::path(file).filename().string();
  return name.substr(0, name.find('.', 1));
}

InputError no_such_file(const std::string& file) {
  std::vector<std::string_view> names;
  for (const auto& entry : scenarios::library_files()) names.push_back(entry.name);
  if (const std::string hint = scenarios::did_you_mean(stem(file), names); !hint.empty())
    return error(file, "no such file, and no library scenario of that name" + hint);
  return error(file, "no such file, and no library scenario of that name; `loopscope list` shows the library");
}

std::variant<InputFile, InputError> read_file(const std::string& file, const traces::ReadProgress& go_on) {
  std::error_code code;
  const fs::file_status status = fs::status(file, code);
  if (fs::is_directory(status)) return error(file, "is a directory; give a scenario or a trace file");
  if (fs::is_regular_file(status) && fs::file_size(file, code) > kLargestFile)
    return error(file, "is larger than 4 GiB; record a shorter run");
  std::ifstream in(file, std::ios::binary);
  if (!in) return error(file, std::string("cannot be opened: ") + std::strerror(errno));
  constexpr std::size_t kBlock = 1 << 22;
  std::string text;
  do {
    if (go_on && !go_on(text.size(), 0)) return error(file, "reading it was stopped");
    const std::size_t old = text.size();
    text.resize(old + kBlock);
    in.read(text.data() + old, kBlock);
    text.resize(old + static_cast<std::size_t>(in.gcount()));
  } while (in);
  if (in.bad()) return error(file, std::string("cannot be read: ") + std::strerror(errno));
  return InputFile{file, stem(file), std::move(text), false};
}

InputError render(const InputFile& file, const std::vector<scenarios::Diagnostic>& diagnostics) {
  InputError out;
  for (const auto& diagnostic : diagnostics) {
    out.text += to_string(diagnostic, file.label) + "\n" + scenarios::excerpt(file.text, diagnostic.pos);
    out.problems.push_back({diagnostic.pos.line, diagnostic.pos.column, diagnostic.message});
  }
  return out;
}

std::variant<scenarios::Scenario, InputError> load(const InputFile& file) {
  auto loaded = scenarios::load_scenario(file.text, file.name);
  if (auto* diagnostics = std::get_if<std::vector<scenarios::Diagnostic>>(&loaded)) return render(file, *diagnostics);
  return std::get<scenarios::Scenario>(std::move(loaded));
}

std::variant<LoadedTrace, InputError> read_trace(const InputFile& file, const traces::ReadProgress& go_on) {
  auto read = traces::read_jsonl(file.text, go_on);
  if (const auto* bad = std::get_if<traces::TraceError>(&read))
    return InputError{file.label + ":" + std::to_string(bad->line) + ":" + std::to_string(bad->column) +
                          ": error: " + bad->message + "\n",
                      {{static_cast<std::uint32_t>(bad->line), static_cast<std::uint32_t>(bad->column), bad->message}}};
  auto& trace = std::get<traces::ReadTrace>(read);
  LoadedTrace out;
  out.trace = trace;
  out.name = file.name;
  if (trace.cut_last_line) out.notes += file.label + ": note: the last line is cut; the trace ends before it\n";
  if (trace.unknown_kinds + trace.unknown_fields > 0)
    out.notes += file.label + ": note: ignored " + std::to_string(trace.unknown_kinds) + " events of unknown kinds and " +
                 std::to_string(trace.unknown_fields) + " unknown fields\n";
  if (trace.store->size() == 0) return error(file.label, "holds no event; record the run again");
  return out;
}

}  // namespace

std::variant<InputFile, InputError> read_input(const std::string& file, const traces::ReadProgress& go_on) {
  std::error_code code;
  if (fs::exists(file, code)) return read_file(file, go_on);
  for (const auto& entry : scenarios::library_files())
    if (entry.name == file) return InputFile{file, file, std::string(entry.text), true};
  return no_such_file(file);
}

std::variant<scenarios::Scenario, InputError> read_scenario(const std::string& file) {
  auto input = read_input(file);
  if (auto* bad = std::get_if<InputError>(&input)) return *bad;
  const auto& found = std::get<InputFile>(input);
  if (traces::looks_like_trace(found.text)) return error(found.label, "is a trace, not a scenario; this command needs the scenario");
  return load(found);
}

traces::TraceHeader header_of(const scenarios::Scenario& scenario, const std::string& model) {
  traces::TraceHeader header;
  header.producer = "loopscope " LOOPSCOPE_VERSION;
  header.model = model;
  header.title = scenario.title.empty() ? scenario.name : scenario.title;
  header.scenario_json = scenario.json;
  header.listing = scenario.listing;
  header.has_listing = true;
  return header;
}

std::variant<LoadedTrace, scenarios::Scenario, InputError> open_input(const std::string& file) {
  auto input = read_input(file);
  if (auto* bad = std::get_if<InputError>(&input)) return *bad;
  return open_input(std::get<InputFile>(input));
}

bool is_trace(const InputFile& file) {
  if (traces::looks_like_trace(file.text)) return true;
  // An empty or broken one is to be called what it was meant to be.
  const std::size_t first = file.text.find_first_not_of(" \t\r\n");
  return file.label.ends_with(".jsonl") && (first == std::string::npos || file.text[first] != '{');
}

std::variant<LoadedTrace, scenarios::Scenario, InputError> open_input(const InputFile& file, const traces::ReadProgress& go_on) {
  if (is_trace(file)) {
    auto trace = read_trace(file, go_on);
    if (auto* bad = std::get_if<InputError>(&trace)) return *bad;
    return std::get<LoadedTrace>(std::move(trace));
  }
  auto scenario = load(file);
  if (auto* bad = std::get_if<InputError>(&scenario)) return *bad;
  return std::get<scenarios::Scenario>(std::move(scenario));
}

std::variant<LoadedTrace, InputError> read_trace_or_run(const std::string& file, const std::string& model) {
  auto input = read_input(file);
  if (auto* bad = std::get_if<InputError>(&input)) return *bad;
  const auto& text = std::get<InputFile>(input);
  TerminalProgress progress("reading " + text.label);
  auto opened = open_input(text, [&](std::size_t bytes, std::size_t) {
    progress.tell(bytes, text.text.size());
    return true;
  });
  if (auto* bad = std::get_if<InputError>(&opened)) return *bad;
  if (auto* trace = std::get_if<LoadedTrace>(&opened)) {
    const std::string& recorded = trace->trace.store->header().model;
    if (!model.empty() && model != recorded)
      return error(file, "is a trace recorded on '" + recorded + "'; --model " + model + " needs the scenario");
    return std::move(*trace);
  }
  const auto& scenario = std::get<scenarios::Scenario>(opened);
  auto store = std::make_shared<traces::TraceStore>(header_of(scenario, model.empty() ? scenario.loop.model : model));
  scenarios::RunOptions options;
  if (!model.empty()) options.model = model;
  scenarios::Run run(scenario, options, store.get(), {});
  const scenarios::RunResult result = run.execute();
  store->finish();
  LoadedTrace out;
  out.trace.store = store;
  out.name = scenario.name;
  out.run_error = result.error;
  return out;
}

}  // namespace loopscope::app
