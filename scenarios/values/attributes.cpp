#include "scenarios/values/attributes.h"

#include "scenarios/values/callables.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

Ref<Exception> no_attribute(Runtime& runtime, const Value& object, std::string_view name) {
  std::string who = "'" + runtime.type_of(object).native_name() + "' object";
  if (const Type* type = object.get_if<Type>()) who = "type object '" + type->name() + "'";
  if (const Module* module = object.get_if<Module>()) who = "module '" + module->name + "'";
  return make_exception(runtime, "AttributeError", who + " has no attribute '" + std::string(name) + "'");
}

}  // namespace

bool is_method(const Value& found) {
  const Builtin* builtin = found.get_if<Builtin>();
  return builtin ? builtin->owner() != nullptr
                 : found.is_object() && found.object()->kind() == Kind::function;
}

Value bind_attribute(Runtime& runtime, const Value& object, const Value& found) {
  if (const Property* property = found.get_if<Property>()) {
    Arguments self{{object}, {}};
    return runtime.call_native(property->get, self);
  }
  return is_method(found) ? Value(runtime.make<BoundMethod>(runtime, object, found)) : found;
}

Value find_attribute(Runtime& runtime, const Value& object, std::string_view name) {
  if (object.is_object()) {
    Value own = object.object()->own_attribute(runtime, name);
    if (!own.is_missing()) return own;
  }
  Type& type = runtime.type_of(object);
  if (name == "__class__") return Value(&type);
  if (name == "__doc__" && type.lookup(name).is_missing()) return {};
  if (!object.get_if<Module>()) {
    const Value found = type.lookup(name);
    if (!found.is_missing()) return bind_attribute(runtime, object, found);
  }
  return Value::missing();
}

Value special_method(Runtime& runtime, const Value& object, std::string_view name) {
  const Value found = runtime.type_of(object).lookup(name);
  return found.is_missing() ? found : bind_attribute(runtime, object, found);
}

Value get_attribute(Runtime& runtime, const Value& object, std::string_view name) {
  Value found = find_attribute(runtime, object, name);
  if (!found.is_missing()) return found;
  Ref<Exception> error = no_attribute(runtime, object, name);
  error->sought = std::make_unique<Exception::Sought>(Exception::Sought{std::string(name), object});
  throw PyError(std::move(error));
}

bool can_set_attribute(const Type& type, std::string_view name) {
  return !name.starts_with("__") && !type.lookup(name).get_if<Property>();
}

void set_attribute(Runtime& runtime, const Value& object, std::string_view name, const Value& value) {
  if (Type* type = object.get_if<Type>(); type && type->is_program())
    return type->define(std::string(name), value);
  if (const Type* type = object.get_if<Type>())
    type_error(runtime, "cannot set '" + std::string(name) + "' attribute of immutable type '" +
                            type->full_name() + "'");
  if (object.is_object() && object.object()->set_attribute(runtime, name, value)) return;
  const Value found = find_attribute(runtime, object, name);
  if (found.is_missing()) throw PyError(no_attribute(runtime, object, name));
  raise_error(
      runtime, "AttributeError",
      "'" + type_name(runtime, object) + "' object attribute '" + std::string(name) + "' is read-only");
}

void delete_attribute(Runtime& runtime, const Value& object, std::string_view name) {
  if (object.is_object() && object.object()->delete_attribute(runtime, name)) return;
  if (Type* type = object.get_if<Type>(); type && type->is_program()) {
    if (type->undefine(name)) return;
    raise_error(runtime, "AttributeError", std::string(name));
  }
  const Value found = find_attribute(runtime, object, name);
  if (found.is_missing()) throw PyError(no_attribute(runtime, object, name));
  raise_error(
      runtime, "AttributeError",
      "'" + type_name(runtime, object) + "' object attribute '" + std::string(name) + "' is read-only");
}

}  // namespace loopscope::scenarios
