#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/input.h"
#include "scenarios/library.h"
#include "scenarios/run/runner.h"
#include "traces/trace_store.h"

namespace loopscope::testing_support {

inline std::vector<std::string> library_names() {
  std::vector<std::string> names;
  for (const auto& file : scenarios::library_files()) names.emplace_back(file.name);
  return names;
}

/// The whole run of a library scenario.
inline app::TracePtr library_run(const std::string& name) {
  auto read = app::read_trace_or_run(name);
  if (const auto* bad = std::get_if<app::InputError>(&read)) throw std::runtime_error(bad->text);
  return std::get<app::LoadedTrace>(read).trace.store;
}

/// The same on another loop model. A turn of a trampoline costs so much that polls stay few.
inline app::TracePtr library_run(const std::string& name, const std::string& model) {
  auto read = app::read_scenario(name);
  if (const auto* bad = std::get_if<app::InputError>(&read)) throw std::runtime_error(bad->text);
  auto& scenario = std::get<scenarios::Scenario>(read);
  scenario.loop.turn_cost = 0.1;
  auto store = std::make_shared<traces::TraceStore>(app::header_of(scenario, model));
  scenarios::Run(scenario, {.model = model}, store.get(), {}).execute();
  store->finish();
  return store;
}

/// A test's name may hold letters and digits only.
inline std::string as_test_name(std::string name) {
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

}  // namespace loopscope::testing_support
