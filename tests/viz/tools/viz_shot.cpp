// Draws the viewer on the sample trace: a tool for whoever works on its panels.
//   viz_shot OUT.png [--event N] [--size WxH] [--theme dark|light] [--scale S] [--axis clock]
//            [--select task:N|handle:N|fd:N|line:N] [--progress P] [--help-open] [--failure TEXT] [--json 1]
//            [--title TEXT] [--file TRACE.jsonl] [--zoom FACTOR] [--range FROM-TO] [--arrows N]
//            [--search TEXT | --palette TEXT | --break TEXT]
// Events count from 1; without --event it is the promotion of B's timer.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "core/trace/event_reader.h"
#include "tests/viz/sample_trace.h"
#include "traces/formats/jsonl.h"
#include "viz/export/png.h"
#include "viz/shell/shot.h"

using namespace loopscope;
using namespace loopscope::viz;

namespace {

EventIndex promotion(const traces::TraceStore& store) {
  for (EventIndex i = 0; i < store.size(); ++i)
    if (const TraceEvent e = store.event(i);
        e.kind == EventKind::handle_queued && field::cause(e) == Cause::timer)
      return i;
  return 0;
}

Selection selection(const std::string& text) {
  const auto colon = text.find(':');
  const auto id =
      static_cast<std::uint32_t>(std::atoi(text.c_str() + (colon == std::string::npos ? 0 : colon + 1)));
  const std::string kind = text.substr(0, colon);
  using K = Selection::Kind;
  return {kind == "task" ? K::task : kind == "handle" ? K::handle : kind == "fd" ? K::fd : K::line, id};
}

std::shared_ptr<traces::TraceStore> read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  auto read = traces::read_jsonl(text);
  const auto* trace = std::get_if<traces::ReadTrace>(&read);
  return trace ? trace->store : nullptr;
}

bool option(ShotOptions& o, std::string& title, const std::string& name, const std::string& value) {
  if (name == "--event")
    o.at = static_cast<EventIndex>(std::max(1, std::atoi(value.c_str())) - 1);
  else if (name == "--size")
    return std::sscanf(value.c_str(), "%dx%d", &o.width, &o.height) == 2;
  else if (name == "--theme")
    o.theme = value == "light" ? ThemeName::light : ThemeName::dark;
  else if (name == "--scale")
    o.scale = static_cast<float>(std::atof(value.c_str()));
  else if (name == "--axis")
    o.axis = value == "clock" ? AxisKind::clock : AxisKind::steps;
  else if (name == "--select")
    o.selection = selection(value);
  else if (name == "--progress")
    o.moving.progress = static_cast<float>(std::atof(value.c_str()));
  else if (name == "--file")
    return true;
  else if (name == "--failure")
    o.failure = value;
  else if (name == "--title")
    title = value;
  else if (name == "--json")
    o.setup.push_back(command::ToggleEditor{});
  else if (name == "--zoom")
    o.setup.push_back(command::Zoom{static_cast<float>(std::atof(value.c_str()))});
  else if (name == "--range") {
    std::size_t from = 0, to = 0;
    if (std::sscanf(value.c_str(), "%zu-%zu", &from, &to) != 2) return false;
    o.setup.push_back(command::MarkRange{from, to});
  } else if (name == "--arrows")
    for (int i = 0; i < std::atoi(value.c_str()); ++i) o.setup.push_back(command::SetArrows{});
  else if (name == "--search" || name == "--palette" || name == "--break") {
    o.setup.push_back(command::OpenPrompt{name == "--search"    ? PromptKind::search
                                          : name == "--palette" ? PromptKind::palette
                                                                : PromptKind::breakpoint});
    o.text = value;
  } else
    return false;
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  auto store = sample_trace();
  for (int i = 2; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--file") store = read_file(argv[i + 1]);
  if (!store) return std::fprintf(stderr, "viz_shot: the trace cannot be read\n"), 1;
  ShotOptions options;
  std::string title = "lifecycle";
  options.at = promotion(*store);
  if (argc < 2) return std::fprintf(stderr, "usage: viz_shot OUT.png [options]\n"), 2;
  for (int i = 2; i < argc; ++i) {
    const std::string name = argv[i];
    if (name == "--help-open")
      options.help = true;
    else if (i + 1 >= argc || !option(options, title, name, argv[++i]))
      return std::fprintf(stderr, "viz_shot: what is %s?\n", name.c_str()), 2;
  }
  options.moving.to = options.at;
  options.moving.from = options.at > 0 ? options.at - 1 : 0;
  std::vector<std::uint8_t> rgba;
  std::string error;
  if (!shot({store, title, "Two tasks share one loop"}, options, rgba, error))
    return std::fprintf(stderr, "viz_shot: %s\n", error.c_str()), 1;
  const auto png = encode_png(options.width, options.height, rgba);
  std::ofstream(argv[1], std::ios::binary)
      .write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
  std::printf("%s: event %zu of %zu\n", argv[1], options.at + 1, store->size());
}
