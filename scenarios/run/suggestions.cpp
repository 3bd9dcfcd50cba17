#include "scenarios/run/suggestions.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>

#include "scenarios/values/callables.h"
#include "scenarios/values/instance.h"
#include "scenarios/values/python_names.h"

namespace loopscope::scenarios {
namespace {

using Names = std::vector<std::string>;

// CPython's: Python/suggestions.c
constexpr std::size_t kMostCandidates = 750, kLongestName = 40;
constexpr std::size_t kMove = 2, kCase = 1;

std::size_t substitution_cost(char a, char b) {
  if ((a & 31) != (b & 31)) return kMove;
  if (a == b) return 0;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return lower(a) == lower(b) ? kCase : kMove;
}

/// Levenshtein's distance; anything above `most` when it is more than that. One row of the
/// table at a time. Its first column is CPython's, one row behind the textbook's.
std::size_t distance(std::string_view a, std::string_view b, std::size_t most) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) a.remove_prefix(1), b.remove_prefix(1);
  while (!a.empty() && !b.empty() && a.back() == b.back()) a.remove_suffix(1), b.remove_suffix(1);
  if (a.empty() || b.empty()) return (a.size() + b.size()) * kMove;
  if (a.size() > kLongestName || b.size() > kLongestName) return most + 1;
  if (b.size() < a.size()) std::swap(a, b);
  if ((b.size() - a.size()) * kMove > most) return most + 1;
  std::array<std::size_t, kLongestName> row{};
  for (std::size_t i = 0; i < a.size(); ++i) row[i] = (i + 1) * kMove;
  std::size_t result = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    std::size_t before = result = j * kMove;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (std::size_t i = 0; i < a.size(); ++i) {
      const std::size_t substitute = before + substitution_cost(b[j], a[i]);
      before = row[i];
      row[i] = result = std::min(std::min(result, before) + kMove, substitute);
      least = std::min(least, result);
    }
    if (least > most) return most + 1;
  }
  return result;
}

/// The nearest of `candidates`, the first of equals; empty when none is near.
template <class Candidates>
std::string nearest_name(std::string_view name, const Candidates& candidates) {
  if (candidates.size() >= kMostCandidates) return {};
  std::string best;
  std::size_t best_distance = std::numeric_limits<std::size_t>::max();
  for (const std::string_view candidate : candidates) {
    if (candidate == name || best_distance == 0) continue;
    const std::size_t third = (name.size() + candidate.size() + 3) * kMove / 6;
    const std::size_t most = std::min(third, best_distance - 1);
    const std::size_t found = distance(name, candidate, most);
    if (found > most) continue;
    best = candidate;
    best_distance = found;
  }
  return best;
}

using Set = std::set<std::string, std::less<>>;

void add_python(Set& names, std::string_view type) {
  for (const std::string_view name : python_names(type)) names.emplace(name);
}

/// What the type's bases have, and the type: as the format knows it, and as CPython does.
void add_type(Set& names, const Type& type, bool python) {
  for (const Type* at = &type; at; at = at->base()) {
    for (const auto& [name, value] : at->attributes()) names.insert(name);
    if (!python) continue;
    add_python(names, at->is_program() ? "" : at->full_name());
    if (at->is_program()) names.insert({"__dict__", "__module__", "__weakref__"});
  }
  if (python) add_python(names, "object");
}

/// dir(object); without `python` only what the format has.
Set names_of(Interpreter& in, const Value& object, bool python) {
  Set names;
  if (const Type* type = object.get_if<Type>()) {
    add_type(names, *type, python);
  } else if (const Module* module = object.get_if<Module>()) {
    for (const auto& [name, value] : module->members) names.insert(name);
  } else {
    add_type(names, in.type_of(object), python);
    if (const Instance* instance = object.get_if<Instance>())
      for (const auto& [name, value] : instance->attributes()) names.insert(name);
    if (const Exception* exception = object.get_if<Exception>())
      for (const auto& [name, value] : exception->attributes()) names.insert(name);
  }
  return names;
}

