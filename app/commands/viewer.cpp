#include "app/commands/commands.h"

#ifdef LOOPSCOPE_VIEWER

#include <fmt/format.h>

#include "app/input.h"
#include "app/output_file.h"
#include "app/settings_file.h"
#include "app/viewer_session.h"
#include "traces/formats/lesson_reader.h"
#include "traces/selector.h"
#include "viz/export/png.h"
#include "viz/shell/shot.h"
#include "viz/shell/window.h"

namespace loopscope::app {
namespace {

/// What to do without a window.
constexpr const char* kInstead =
    "; `loopscope shot FILE -o OUT.png` draws a picture, `loopscope explain FILE` tells the run\n";

int fail(const std::string& text) {
  print_error(text);
  return kBadInput;
}

viz::ThemeName theme_named(const std::string& name) {
  return name == "light" ? viz::ThemeName::light : viz::ThemeName::dark;
}

/// Writes the picture; the file appears whole or not at all.
int write_png(const std::string& path, const Size& size, const std::vector<std::uint8_t>& rgba) {
  OutputFile out(path);
  if (!out.ok()) return fail(out.error());
  const std::vector<std::uint8_t> png = viz::encode_png(size.width, size.height, rgba);
  if (png.empty()) return fail(path + ": error: the picture could not be encoded\n");
  const std::string_view bytes(reinterpret_cast<const char*>(png.data()), png.size());
  if (!out.write(bytes) || !out.commit()) return fail(out.error());
  return kFine;
}

}  // namespace

using Teach = viz::command::Teach;

/// The commands that bring the window into the state that `args` ask for.
viz::Commands setup_of(const ShotArgs& args) {
  viz::Commands setup;
  if (args.presenter) setup.push_back(viz::command::TogglePresenter{});
  if (args.predict) setup.push_back(Teach{Teach::What::predict});
  if (args.lesson > 0) setup.push_back(Teach{Teach::What::lesson});
  for (std::size_t stop = 1; stop < args.lesson; ++stop) {
    setup.push_back(Teach{Teach::What::show});  // on past a question
    setup.push_back(Teach{Teach::What::next});
  }
  if (args.answer > 0) setup.push_back(Teach{Teach::What::answer, args.answer});
  return setup;
}

int shot_command(const ShotArgs& args) {
  auto read = read_trace_or_run(args.file, args.model);
  if (const auto* bad = std::get_if<InputError>(&read)) return fail(bad->text);
  const auto& trace = std::get<LoadedTrace>(read);
  print_error(trace.notes);
  const auto at = traces::select_event(*trace.trace.store, args.at);
  if (const auto* bad = std::get_if<std::string>(&at)) return fail("loopscope: error: --at: " + *bad + "\n");
  const Size size = *parse_size(args.size);
  viz::ShotOptions options;
  options.width = size.width;
  options.height = size.height;
  options.theme = theme_named(args.theme);
  options.scale = static_cast<float>(args.scale);
  options.at = std::get<traces::EventIndex>(at);
  options.failure = trace.run_error;
  options.keys = args.keys;
  options.setup = setup_of(args);
  std::vector<std::uint8_t> rgba;
  std::string error;
  const TracePtr& store = trace.trace.store;
  if (const std::size_t stops = traces::read_lesson(store->header()).size(); args.lesson > stops)
    return fail(fmt::format("loopscope: error: --lesson: the lesson of {} has {} stops\n", trace.name, stops));
  const viz::ViewedRun run{store, trace.name, store->header().title};
  if (!viz::shot(run, options, rgba, error)) return fail("loopscope: error: " + error + "\n");
  return write_png(args.out, size, rgba);
}

int open_command(const OpenArgs& args) {
  // A file that cannot be read is the command line's error; a bad scenario shows in the window.
  const auto input = read_input(args.file);
  if (const auto* bad = std::get_if<InputError>(&input)) return fail(bad->text);
  if (!viz::display_available())
    return fail(std::string("loopscope: error: there is no display to open a window on") + kInstead);
  SettingsFile settings(SettingsFile::usual_path());
  viz::WindowOptions options;
  options.settings = settings.settings();
  if (const auto size = parse_size(args.size)) {
    options.width = size->width;
    options.height = size->height;
    options.sized = true;
  }
  if (!args.theme.empty()) options.theme = theme_named(args.theme);
  if (args.scale) options.scale = static_cast<float>(*args.scale);
  options.lesson = args.lesson;
  options.presenter = args.presenter;
  ViewerSession session(args.file, settings);
  const std::string error = viz::run_window(options, session);
  if (error.empty()) return kFine;
  return fail(
      "loopscope: error: " + error +
      "\n  The viewer needs OpenGL 3.3. Install its driver (Debian: libgl1-mesa-dri), or let the processor "
      "draw:\n  LIBGL_ALWAYS_SOFTWARE=1 loopscope FILE" +
      kInstead);
}

}  // namespace loopscope::app

#endif
