// class: how classes are made, and objects of them.
#include "scenarios/run/expressions.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/run/instances.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Value ClassNameNode::evaluate(Frame& frame) const {
  const Value& slot = frame.slots[access_.slot];
  const Value& value = access_.shared ? static_cast<Cell*>(slot.object())->value : slot;
  return value.is_missing() ? frame.interpreter.load_global(global_) : value;
}

Type& ClassNode::base_type(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  if (!base_) return *in.types().object;
  const Value base = base_->evaluate(frame);
  Type* type = base.get_if<Type>();
  if (!type) type_error(in, "a class inherits from a class, not from '" + type_name(in, base) + "'");
  const bool fits =
      type == in.types().object || type->is_program() || type->is_subtype_of(*in.types().base_exception);
  if (!fits)
    type_error(in, "type '" + type->full_name() +
                       "' is not an acceptable base type (scenarios inherit from object, exceptions and "
                       "classes of their own)");
  return *type;
}

void ClassNode::run_body(Frame& frame, Frame& body) const {
  Interpreter& in = frame.interpreter;
  body.line = code_.first_line;
  for (const std::uint32_t slot : code_.cells) body.slots[slot] = in.make<Cell>(in, Value::missing());
  for (std::size_t i = 0; i < closure_.size(); ++i)
    body.slots[code_.free_begin + i] = frame.slots[closure_[i]];
  const Runtime::Nested nested(in);
  in.run(body);
}

Value ClassNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  Type& base = base_type(frame);
  Frame body(in, code_);
  run_body(frame, body);
  Type& type = in.make_class(code_.name, code_.qualified_name, base);
  type.construct = construct_instance;
  type.define("__doc__", code_.doc ? Value(make_str(in, *code_.doc)) : Value());
  for (const Attribute& attribute : attributes_) {
    const Value& slot = body.slots[attribute.slot];
    const Value value = attribute.shared ? static_cast<Cell*>(slot.object())->value : slot;
    if (!value.is_missing()) type.define(attribute.name, value);
  }
  if (class_cell_ >= 0)
    static_cast<Cell*>(body.slots[static_cast<std::size_t>(class_cell_)].object())->value = Value(&type);
  return Value(&type);
}

}  // namespace loopscope::scenarios
