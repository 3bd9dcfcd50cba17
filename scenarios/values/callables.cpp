#include "scenarios/values/callables.h"

#include <algorithm>

#include "scenarios/values/attributes.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

namespace {

/// Whether CPython's module `scope` has the function in Python, not in C.
bool written_in_python(std::string_view scope, const BuiltinRow& row) {
  if (scope.empty()) return row.name == "work";
  constexpr std::string_view kWithoutParameters[] = {"gather", "new_event_loop", "current_thread"};
  return !row.parameters.empty() ||
         std::ranges::find(kWithoutParameters, row.name) != std::end(kWithoutParameters);
}

}  // namespace

Builtin::Builtin(Runtime& runtime, const BuiltinRow& row, Type* owner, std::string_view scope)
    : Object(Kind::builtin,
             !owner && written_in_python(scope, row) ? *runtime.types().function : *runtime.types().builtin),
      row_(row),
      owner_(owner),
      scope_(scope) {}

std::string Builtin::native_module() const {
  if (scope_ == "time") return "time.";
  return scope_ == "asyncio"     ? "_asyncio."
         : scope_ == "signal"    ? "_signal."
         : scope_ == "threading" ? "_thread."
                                 : "";
}

std::string Builtin::qualified_name() const {
  const std::string_view owner = !owner_                     ? ""
                                 : row_.python_class.empty() ? owner_->name()
                                                             : row_.python_class;
  return (owner.empty() ? "" : std::string(owner) + ".") + std::string(row_.name);
}

std::string enumerate_names(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 < names.size() ? ", " : names.size() == 2 ? " and " : ", and ";
    text += "'" + names[i] + "'";
  }
  return text;
}

namespace {

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(", "), text.size());
    names.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return names;
}

}  // namespace

void Builtin::prepare(Runtime& runtime, Arguments& arguments) const {
  if (owner_ && !arguments.values.empty() && !runtime.type_of(arguments.values[0]).is_subtype_of(*owner_))
    type_error(runtime, "descriptor '" + std::string(row_.name) + "' for '" + owner_->full_name() +
                            "' objects doesn't apply to a '" +
                            runtime.type_of(arguments.values[0]).full_name() + "' object");
  if (owner_ && arguments.values.empty()) {
    if (!row_.python_class.empty()) missing_self(runtime);
    type_error(runtime, "unbound method " + qualified_name() + "() needs an argument");
  }
  const bool python = !owner_ && written_in_python(scope_, row_);
  if (row_.parameters.empty() && row_.python_class.empty() && !python)
    check(runtime, arguments);
  else
    prepare_as_python(runtime, row_, owner_ ? 1 : 0, arguments);
}

void Builtin::missing_self(Runtime& runtime) const {
  std::vector<std::string> names = split_names(row_.parameters);
  names.resize(std::min(names.size(), static_cast<std::size_t>(row_.least)));
  names.insert(names.begin(), "self");
  type_error(runtime, qualified_name() + "() missing " + std::to_string(names.size()) +
                          " required positional argument" + (names.size() == 1 ? "" : "s") + ": " +
                          enumerate_names(names));
}

void prepare_as_python(Runtime& runtime, const BuiltinRow& row, std::size_t self, Arguments& arguments) {
  const std::string name =
      (row.python_class.empty() ? "" : std::string(row.python_class) + ".") + std::string(row.name);
  const std::size_t given = arguments.values.size() - self;
  const std::vector<std::string> names = split_names(row.parameters);
  const auto plural = [](std::size_t n) { return n == 1 ? "" : "s"; };
  const auto check_most = [&] {
    if (row.most == kAny || given <= names.size()) return;
    const auto least = static_cast<std::size_t>(row.least) + self, most = names.size() + self;
    const std::string takes = least == most ? std::to_string(most)
                                            : "from " + std::to_string(least) + " to " + std::to_string(most);
    type_error(runtime, name + "() takes " + takes + " positional argument" +
                            plural(least == most ? most : 2) + " but " + std::to_string(given + self) +
                            (given + self == 1 ? " was" : " were") + " given");
  };
  if (arguments.keywords.empty() || row.keywords) check_most();
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto keyword = std::find_if(arguments.keywords.begin(), arguments.keywords.end(),
                                      [&](const auto& one) { return one.first == names[i]; });
    const bool named = keyword != arguments.keywords.end();
    if (i < given) {
      if (named) type_error(runtime, name + "() got multiple values for argument '" + names[i] + "'");
      continue;
    }
    if (!named && i < static_cast<std::size_t>(row.least)) missing.push_back(names[i]);
    if (!named) continue;
    arguments.values.resize(std::max(arguments.values.size(), i + self + 1), Value::missing());
    arguments.values[i + self] = keyword->second;
    arguments.keywords.erase(keyword);
  }
  if (!row.keywords && !arguments.keywords.empty())
    type_error(runtime, name + "() got an unexpected keyword argument '" + arguments.keywords[0].first + "'");
  check_most();
  if (!missing.empty())
    type_error(runtime, name + "() missing " + std::to_string(missing.size()) +
                            " required positional argument" + plural(missing.size()) + ": " +
                            enumerate_names(missing));
}

