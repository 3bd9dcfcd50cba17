// What exception groups can do: split, subgroup and derive. values[0] is the group.
#include <algorithm>

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/attributes.h"
#include "scenarios/values/callables.h"
#include "scenarios/values/operators.h"
#include "scenarios/values/sequences.h"

namespace loopscope::scenarios {
namespace {

Exception& group(const Value& value) { return *value.get_if<Exception>(); }

/// Which exceptions a program asks for: those of some types, or those that a function accepts.
class Condition {
 public:
  Condition(Interpreter& in, const Value& given) : in_(in), given_(given) {
    if (const Tuple* types = given.get_if<Tuple>())
      for (const Value& type : types->items()) add(type);
    else if (is_type(given))
      add(given);
    else if (!is_callable(given) || given.get_if<Type>())
      refuse();
  }

  bool matches(const Value& exception) {
    in_.spend_work();
    if (types_.empty() && !given_.get_if<Tuple>()) return truthy(in_, in_.call(given_, {exception}));
    return std::ranges::any_of(types_,
                               [&](const Type* type) { return in_.type_of(exception).is_subtype_of(*type); });
  }

 private:
  [[noreturn]] void refuse() {
    type_error(in_, "expected a function, exception type or tuple of exception types");
  }
  bool is_type(const Value& value) const {
    const Type* type = value.get_if<Type>();
    return type && type->is_subtype_of(*in_.types().base_exception);
  }
  void add(const Value& type) {
    if (!is_type(type)) refuse();
    types_.push_back(type.get_if<Type>());
  }

  Interpreter& in_;
  const Value given_;
  std::vector<const Type*> types_;
};

/// A group of some of the exceptions of `of`, with its traceback, causes and notes; None for none.
Value part_of(Interpreter& in, const Value& of, std::vector<Value> members) {
  if (members.empty()) return {};
  const Value list = make_list(in, std::move(members));
  const Value made = in.call(get_attribute(in, of, "derive"), {list});
  Exception* part = made.get_if<Exception>();
  if (!part || part->grouped.is_none())
    type_error(in, "derive must return an instance of BaseExceptionGroup");
  Exception& whole = group(of);
  part->traceback = whole.traceback;
  part->cause = whole.cause;
  part->context = whole.context;
  part->suppress_context = whole.suppress_context;
  if (const Value notes = whole.own_attribute(in, "__notes__"); notes.get_if<List>())
    part->set_attribute(in, "__notes__", make_list(in, collect(in, notes)));
  return made;
}

struct Parts {
  Value match, rest;
};

Parts split_by(Interpreter& in, const Value& exception, Condition& condition) {
  const Runtime::Nested nested(in, " in exceptiongroup_split_recursive");
  if (condition.matches(exception)) return {exception, {}};
  const Tuple* members = group(exception).grouped.get_if<Tuple>();
  if (!members) return {{}, exception};
  std::vector<Value> match, rest;
  for (const Value& member : members->items()) {
    Parts parts = split_by(in, member, condition);
    if (!parts.match.is_none()) match.push_back(std::move(parts.match));
    if (!parts.rest.is_none()) rest.push_back(std::move(parts.rest));
  }
  Value matching = part_of(in, exception, std::move(match));
  return {std::move(matching), part_of(in, exception, std::move(rest))};
}

Value split(Interpreter& in, Arguments& args) {
  Condition condition(in, args.values[1]);
  Parts parts = split_by(in, args.values[0], condition);
  return new_tuple(in, {parts.match, parts.rest});
}

Value subgroup(Interpreter& in, Arguments& args) {
  Condition condition(in, args.values[1]);
  return split_by(in, args.values[0], condition).match;
}

Value derive(Interpreter& in, Arguments& args) {
  return in.call(Value(&in.exception_type("BaseExceptionGroup")),
                 {group(args.values[0]).own_attribute(in, "message"), args.values[1]});
}

constexpr BuiltinRow kGroup[] = {
    {"split", split, 1, 1},
    {"subgroup", subgroup, 1, 1},
    {"derive", derive, 1, 1},
};

}  // namespace

std::span<const BuiltinRow> exception_group_methods() { return kGroup; }

}  // namespace loopscope::scenarios
