#include "scenarios/values/instance.h"

#include "scenarios/values/callables.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Value program_method(Runtime& runtime, const Value& value, std::string_view name) {
  if (!value.is_object() || !value.object()->type().is_program()) return Value::missing();
  const Value found = runtime.type_of(value).lookup(name);
  return found.get_if<Builtin>() ? Value::missing() : found;
}

std::optional<std::string> program_text(Runtime& runtime, Object& object, std::string_view method,
                                        std::string_view asked) {
  const Value self(&object);
  const Value found = program_method(runtime, self, method);
  if (found.is_missing()) return std::nullopt;
  const Value text = runtime.call(found, {self});
  if (const std::string* shown = text_of(text)) return *shown;
  type_error(runtime, std::string(asked.empty() ? method : asked) + " returned non-string (type " +
                          type_name(runtime, text) + ")");
}

std::string Instance::repr(Runtime& runtime) {
  if (auto text = program_text(runtime, *this, "__repr__")) return std::move(*text);
  return Object::repr(runtime);
}

std::string Instance::str(Runtime& runtime) {
  if (auto text = program_text(runtime, *this, "__str__")) return std::move(*text);
  if (auto text = program_text(runtime, *this, "__repr__", "__str__")) return std::move(*text);
  return Object::repr(runtime);
}

bool Instance::equals(Runtime& runtime, const Value& other) {
  const Value self(this);
  if (const Value method = program_method(runtime, self, "__eq__"); !method.is_missing())
    return scenarios::truthy(runtime, runtime.call(method, {self, other}));
  if (const Value method = program_method(runtime, other, "__eq__"); !method.is_missing())
    return scenarios::truthy(runtime, runtime.call(method, {other, self}));
  return other.object() == this;
}

std::uint64_t Instance::hash(Runtime& runtime) {
  // A class with __eq__ and without __hash__ is not hashable.
  if (!program_method(runtime, Value(this), "__eq__").is_missing())
    type_error(runtime, "unhashable type: '" + type().name() + "'");
  return Object::hash(runtime);
}

Value Instance::iterate(Runtime& runtime) {
  const Value method = program_method(runtime, Value(this), "__iter__");
  if (method.is_missing()) return {};
  const Value iterator = runtime.call(method, {Value(this)});
  if (!is_iterator(runtime, iterator))
    type_error(runtime, "iter() returned non-iterator of type '" + type_name(runtime, iterator) + "'");
  return iterator;
}

Value Instance::own_attribute(Runtime&, std::string_view name) {
  const auto found = attributes_.find(name);
  return found == attributes_.end() ? Value::missing() : found->second;
}

bool Instance::set_attribute(Runtime&, std::string_view name, const Value& value) {
  constexpr std::size_t kEntry = 96;  // a node of the map
  if (const auto found = attributes_.find(name); found != attributes_.end()) {
    const Value old = std::exchange(found->second, value);
    return true;
  }
  holds((attributes_.size() + 1) * kEntry);
  attributes_.emplace(std::string(name), value);
  return true;
}

bool Instance::delete_attribute(Runtime&, std::string_view name) {
  const auto found = attributes_.find(name);
  if (found == attributes_.end()) return false;
  const Value gone = std::move(found->second);
  attributes_.erase(found);
  return true;
}

void Instance::clear_references() { const auto gone = std::exchange(attributes_, {}); }

}  // namespace loopscope::scenarios