void Builtin::check(Runtime& runtime, const Arguments& arguments) const {
  const std::string name = native_module() + qualified_name();
  if (!row_.keywords && !arguments.keywords.empty())
    type_error(runtime, name + "() takes no keyword arguments");
  const int given = static_cast<int>(arguments.values.size()) - (owner_ ? 1 : 0);
  if (given >= row_.least && given <= row_.most) return;
  const std::string count = std::to_string(given);
  // Functions in C that take keywords say it so; dict.update takes its tuple by hand.
  if (owner_ && row_.keywords && row_.most > 0 && row_.name != "update") {
    const bool exactly = row_.least == row_.most;
    type_error(runtime, std::string(row_.name) + "() takes " + (exactly ? "exactly " : "at most ") +
                            std::to_string(row_.most) + (exactly ? " positional" : "") + " argument" +
                            (row_.most == 1 ? "" : "s") + " (" +
                            std::to_string(static_cast<std::size_t>(given) + arguments.keywords.size()) +
                            " given)");
  }
  if (row_.most == 0) type_error(runtime, name + "() takes no arguments (" + count + " given)");
  if (row_.least == 1 && row_.most == 1)
    type_error(runtime, name + "() takes exactly one argument (" + count + " given)");
  const int bound = given < row_.least ? row_.least : row_.most;
  const std::string how = row_.least == row_.most ? "" : given < row_.least ? "at least " : "at most ";
  type_error(runtime, std::string(row_.name) + " expected " + how + std::to_string(bound) + " argument" +
                          (bound == 1 ? "" : "s") + ", got " + count);
}

std::string Builtin::repr(Runtime& runtime) {
  if (owner_) return "<method '" + std::string(row_.name) + "' of '" + owner_->name() + "' objects>";
  if (&type() == runtime.types().function)
    return "<function " + std::string(row_.name) + " at " + address(*this) + ">";
  return "<built-in function " + std::string(row_.name) + ">";
}

Value Builtin::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__name__") return make_str(runtime, std::string(row_.name));
  if (name == "__qualname__") return make_str(runtime, qualified_name());
  return Value::missing();
}

namespace {

/// A method that CPython writes in C.
bool is_native(const Value& function) {
  const Builtin* builtin = function.get_if<Builtin>();
  return builtin && builtin->row().python_class.empty();
}

}  // namespace

BoundMethod::BoundMethod(Runtime& runtime, Value self, Value function)
    : Object(Kind::bound_method, is_native(function) ? *runtime.types().builtin : *runtime.types().method),
      self(std::move(self)),
      function(std::move(function)) {}

std::string BoundMethod::repr(Runtime& runtime) {
  if (is_native(function)) {
    const Builtin* builtin = function.get_if<Builtin>();
    const std::string of = type_name(runtime, self);
    return "<built-in method " + std::string(builtin->row().name) + " of " + of + " object at " +
           (self.is_object() ? address(*self.object()) : "0x7f0000000000") + ">";
  }
  return "<bound method " + callable_name(runtime, function) + " of " + scenarios::repr(runtime, self) + ">";
}

std::string BoundMethod::brief(Runtime& runtime) {
  return "<method " + type_name(runtime, self) + "." + callable_name(runtime, function) + ">";
}

bool BoundMethod::equals(Runtime&, const Value& other) {
  const BoundMethod* method = other.get_if<BoundMethod>();
  return method && method->self.is(self) && method->function.is(function);
}

std::uint64_t BoundMethod::hash(Runtime& runtime) {
  const std::uint64_t whose =
      self.is_object() ? static_cast<std::uint64_t>(self.object()->id()) : scenarios::hash(runtime, self);
  return whose ^ scenarios::hash(runtime, function);
}

