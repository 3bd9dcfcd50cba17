#include "scenarios/run/instances.h"

#include <algorithm>

#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/instance.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {

Value construct_instance(Interpreter& in, Arguments& arguments) {
  Type& type = *arguments.values[0].get_if<Type>();
  const bool is_exception = type.is_subtype_of(*in.types().base_exception);
  const Type* built_in = &type;
  while (built_in->is_program()) built_in = built_in->base();
  Arguments plain{arguments.values, {}};
  const Value object = is_exception ? built_in->construct(in, plain) : Value(in.make<Instance>(type));
  arguments.values[0] = object;
  const Value result = in.call(type.lookup("__init__"), std::move(arguments));
  if (!result.is_none()) type_error(in, "__init__() should return None, not '" + type_name(in, result) + "'");
  return object;
}

std::string Super::repr(Runtime& runtime) {
  return "<super: " + above_.Type::repr(runtime) + ", <" + type_name(runtime, self_) + " object>>";
}

Value Super::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__class__") return Value(&type());
  const Value found = above_.base() ? above_.base()->lookup(name) : Value::missing();
  if (found.is_missing()) return found;
  const bool of_class = self_.get_if<Type>() != nullptr;
  return of_class ? found : bind_attribute(runtime, self_, found);
}

namespace {

/// The class whose method runs, and its first argument.
std::pair<Type*, Value> running_method(Interpreter& in) {
  const Frame* frame = in.frame();
  if (!frame || frame->code.signature.positional.empty()) runtime_error(in, "super(): no arguments");
  const auto& slots = frame->code.slots;
  const auto cell = std::find(slots.begin() + frame->code.free_begin, slots.end(), "__class__");
  if (cell == slots.end()) runtime_error(in, "super(): __class__ cell not found");
  const auto value_at = [&](std::size_t slot) {
    const Cell* shared = frame->slots[slot].get_if<Cell>();
    return shared ? shared->value : frame->slots[slot];
  };
  const Value self = value_at(0), type = value_at(static_cast<std::size_t>(cell - slots.begin()));
  if (self.is_missing()) runtime_error(in, "super(): arg[0] deleted");
  if (type.is_missing()) runtime_error(in, "super(): empty __class__ cell");
  return {type.get_if<Type>(), self};
}

}  // namespace

Value construct_super(Interpreter& in, Arguments& arguments) {
  if (!arguments.keywords.empty()) type_error(in, "super() takes no keyword arguments");
  const std::size_t given = arguments.values.size() - 1;
  if (given > 2) type_error(in, "super() takes at most 2 arguments (" + std::to_string(given) + " given)");
  Type* above = given > 0 ? arguments.values[1].get_if<Type>() : nullptr;
  Value self = given > 1 ? arguments.values[2] : Value();
  if (given == 0) std::tie(above, self) = running_method(in);
  if (!above) type_error(in, "super() argument 1 must be a type, not " + type_name(in, arguments.values[1]));
  const Type* whole = self.get_if<Type>();
  const bool fits =
      given == 1 || in.type_of(self).is_subtype_of(*above) || (whole && whole->is_subtype_of(*above));
  if (!fits) type_error(in, "super(type, obj): obj must be an instance or subtype of type");
  return in.make<Super>(in, *above, self);
}

}  // namespace loopscope::scenarios
