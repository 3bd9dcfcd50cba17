#include "scenarios/library.h"

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/input.h"

namespace loopscope::app {

int listing_command(const ListingArgs& args) {
  auto read = read_scenario(args.file);
  if (const auto* bad = std::get_if<InputError>(&read)) {
    print_error(bad->text);
    return kBadInput;
  }
  const std::vector<std::string>& listing = std::get<scenarios::Scenario>(read).listing;
  if (!args.numbers) return finish_stdout(fmt::format("{}\n", fmt::join(listing, "\n")));
  const std::size_t width = std::to_string(listing.size()).size();
  std::string text;
  for (std::size_t i = 0; i < listing.size(); ++i)
    text += fmt::format("{:>{}}{}{}\n", i + 1, width, listing[i].empty() ? "" : "  ", listing[i]);
  return finish_stdout(text);
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