Value BoundMethod::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__self__") return self;
  if (name == "__func__" && !function.get_if<Builtin>()) return function;
  if (name == "__name__" || name == "__qualname__") return get_attribute(runtime, function, name);
  const bool own = function.is_object() && function.object()->kind() == Kind::function;
  return own ? function.object()->own_attribute(runtime, name) : Value::missing();
}

std::string Partial::repr(Runtime& runtime) {
  const std::string rest = arguments_repr(runtime, arguments);
  return "functools.partial(" + scenarios::repr(runtime, function) + (rest.empty() ? "" : ", " + rest) + ")";
}

std::string Partial::brief(Runtime& runtime) {
  return "functools.partial(" +
         (function.object()->kind() == kKind ? "…" : callable_name(runtime, function)) + ", …)";
}

Value Partial::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "func") return function;
  if (name == "args") return new_tuple(runtime, arguments.values);
  return Value::missing();
}

std::string Module::repr(Runtime&) {
  const bool package = name == "asyncio" || name == "concurrent" || name == "concurrent.futures";
  std::string path = name;
  std::replace(path.begin(), path.end(), '.', '/');
  return "<module '" + name + "' " +
         (name == "time" ? "(built-in)"
                         : "from '/usr/lib/python3.11/" + path + (package ? "/__init__" : "") + ".py'") +
         ">";
}

Value Module::own_attribute(Runtime& runtime, std::string_view attribute) {
  if (attribute == "__name__") return make_str(runtime, name);
  const auto found = members.find(attribute);
  return found == members.end() ? Value::missing() : found->second;
}

bool Module::set_attribute(Runtime&, std::string_view attribute, const Value& value) {
  members.insert_or_assign(std::string(attribute), value);
  return true;
}

bool is_callable(const Value& value) {
  const Object* object = value.object();
  if (!object) return false;
  switch (object->kind()) {
    case Kind::function:
    case Kind::builtin:
    case Kind::bound_method:
    case Kind::partial:
    case Kind::type:
      return true;
    default:
      return false;
  }
}

std::string callable_name(Runtime& runtime, const Value& callable) {
  if (const Partial* partial = callable.get_if<Partial>()) return callable_name(runtime, partial->function);
  if (const Builtin* builtin = callable.get_if<Builtin>()) return builtin->qualified_name();
  if (const BoundMethod* method = callable.get_if<BoundMethod>())
    return callable_name(runtime, method->function);
  if (callable.object()) {
    const Value name = callable.object()->own_attribute(runtime, "__qualname__");
    if (const std::string* text = text_of(name)) return *text;
  }
  return repr(runtime, callable);
}

std::string called_name(Runtime& runtime, const Value& callable) {
  const bool own = callable.is_object() && callable.object()->kind() == Kind::function;
  return (own ? "__main__." : "") + callable_name(runtime, callable) + "()";
}

std::size_t KeywordIndex::find(const std::string& name) {
  constexpr std::size_t kFew = 16;
  if (keywords_.size() <= kFew) {
    const auto same = [&](const auto& one) { return one.first == name; };
    return static_cast<std::size_t>(std::ranges::find_if(keywords_, same) - keywords_.begin());
  }
  for (std::size_t i = known_.size(); i < keywords_.size(); ++i) known_.emplace(keywords_[i].first, i);
  const auto found = known_.find(name);
  return found == known_.end() ? keywords_.size() : found->second;
}

KeywordValues merge_keywords(Runtime& runtime, KeywordValues keywords, KeywordValues more) {
  runtime.spend_bytes((keywords.size() + more.size()) * 128);
  KeywordIndex known(keywords);
  for (auto& keyword : more) {
    const std::size_t same = known.find(keyword.first);
    if (same == keywords.size())
      keywords.push_back(std::move(keyword));
    else
      keywords[same].second = std::move(keyword.second);
  }
  return keywords;
}

std::string arguments_repr(Runtime& runtime, const Arguments& arguments, std::size_t from) {
  std::string text;
  const auto add = [&](const std::string& one) {
    text += (text.empty() ? "" : ", ") + one;
    runtime.check_room(text.size());
  };
  for (std::size_t i = from; i < arguments.values.size(); ++i) add(repr(runtime, arguments.values[i]));
  for (const auto& [name, value] : arguments.keywords) add(name + "=" + repr(runtime, value));
  return text;
}

}  // namespace loopscope::scenarios
