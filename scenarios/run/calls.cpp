#include "scenarios/run/expressions.h"
#include "scenarios/run/frame.h"
#include "scenarios/run/function.h"
#include "scenarios/run/interpreter.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

CallNode::CallNode(NodePtr function, std::vector<Item> args, std::vector<Keyword> keywords)
    : function_(std::move(function)),
      method_(dynamic_cast<const AttributeNode*>(function_.get())),
      args_(std::move(args)),
      keywords_(std::move(keywords)) {}

Value CallNode::evaluate(Frame& frame) const {
  Interpreter& in = frame.interpreter;
  Arguments arguments;
  arguments.values.reserve(args_.size() + 1);
  Value callable;
  if (method_) {
    // A method of the object's type is called without making a bound method first.
    Value object = method_->object().evaluate(frame);
    Value own = object.is_object() ? object.object()->own_attribute(in, method_->name()) : Value::missing();
    const Value found =
        !own.is_missing() || object.get_if<Module>() ? own : in.type_of(object).lookup(method_->name());
    if (own.is_missing() && is_method(found)) {
      callable = found;
      arguments.values.push_back(std::move(object));
    } else {
      callable = own.is_missing() ? get_attribute(in, object, method_->name()) : std::move(own);
    }
  } else {
    callable = function_->evaluate(frame);
  }
  add_positional(frame, callable, arguments);
  if (!keywords_.empty()) add_keywords(frame, callable, arguments);
  return in.call(callable, std::move(arguments));
}

void CallNode::add_positional(Frame& frame, const Value& callable, Arguments& arguments) const {
  Interpreter& in = frame.interpreter;
  for (const Item& item : args_) {
    Value value = item.value->evaluate(frame);
    if (!item.starred) {
      arguments.values.push_back(std::move(value));
      continue;
    }
    if (!is_iterable(in, value))  // alone, it is handed to the call; else a list is made first
      type_error(in, (args_.size() == 1 ? called_name(in, callable) + " argument" : "Value") +
                         " after * must be an iterable, not " + type_name(in, value));
    for (Value& one : collect(in, value)) arguments.values.push_back(std::move(one));
    in.check_room(arguments.values.size() * sizeof(Value));
  }
}

void CallNode::add_keywords(Frame& frame, const Value& callable, Arguments& arguments) const {
  Interpreter& in = frame.interpreter;
  KeywordIndex known(arguments.keywords);
  const auto add = [&](const std::string& name, Value value) {
    in.spend_work();
    if (known.find(name) != arguments.keywords.size())
      type_error(in, called_name(in, callable) + " got multiple values for keyword argument '" + name + "'");
    arguments.keywords.emplace_back(name, std::move(value));
  };
  for (const Keyword& keyword : keywords_) {
    Value value = keyword.value->evaluate(frame);
    if (!keyword.name.empty()) {
      add(keyword.name, std::move(value));
      continue;
    }
    const Dict* dict = value.get_if<Dict>();
    if (!dict)
      type_error(in, called_name(in, callable) + " argument after ** must be a mapping, not " +
                         type_name(in, value));
    for (const HashTable::Entry& entry : dict->table().entries()) {
      if (entry.key.is_missing()) continue;
      const std::string* name = text_of(entry.key);
      if (!name) type_error(in, "keywords must be strings");
      constexpr std::size_t kFew = 16;
      if (arguments.keywords.size() > kFew) in.spend_bytes(512);
      add(*name, entry.value);
    }
  }
}

}  // namespace loopscope::scenarios
