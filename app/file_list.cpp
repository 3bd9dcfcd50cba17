#include "app/file_list.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "scenarios/library.h"

namespace loopscope::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 2000;      // of a folder
constexpr std::size_t kMostEntries = 20'000;  // of it that are looked at

bool in_library(const std::string& name) {
  const auto files = scenarios::library_files();
  return std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.name == name; });
}

bool can_be_opened(const std::string& name) {
  return (name.ends_with(".json") && !name.ends_with(".bookmarks.json")) || name.ends_with(".jsonl");
}

/// "/home/u/a" as "~/a".
std::string shortened(const std::string& path) {
  const char* home = std::getenv("HOME");
  const std::string own = home ? home : "";
  if (own.size() < 2 || !path.starts_with(own)) return path;
  if (path.size() == own.size()) return "~";
  return path[own.size()] == '/' ? "~" + path.substr(own.size()) : path;
}

/// The title of a library scenario, from its text: the reader of scenarios is too thorough for a list.
std::string library_title(std::string_view text) {
  constexpr std::string_view kKey = "\"title\": \"";
  const std::size_t at = text.find(kKey);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + kKey.size();
  return std::string(text.substr(begin, text.find('"', begin) - begin));
}

/// The scenarios and traces in `folder`, by name.
std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code code;
  std::size_t looked = 0;
  for (fs::directory_iterator it(folder, code), end; !code && it != end && looked < kMostEntries;
       it.increment(code)) {
    ++looked;
    const std::string name = it->path().filename().string();
    std::error_code ignored;
    if (can_be_opened(name) && it->is_regular_file(ignored)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  if (names.size() > kMostFiles) names.resize(kMostFiles);
  return names;
}

}  // namespace

std::string expanded(const std::string& path) {
  const char* home = std::getenv("HOME");
  return home && path.starts_with("~/") ? home + path.substr(1) : path;
}

std::string remembered_name(const std::string& file) {
  std::error_code code;
  if (!fs::exists(file, code) && in_library(file)) return file;
  const fs::path path = fs::absolute(file, code);
  return code ? file : path.lexically_normal().string();
}

std::vector<viz::FileChoice> file_list(const std::string& file, const std::vector<std::string>& recent) {
  std::vector<viz::FileChoice> choices;
  std::set<std::string> listed;
  std::error_code code;
  const std::string here = remembered_name(file);
  for (const std::string& name : recent) {
    const bool library = in_library(name) && !fs::exists(name, code);
    if (name == here || (!library && !fs::is_regular_file(name, code)) || !listed.insert(name).second)
      continue;
    const fs::path path(name);
    choices.push_back({"Recent", library ? name : path.filename().string(),
                       library ? "library" : shortened(path.parent_path().string()), name});
  }
  fs::path folder = fs::path(here).parent_path();
  if (folder.empty()) folder = fs::current_path(code);
  for (const std::string& name : files_in(folder))
    choices.push_back({"Folder " + shortened(folder.string()), name, name.ends_with(".jsonl") ? "trace" : "",
                       (folder / name).string()});
  for (const auto& entry : scenarios::library_files())
    choices.push_back(
        {"Library", std::string(entry.name), library_title(entry.text), std::string(entry.name)});
  return choices;
}

}  // namespace loopscope::app
