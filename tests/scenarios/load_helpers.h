#pragma once

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/load/loader.h"
#include "tests/scenarios/fixed_names.h"
#include "tests/support/paths.h"

namespace loopscope::scenarios {

inline LoadResult load(std::string_view text) { return load_scenario(text, "test", FixedNames()); }

/// "LINE:COL: error: MESSAGE (at POINTER)" for each error, in order.
inline std::vector<std::string> errors_of(std::string_view text) {
  LoadResult result = load(text);
  std::vector<std::string> lines;
  if (const auto* errors = std::get_if<std::vector<Diagnostic>>(&result)) {
    for (const Diagnostic& error : *errors) lines.push_back(to_string(error, "").substr(1));
  }
  return lines;
}

/// The scenario in `text`, which must be right.
inline Scenario loaded(std::string_view text) {
  LoadResult result = load(text);
  for (const std::string& error : errors_of(text)) ADD_FAILURE() << error;
  return std::holds_alternative<Scenario>(result) ? std::get<Scenario>(std::move(result)) : Scenario();
}

/// A scenario whose program is `statements`, the inside of a JSON list that begins at 2:1.
inline std::string with_program(std::string_view statements, std::string_view more = "") {
  return "{\"loopscope\": 1, " + std::string(more) + "\"program\": [\n" + std::string(statements) + "\n]}";
}

/// The files of the scenario library, sorted.
inline std::vector<std::filesystem::path> library_paths() {
  const std::filesystem::path root = support::source_dir();
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(root / "scenarios" / "library")) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace loopscope::scenarios
