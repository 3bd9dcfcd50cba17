#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <functional>

#include "app/commands/commands.h"
#include "core/loop/loop_model.h"

namespace loopscope::app {
namespace {

constexpr const char* kAbout =
    "Loopscope shows an asyncio event loop as the machine it is: run a scenario, step through\n"
    "its iterations forwards and backwards, export what happened.\n"
    "FILE is a scenario, a trace, or the bare name of a library scenario (loopscope list).";

/// One parse: the chosen command is kept here and run after parsing.
struct Choice {
  std::function<int()> command;
};

std::vector<std::string> loop_models() {
  const auto names = loop_model_names();
  return {names.begin(), names.end()};
}

void add_run(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<RunArgs>();
  auto clock = std::make_shared<std::string>("virtual");
  CLI::App* sub = app.add_subcommand("run", "Run a scenario headless; stdout is the program's own output");
  sub->add_option("FILE", args->file, "The scenario")->required();
  sub->add_option("--model", args->model, "The loop model")->check(CLI::IsMember(loop_models()));
  sub->add_option("--clock", *clock, "The clock")->check(CLI::IsMember({"virtual"}));
  sub->add_flag("--debug", args->debug, "asyncio's debug mode");
  sub->add_option("--trace", args->trace, "Write the trace to OUT as JSON Lines, as it happens")
      ->type_name("OUT");
  sub->add_flag("--stats", args->stats, "Print counts and times on stderr");
  sub->callback([args, clock, &choice] { choice.command = [args] { return run_command(*args); }; });
}

void add_check(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<CheckArgs>();
  CLI::App* sub = app.add_subcommand("check", "Validate scenarios, run them, compare with their `expect`");
  sub->add_option("FILE", args->files, "Scenarios")->required();
  sub->add_flag("--watch", args->watch, "Check again whenever a file is saved, until interrupted");
  sub->callback([args, &choice] { choice.command = [args] { return check_command(*args); }; });
}

void add_new(CLI::App& app, Choice& choice) {
  auto name = std::make_shared<std::string>();
  CLI::App* sub = app.add_subcommand("new", "Write a commented scenario to start from, NAME.json");
  sub->add_option("NAME", *name, "Its name, or the path of the file")->required();
  sub->callback([name, &choice] { choice.command = [name] { return new_command(*name); }; });
}

void add_listing(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<ListingArgs>();
  CLI::App* sub = app.add_subcommand("listing", "Print a scenario as the Python program it is");
  sub->add_option("FILE", args->file, "The scenario")->required();
  sub->add_flag("--numbers", args->numbers, "With line numbers, as traces, lessons and messages use them");
  sub->callback([args, &choice] { choice.command = [args] { return listing_command(*args); }; });
}

void add_list(CLI::App& app, Choice& choice) {
  app.add_subcommand("list", "List the library: name, title, tags")->callback([&choice] {
    choice.command = list_command;
  });
}

void add_info(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<InfoArgs>();
  CLI::App* sub = app.add_subcommand("info", "Counts, loops, tasks, times and findings of a trace");
  sub->add_option("TRACE", args->file, "A trace, or a scenario to run")->required();
  sub->add_flag("--json", args->json, "As JSON");
  sub->add_option("--fail-on", args->fail_on, "Exit 1 when one of these rules found something")
      ->delimiter(',')
      ->type_name("RULE,...")
      ->check(CLI::IsMember(finding_names()));
  sub->callback([args, &choice] { choice.command = [args] { return info_command(*args); }; });
}

void add_explain(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<ExplainArgs>();
  CLI::App* sub = app.add_subcommand("explain", "Tell what happens, event by event, in plain English");
  sub->add_option("TRACE", args->file, "A trace, or a scenario to run")->required();
  sub->add_flag("--markdown", args->markdown, "As Markdown");
  sub->add_option("-o,--out", args->out, "Write to OUT instead of stdout")->type_name("OUT");
  sub->callback([args, &choice] { choice.command = [args] { return explain_command(*args); }; });
}

void add_export(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<ExportArgs>();
  CLI::App* sub = app.add_subcommand("export", "Convert a trace, or a scenario's run");
  sub->add_option("FILE", args->file, "A trace, or a scenario to run")->required();
  sub->add_option("--to", args->to, "The format")->required()->check(CLI::IsMember(export_formats()));
  sub->add_option("-o,--out", args->out, "The file to write; - is stdout")->required()->type_name("OUT");
  sub->callback([args, &choice] { choice.command = [args] { return export_command(*args); }; });
}

#ifdef LOOPSCOPE_VIEWER
const CLI::Validator& is_size() {
  static const CLI::Validator validator(
      [](const std::string& text) {
        return parse_size(text) ? std::string()
                                : "'" + text + "' is not a size such as 1600x1000 (320x240 to 8192x8192)";
      },
      "WxH");
  return validator;
}

void add_shot(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<ShotArgs>();
  CLI::App* sub = app.add_subcommand("shot", "Draw the viewer's window into a PNG, without a display");
  sub->add_option("FILE", args->file, "A trace, or a scenario to run")->required();
  sub->add_option("--model", args->model, "The loop model that a scenario runs on")
      ->check(CLI::IsMember(loop_models()));
  sub->add_option("--at", args->at,
                  "The place: iteration 3, line 7, output 'text', task B done, time 1.5, event 120, end")
      ->type_name("SELECTOR");
  sub->add_option("--size", args->size, "The window's size in pixels")->check(is_size());
  sub->add_option("--theme", args->theme, "The theme")->check(CLI::IsMember({"dark", "light"}));
  sub->add_option("--scale", args->scale, "The UI scale")->check(CLI::Range(0.5, 4.0));
  sub->add_option("--keys", args->keys,
                  "Keys to press first, a character each: u shows the await tree, x the clock");
  CLI::Option* lesson = sub->add_option("--lesson", args->lesson, "The lesson at this stop, from 1")
                            ->type_name("STOP")
                            ->check(CLI::PositiveNumber);
  CLI::Option* predict = sub->add_flag("--predict", args->predict, "Ask which handle runs after the place");
  lesson->excludes(predict);
  sub->add_option("--answer", args->answer, "The answer given to the question, from 1")
      ->type_name("N")
      ->check(CLI::Range(1, 9));
  sub->add_flag("--presenter", args->presenter, "Large type, few panels");
  sub->add_option("-o,--out", args->out, "The PNG to write")->required()->type_name("OUT.png");
  sub->callback([args, &choice] { choice.command = [args] { return shot_command(*args); }; });
}

void add_viewer(CLI::App& app, Choice& choice) {
  auto args = std::make_shared<OpenArgs>();
  auto scale = std::make_shared<double>(0);
  app.add_option("FILE", args->file, "The scenario or trace to open in the viewer (none: lifecycle)");
  app.add_option("--theme", args->theme, "The viewer's theme (none: as last time)")->check(CLI::IsMember({"dark", "light"}));
  app.add_option("--scale", *scale, "The viewer's UI scale (none: as last time)")
      ->check(CLI::Range(0.5, 4.0));
  app.add_option("--size", args->size, "The window's size in pixels (none: as last time)")->check(is_size());
  app.add_flag("--lesson", args->lesson, "Begin with the scenario's lesson");
  app.add_flag("--presenter", args->presenter, "Large type, few panels");
  choice.command = [args, scale] {
    if (*scale > 0) args->scale = *scale;
    return open_command(*args);
  };
}
#endif

int report(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
  const CLI::App* used = &app;
  for (const CLI::App* sub : app.get_subcommands()) used = sub;
  const std::string name = used == &app ? "loopscope" : "loopscope " + used->get_name();
  print_error("loopscope: error: " + std::string(error.what()) + "; `" + name + " --help` shows the usage\n");
  return kBadInput;
}

}  // namespace

int command_line(int argc, const char* const* argv) {
  // A reader that goes away is an output that cannot be written, not a death.
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App app(kAbout, "loopscope");
  app.set_version_flag("--version", "loopscope " LOOPSCOPE_VERSION);
  app.require_subcommand(0, 1);
  Choice choice;
#ifdef LOOPSCOPE_VIEWER
  add_viewer(app, choice);
  add_shot(app, choice);
#else
  choice.command = [&app] { return finish_stdout(app.help()); };
#endif
  add_run(app, choice);
  add_check(app, choice);
  add_listing(app, choice);
  add_new(app, choice);
  add_list(app, choice);
  add_info(app, choice);
  add_explain(app, choice);
  add_export(app, choice);
  try {
    app.parse(argc, argv);
    return choice.command();
  } catch (const CLI::ParseError& error) {
    return report(app, error);
  }
}

}  // namespace loopscope::app
