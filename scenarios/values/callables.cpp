#include "scenarios/values/callables.h"

#include "scenarios/values/attributes.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

std::string Builtin::qualified_name() const {
  return (owner_ ? owner_->name() + "." : "") + std::string(row_.name);
}

void Builtin::check(Runtime& runtime, const Arguments& arguments) const {
  if (!row_.keywords && !arguments.keywords.empty())
    type_error(runtime, qualified_name() + "() takes no keyword arguments");
  const int given = static_cast<int>(arguments.values.size()) - (owner_ ? 1 : 0);
  if (given < 0) type_error(runtime, "unbound method " + qualified_name() + "() needs an argument");
  if (owner_ && !runtime.type_of(arguments.values[0]).is_subtype_of(*owner_))
    type_error(runtime, "descriptor '" + std::string(row_.name) + "' for '" + owner_->full_name() +
                            "' objects doesn't apply to a '" + type_name(runtime, arguments.values[0]) +
                            "' object");
  if (given >= row_.least && given <= row_.most) return;
  const std::string count = std::to_string(given);
  if (row_.most == 0) type_error(runtime, qualified_name() + "() takes no arguments (" + count + " given)");
  if (row_.least == 1 && row_.most == 1)
    type_error(runtime, qualified_name() + "() takes exactly one argument (" + count + " given)");
  const int bound = given < row_.least ? row_.least : row_.most;
  const std::string how = row_.least == row_.most ? "" : given < row_.least ? "at least " : "at most ";
  type_error(runtime, std::string(row_.name) + " expected " + how + std::to_string(bound) + " argument" +
                          (bound == 1 ? "" : "s") + ", got " + count);
}

std::string Builtin::repr(Runtime&) {
  if (owner_) return "<method '" + std::string(row_.name) + "' of '" + owner_->name() + "' objects>";
  return "<built-in function " + std::string(row_.name) + ">";
}

Value Builtin::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__name__") return make_str(runtime, std::string(row_.name));
  if (name == "__qualname__") return make_str(runtime, qualified_name());
  return Value::missing();
}

BoundMethod::BoundMethod(Runtime& runtime, Value self, Value function)
    : Object(Kind::bound_method,
             function.get_if<Builtin>() ? *runtime.types().builtin : *runtime.types().method),
      self(std::move(self)),
      function(std::move(function)) {}

std::string BoundMethod::repr(Runtime& runtime) {
  if (const Builtin* builtin = function.get_if<Builtin>()) {
    const std::string of = type_name(runtime, self);
    return "<built-in method " + std::string(builtin->row().name) + " of " + of + " object at " +
           (self.is_object() ? address(*self.object()) : "0x7f0000000000") + ">";
  }
  return "<bound method " + callable_name(runtime, function) + " of " + scenarios::repr(runtime, self) + ">";
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
  return Value::missing();
}

std::string Partial::repr(Runtime& runtime) {
  const std::string rest = arguments_repr(runtime, arguments);
  return "functools.partial(" + scenarios::repr(runtime, function) + (rest.empty() ? "" : ", " + rest) + ")";
}

Value Partial::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "func") return function;
  if (name == "args") return new_tuple(runtime, arguments.values);
  return Value::missing();
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

std::string arguments_repr(Runtime& runtime, const Arguments& arguments, std::size_t from) {
  std::string text;
  const auto add = [&](const std::string& one) { text += (text.empty() ? "" : ", ") + one; };
  for (std::size_t i = from; i < arguments.values.size(); ++i) add(repr(runtime, arguments.values[i]));
  for (const auto& [name, value] : arguments.keywords) add(name + "=" + repr(runtime, value));
  return text;
}

}  // namespace loopscope::scenarios