constexpr std::array<std::string_view, 9> kModuleNames = {"__name__",   "__doc__",      "__package__",
                                                          "__loader__", "__spec__",     "__annotations__",
                                                          "__file__",   "__builtins__", "__cached__"};

/// The module's variables: its own, what the listing imports, and the program's.
Names global_names(Interpreter& in) {
  Names names(kModuleNames.begin(), kModuleNames.end());
  constexpr std::string_view kImport = "import ", kWork = "def work(";
  if (const std::vector<std::string>* listing = in.environment().listing) {
    for (const std::string_view line : *listing) {
      if (line.starts_with(kWork)) names.emplace_back("work");
      if (!line.starts_with(kImport)) continue;
      const std::string_view path = line.substr(kImport.size());
      names.emplace_back(path.substr(0, path.find('.')));
    }
  }
  for (const std::string_view name : in.global_names()) names.emplace_back(name);
  return names;
}

std::string nearest_variable(Interpreter& in, const Exception::Sought& sought) {
  std::string near = sought.locals ? nearest_name(sought.name, *sought.locals) : "";
  if (near.empty()) near = nearest_name(sought.name, global_names(in));
  if (near.empty()) near = nearest_name(sought.name, python_names("builtins"));
  return near;
}

/// The nearest name as CPython finds it; empty when the exception is of another kind.
std::string nearest_of(Interpreter& in, const Exception& exception) {
  if (!exception.sought || exception.traceback.empty()) return {};
  const Exception::Sought& sought = *exception.sought;
  if (&exception.type() == &in.exception_type("AttributeError")) {
    const Set names = names_of(in, sought.object, true);
    return names.contains(sought.name) ? "" : nearest_name(sought.name, names);  // Python would have found it
  }
  if (&exception.type() == &in.exception_type("NameError")) return nearest_variable(in, sought);
  return {};
}

/// "append, clear and copy".
std::string listed(const Names& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

/// The names that programs use: all when they are few, else the three nearest.
std::string what_there_is(const std::string& type, std::string_view name, const Set& all) {
  constexpr std::size_t kFew = 20, kShown = 3;
  Names names;
  for (const std::string& one : all)
    if (!one.starts_with('_')) names.push_back(one);
  if (names.empty()) return "";
  if (names.size() <= kFew) return "; " + type + " has here " + listed(names);
  const auto nearer = [&](const std::string& a, const std::string& b) {
    constexpr std::size_t kAny = 1000;
    return distance(a, name, kAny) < distance(b, name, kAny);
  };
  std::stable_sort(names.begin(), names.end(), nearer);
  names.resize(kShown);
  return "; the nearest that there are: " + listed(names) + " (all: \"Names\" in the format's description)";
}

}  // namespace

std::string suggested_name(Interpreter& interpreter, const Exception& exception) {
  const std::string near = nearest_of(interpreter, exception);
  return near.empty() ? "" : ". Did you mean: '" + near + "'?";
}

std::string missing_in_format(Interpreter& interpreter, const Exception& exception) {
  if (!exception.sought) return {};
  const Exception::Sought& sought = *exception.sought;
  const std::string near = nearest_of(interpreter, exception);
  if (&exception.type() == &interpreter.exception_type("NameError")) {
    const auto is = [&](std::string_view word) { return word == sought.name; };
    const bool module = std::any_of(kModuleNames.begin(), kModuleNames.end(), is);
    return module ? "note: Python has '" + sought.name + "', the scenario format has not\n" : "";
  }
  if (sought.object.is_none() || sought.object.get_if<Module>()) return {};
  const Set here = names_of(interpreter, sought.object, false),
            python = names_of(interpreter, sought.object, true);
  const auto lacks = [&](const std::string& name) { return python.contains(name) && !here.contains(name); };
  const std::string& name = lacks(sought.name) ? sought.name : near;
  if (name.empty() || !lacks(name)) return {};
  const Type* named = sought.object.get_if<Type>();
  const Type& type = named ? *named : interpreter.type_of(sought.object);
  return "note: Python's " + type.name() + " has '" + name + "', the scenario format has not" +
         what_there_is(type.name(), name, here) + "\n";
}

}  // namespace loopscope::scenarios
