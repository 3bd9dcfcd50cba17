#include "scenarios/builtins/pickling.h"

#include "scenarios/run/function.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/instance.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"

namespace loopscope::scenarios {
namespace {

/// The name by which CPython's own types refuse.
std::string refused_name(const Value& value) {
  switch (value.object()->kind()) {
    case Kind::thread:
    case Kind::thread_lock:
    case Kind::thread_event:
    case Kind::thread_queue:
    case Kind::concurrent_future:
    case Kind::executor:
      return "_thread.lock";  // all of them hold one
    case Kind::future:
      return "_asyncio." + value.object()->type().name();
    default:
      return value.object()->type().name();
  }
}

}  // namespace

Value PickleCopier::copy(const Value& value) {
  if (!value.is_object()) return value;
  if (const auto found = made_.find(value.object()); found != made_.end()) return found->second;
  const Runtime::Nested nested(in_, " while pickling an object");
  return copy_object(value);
}

std::vector<Value> PickleCopier::copy_all(const std::vector<Value>& values) {
  std::vector<Value> copies;
  copies.reserve(values.size());
  for (const Value& value : values) copies.push_back(copy(value));
  return copies;
}

Value PickleCopier::copy_object(const Value& value) {
  switch (value.object()->kind()) {
    case Kind::str:
    case Kind::bytes:
    case Kind::range:
    case Kind::builtin:
      return value;
    case Kind::list:
      return copy_list(value);
    case Kind::tuple:
      return remember(value, new_tuple(in_, copy_all(value.get_if<Tuple>()->items())));
    case Kind::dict:
      return copy_dict(value);
    case Kind::set:
      return copy_set(value);
    case Kind::function: {
      const Code& code = value.get_if<Function>()->code;
      return by_name(value, code.qualified_name, value.object()->repr(in_));
    }
    case Kind::type: {
      const Type& type = *value.get_if<Type>();
      return type.is_program() ? by_name(value, type.qualified_name(), value.object()->repr(in_)) : value;
    }
    case Kind::bound_method: {
      const BoundMethod& method = *value.get_if<BoundMethod>();
      const Value self = copy(method.self);
      return in_.make<BoundMethod>(in_, self, method.function);
    }
    case Kind::partial: {
      const Partial& partial = *value.get_if<Partial>();
      const Value function = copy(partial.function);
      Arguments arguments{copy_all(partial.arguments.values), partial.arguments.keywords};
      for (auto& [name, argument] : arguments.keywords) argument = copy(argument);
      return remember(value, in_.make<Partial>(in_, function, std::move(arguments)));
    }
    case Kind::exception:
      return copy_exception(value);
    case Kind::instance:
      return copy_instance(value);
    default:
      type_error(in_, "cannot pickle '" + refused_name(value) + "' object");
  }
}

Value PickleCopier::remember(const Value& original, Value made) {
  originals_.push_back(original);
  return made_.emplace(original.object(), std::move(made)).first->second;
}

Value PickleCopier::copy_list(const Value& value) {
  const Ref<List> list = make_list(in_);
  remember(value, list);
  for (const Value& item : std::vector<Value>(value.get_if<List>()->items())) list->append(copy(item));
  return list;
}

Value PickleCopier::copy_dict(const Value& value) {
  const Ref<Dict> dict = make_dict(in_);
  remember(value, dict);
  for (const HashTable::Entry& entry : value.get_if<Dict>()->table().entries())
    if (!entry.key.is_missing()) dict->set(in_, copy(entry.key), copy(entry.value));
  return dict;
}

Value PickleCopier::copy_set(const Value& value) {
  const Ref<Set> set = make_set(in_);
  remember(value, set);
  for (const HashTable::Entry& entry : value.get_if<Set>()->table().entries())
    if (!entry.key.is_missing()) set->add(in_, copy(entry.key));
  return set;
}

Value PickleCopier::copy_exception(const Value& value) {
  const Exception& original = *value.get_if<Exception>();
  copy(Value(&original.type()));
  const Ref<Exception> made = in_.make<Exception>(original.type(), std::vector<Value>());
  remember(value, made);
  made->args = copy_all(original.args);
  for (const auto& [name, attribute] : original.attributes()) made->set_attribute(in_, name, copy(attribute));
  return made;
}

Value PickleCopier::copy_instance(const Value& value) {
  const Instance& original = *value.get_if<Instance>();
  copy(Value(&original.type()));
  const Ref<Instance> made = in_.make<Instance>(original.type());
  remember(value, made);
  for (const auto& [name, attribute] : original.attributes()) made->set_attribute(in_, name, copy(attribute));
  return made;
}

/// Functions and classes go by their name in the module.
Value PickleCopier::by_name(const Value& value, const std::string& name, const std::string& shown) {
  if (name.find("<locals>") != std::string::npos)
    raise_error(in_, "AttributeError", "Can't pickle local object '" + name + "'");
  const Value known = in_.find_global(name);
  if (known.is(value)) return value;
  const std::string what = known.is_missing() ? "attribute lookup " + name + " on __main__ failed"
                                              : "it's not the same object as __main__." + name;
  raise_error(in_, "PicklingError", "Can't pickle " + shown + ": " + what);
}

Interpreter::Globals fork_globals(Interpreter& in) {
  Interpreter::Globals globals = in.globals();
  PickleCopier copier(in);
  for (Interpreter::Global& global : globals) {
    if (global.value.is_missing()) continue;
    try {
      global.value = copier.copy(global.value);
    } catch (const PyError&) {  // shared with the other process: it has no way to use it
    }
  }
  return globals;
}

}  // namespace loopscope::scenarios
