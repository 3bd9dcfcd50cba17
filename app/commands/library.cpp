#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/input.h"
#include "scenarios/library.h"

namespace loopscope::app {

int listing_command(const std::string& file) {
  auto read = read_scenario(file);
  if (const auto* bad = std::get_if<InputError>(&read)) {
    print_error(bad->text);
    return kBadInput;
  }
  return finish_stdout(fmt::format("{}\n", fmt::join(std::get<scenarios::Scenario>(read).listing, "\n")));
}

int list_command() {
  std::string text;
  std::size_t name_width = 0, title_width = 0;
  std::vector<scenarios::Scenario> all;
  for (const auto& entry : scenarios::library_files()) {
    auto read = read_scenario(std::string(entry.name));
    if (const auto* bad = std::get_if<InputError>(&read)) {
      print_error(bad->text);
      return kBadInput;
    }
    all.push_back(std::get<scenarios::Scenario>(std::move(read)));
    name_width = std::max(name_width, all.back().name.size());
    title_width = std::max(title_width, all.back().title.size());
  }
  for (const auto& scenario : all)
    text += fmt::format("{:<{}}  {:<{}}  {}\n", scenario.name, name_width, scenario.title, title_width,
                        fmt::join(scenario.tags, " "));
  return finish_stdout(text);
}

}  // namespace loopscope::app
