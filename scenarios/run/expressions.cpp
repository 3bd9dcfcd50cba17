#include "scenarios/run/expressions.h"

#include <algorithm>

#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/format.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Value SlotNode::evaluate(Frame& frame) const {
  const Value& slot = frame.slots[access_.slot];
  const Value& value = access_.shared ? static_cast<Cell*>(slot.object())->value : slot;
  if (!value.is_missing()) return value;
  const std::string& name = frame.code.slots[access_.slot];
  if (access_.free)
    raise_error(frame.interpreter, "NameError",
                "cannot access free variable '" + name +
                    "' where it is not associated with a value in enclosing scope");
  raise_error(frame.interpreter, "UnboundLocalError",
              "cannot access local variable '" + name + "' where it is not associated with a value");
}

Value GlobalNode::evaluate(Frame& frame) const { return frame.interpreter.load_global(index_); }

Value FStringNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  std::string text;
  for (const Piece& piece : pieces_) {
    text += piece.literal;
    if (!piece.value) continue;
    const Value value = piece.value->evaluate(frame);
    const Value spec = piece.spec ? piece.spec->evaluate(frame) : Value();
    text += format_field(in, value, piece.conversion, spec.is_none() ? "" : *text_of(spec));
    in.check_room(text.size());
  }
  return make_str(in, std::move(text));
}

/// `set`: of a set display, which complains in other words than lists and tuples.
std::vector<Value> evaluate_items(Frame& frame, const std::vector<Item>& items, bool set = false) {
  std::vector<Value> values;
  values.reserve(items.size());
  for (const Item& item : items) {
    Value value = item.value->evaluate(frame);
    if (!item.starred) {
      values.push_back(std::move(value));
      continue;
    }
    if (!set && !is_iterable(frame.interpreter, value))
      type_error(frame.interpreter,
                 "Value after * must be an iterable, not " + type_name(frame.interpreter, value));
    for (Value& one : collect(frame.interpreter, value)) values.push_back(std::move(one));
    frame.interpreter.check_room(values.size() * sizeof(Value));
  }
  return values;
}

Value DisplayNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  std::vector<Value> values = evaluate_items(frame, items_, type_ == Type::set);
  if (type_ == Type::list) return make_list(in, std::move(values));
  if (type_ == Type::tuple) return new_tuple(in, std::move(values));
  Ref<Set> set = make_set(in);
  for (const Value& value : values) set->add(in, value);
  return set;
}

Value DictNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  Ref<Dict> dict = make_dict(in);
  for (const auto& [key_node, value_node] : items_) {
    if (key_node) {
      const Value key = key_node->evaluate(frame);
      dict->set(in, key, value_node->evaluate(frame));
      continue;
    }
    const Value mapping = value_node->evaluate(frame);
    if (!mapping.get_if<Dict>()) type_error(in, "'" + type_name(in, mapping) + "' object is not a mapping");
    dict->update(in, mapping);
  }
  return dict;
}

Value ListCompNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  const Value iterable = iterate(in, loops_.front().iterable->evaluate(frame));
  const Runtime::Nested nested(in);
  struct Variables {
    Variables(Frame& frame, const std::vector<SlotAccess>& all) : frame(frame), all(all) {
      for (const SlotAccess& one : all)
        if (one.shared)
          frame.slots[one.slot] = frame.interpreter.make<Cell>(frame.interpreter, Value::missing());
    }
    ~Variables() {
      for (const SlotAccess& one : all) frame.slots[one.slot] = Value::missing();
    }
    Frame& frame;
    const std::vector<SlotAccess>& all;
  } variables(frame, variables_);
  Ref<List> list = make_list(in);
  try {
    run(frame, 0, iterable, *list);
  } catch (PyError& error) {
    in.note_traceback(error, "<listcomp>", frame.line);
    throw;
  }
  return list;
}

void ListCompNode::run(Frame& frame, std::size_t depth, const Value& iterator, List& into) const {
  Interpreter& in = frame.interpreter;
  const Loop& loop = loops_[depth];
  const auto holds = [&](const NodePtr& condition) { return truthy(in, condition->evaluate(frame)); };
  for (Value item; next(in, iterator, item);) {
    in.spend_work();
    loop.target->store(frame, std::move(item));
    if (!std::all_of(loop.conditions.begin(), loop.conditions.end(), holds)) continue;
    if (depth + 1 < loops_.size())
      run(frame, depth + 1, iterate(in, loops_[depth + 1].iterable->evaluate(frame)), into);
    else
      into.append(element_->evaluate(frame));
  }
}

Value BinaryNode::evaluate(Frame& frame) const {
  const Value left = left_->evaluate(frame);
  const Value right = right_->evaluate(frame);
  return binary(frame.interpreter, op_, left, right);
}

Value UnaryNode::evaluate(Frame& frame) const {
  return unary(frame.interpreter, op_, operand_->evaluate(frame));
}

Value CompareNode::evaluate(Frame& frame) const {
  Value left = first_->evaluate(frame);
  bool holds = true;
  for (const auto& [op, operand] : rest_) {
    Value right = operand->evaluate(frame);
    holds = compare(frame.interpreter, op, left, right);
    if (!holds) break;
    left = std::move(right);
  }
  return Value::boolean(holds);
}

Value BoolNode::evaluate(Frame& frame) const {
  Value value;
  for (const NodePtr& operand : operands_) {
    value = operand->evaluate(frame);
    if (truthy(frame.interpreter, value) != is_and_) break;
  }
  return value;
}

Value ConditionalNode::evaluate(Frame& frame) const {
  const bool holds = truthy(frame.interpreter, condition_->evaluate(frame));
  return (holds ? then_ : otherwise_)->evaluate(frame);
}

Value SliceNode::evaluate(Frame& frame) const {
  const auto part = [&](const NodePtr& node) { return node ? node->evaluate(frame) : Value(); };
  const Value start = part(start_), stop = part(stop_), step = part(step_);
  return frame.interpreter.make<Slice>(frame.interpreter, start, stop, step);
}

Value SubscriptNode::evaluate(Frame& frame) const {
  const Value object = object_->evaluate(frame);
  const Value index = index_->evaluate(frame);
  return get_item(frame.interpreter, object, index);
}

Value AttributeNode::evaluate(Frame& frame) const {
  return get_attribute(frame.interpreter, object_->evaluate(frame), name_);
}

Value FunctionNode::evaluate(Frame& frame) const {
  Ref<Function> function = frame.interpreter.make<Function>(frame.interpreter, code_);
  for (const NodePtr& node : defaults_) function->defaults.push_back(node->evaluate(frame));
  for (const NodePtr& node : keyword_defaults_)
    function->keyword_defaults.push_back(node ? node->evaluate(frame) : Value::missing());
  for (const std::uint32_t slot : closure_)
    function->closure.emplace_back(static_cast<Cell*>(frame.slots[slot].object()));
  return function;
}

}  // namespace loopscope::scenarios
