#include "scenarios/run/targets.h"

#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/sequences.h"

namespace loopscope::scenarios {

void SlotTarget::store(Frame& frame, Value value) const {
  Value& slot = frame.slots[access_.slot];
  // Swapped, not assigned: what the old value frees may look at the variable.
  std::swap(access_.shared ? static_cast<Cell*>(slot.object())->value : slot, value);
}

void SlotTarget::remove(Frame& frame) const {
  Value& slot = frame.slots[access_.slot];
  Value gone = Value::missing();
  std::swap(access_.shared ? static_cast<Cell*>(slot.object())->value : slot, gone);
  if (!gone.is_missing()) return;
  const std::string& name = frame.code.slots[access_.slot];
  if (access_.free)
    raise_error(frame.interpreter, "NameError",
                "cannot access free variable '" + name +
                    "' where it is not associated with a value in enclosing scope");
  raise_error(frame.interpreter, "UnboundLocalError",
              "cannot access local variable '" + name + "' where it is not associated with a value");
}

void GlobalTarget::store(Frame& frame, Value value) const {
  frame.interpreter.store_global(index_, std::move(value));
}
void GlobalTarget::remove(Frame& frame) const { frame.interpreter.remove_global(index_); }

void AttributeTarget::store(Frame& frame, Value value) const {
  set_attribute(frame.interpreter, object_->evaluate(frame), name_, value);
}
void AttributeTarget::remove(Frame& frame) const {
  delete_attribute(frame.interpreter, object_->evaluate(frame), name_);
}

void ItemTarget::store(Frame& frame, Value value) const {
  const Value object = object_->evaluate(frame);
  const Value key = key_->evaluate(frame);
  set_item(frame.interpreter, object, key, value);
}
void ItemTarget::remove(Frame& frame) const {
  const Value object = object_->evaluate(frame);
  const Value key = key_->evaluate(frame);
  delete_item(frame.interpreter, object, key);
}

void UnpackTarget::store(Frame& frame, Value value) const {
  Interpreter& in = frame.interpreter;
  if (!is_iterable(in, value))
    type_error(in, "cannot unpack non-iterable " + type_name(in, value) + " object");
  if (star_ >= 0) return store_with_rest(frame, iterate(in, value));
  std::vector<Value> items;
  bool more = false;
  for_each(in, value, [&](Value item) {
    more = items.size() == targets_.size();
    if (!more) items.push_back(std::move(item));
    return !more;
  });
  const std::string expected = std::to_string(targets_.size());
  if (more) value_error(in, "too many values to unpack (expected " + expected + ")");
  if (items.size() < targets_.size())
    value_error(in, "not enough values to unpack (expected " + expected + ", got " +
                        std::to_string(items.size()) + ")");
  for (std::size_t i = 0; i < targets_.size(); ++i) targets_[i]->store(frame, std::move(items[i]));
}

void UnpackTarget::store_with_rest(Frame& frame, const Value& iterator) const {
  Interpreter& in = frame.interpreter;
  const std::size_t fixed = targets_.size() - 1, before = static_cast<std::size_t>(star_);
  std::vector<Value> items;
  bool more = true;
  for (Value item; items.size() < before && (more = next(in, iterator, item));)
    items.push_back(std::move(item));
  if (more)
    for (Value& item : collect(in, iterator)) items.push_back(std::move(item));
  if (items.size() < fixed)
    value_error(in, "not enough values to unpack (expected at least " + std::to_string(fixed) + ", got " +
                        std::to_string(items.size()) + ")");
  const std::size_t rest = items.size() - fixed;
  for (std::size_t i = 0; i < before; ++i) targets_[i]->store(frame, items[i]);
  const auto from = items.begin() + star_;
  targets_[before]->store(frame,
                          make_list(in, std::vector<Value>(from, from + static_cast<std::ptrdiff_t>(rest))));
  for (std::size_t i = before + 1; i < targets_.size(); ++i) targets_[i]->store(frame, items[i - 1 + rest]);
}

void UnpackTarget::remove(Frame& frame) const {
  for (const TargetPtr& target : targets_) target->remove(frame);
}

Value AssignNode::evaluate(Frame& frame) const {
  target_->store(frame, value_->evaluate(frame));
  return {};
}

Value AugmentNameNode::evaluate(Frame& frame) const {
  const Value left = load_->evaluate(frame);
  const Value right = value_->evaluate(frame);
  target_->store(frame, in_place(frame.interpreter, op_, left, right));
  return {};
}

Value AugmentAttributeNode::evaluate(Frame& frame) const {
  const Value object = object_->evaluate(frame);
  const Value left = get_attribute(frame.interpreter, object, name_);
  const Value right = value_->evaluate(frame);
  set_attribute(frame.interpreter, object, name_, in_place(frame.interpreter, op_, left, right));
  return {};
}

Value AugmentItemNode::evaluate(Frame& frame) const {
  const Value object = object_->evaluate(frame);
  const Value key = key_->evaluate(frame);
  const Value left = get_item(frame.interpreter, object, key);
  const Value right = value_->evaluate(frame);
  set_item(frame.interpreter, object, key, in_place(frame.interpreter, op_, left, right));
  return {};
}

Value DeleteNode::evaluate(Frame& frame) const {
  for (const TargetPtr& target : targets_) target->remove(frame);
  return {};
}

Value AssertNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  if (truthy(in, condition_->evaluate(frame))) return {};
  std::vector<Value> args;
  if (message_) args.push_back(message_->evaluate(frame));
  throw PyError(in.make<Exception>(in.exception_type("AssertionError"), std::move(args)));
}

Value RaiseNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  if (!error_) {
    const Ref<Exception> current = in.handled_exception(frame);
    if (!current) runtime_error(in, "No active exception to reraise");
    throw PyError(current, true);
  }
  const auto instance = [&](Value value, const char* complaint) -> Value {
    const Type* type = value.get_if<Type>();
    if (type && type->is_subtype_of(*in.types().base_exception)) value = in.call(value, {});
    if (!value.get_if<Exception>() && complaint) type_error(in, complaint);
    return value;
  };
  const Value raised = instance(error_->evaluate(frame), "exceptions must derive from BaseException");
  Ref<Exception> error(raised.get_if<Exception>());
  if (cause_) {
    const Value given = cause_->evaluate(frame);
    error->cause =
        given.is_none() ? given : instance(given, "exception causes must derive from BaseException");
    error->suppress_context = true;
  }
  if (const Ref<Exception> handled = in.handled_exception(frame)) in.set_context(*error, handled);
  throw PyError(error);
}

}  // namespace loopscope::scenarios
