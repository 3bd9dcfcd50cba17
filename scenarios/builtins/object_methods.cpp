// The special methods that every object has, and those of exceptions: what super() reaches.
#include "scenarios/builtins/exceptions.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

Value init(Interpreter& in, Arguments& args) {
  if (args.values.size() == 1 && args.keywords.empty()) return {};
  const Type& type = in.type_of(args.values[0]);
  if (type.lookup("__init__").get_if<Builtin>()) type_error(in, type.name() + "() takes no arguments");
  type_error(in, "object.__init__() takes exactly one argument (the instance to initialize)");
}

Value repr_(Interpreter& in, Arguments& args) {
  Object* object = args.values[0].object();
  return make_str(in, object ? object->Object::repr(in) : repr(in, args.values[0]));
}

Value str_(Interpreter& in, Arguments& args) { return make_str(in, repr(in, args.values[0])); }

constexpr BuiltinRow kObject[] = {
    {"__init__", init, 0, kAny, true},
    {"__repr__", repr_, 0, 0},
    {"__str__", str_, 0, 0},
};

Value init_of_exception(Interpreter& in, Arguments& args) {
  init_exception(in, *args.values[0].get_if<Exception>(), args);
  return {};
}

Value repr_exception(Interpreter& in, Arguments& args) {
  return make_str(in, args.values[0].get_if<Exception>()->plain_repr(in));
}

Value str_exception(Interpreter& in, Arguments& args) {
  return make_str(in, args.values[0].get_if<Exception>()->plain_str(in));
}

Value with_traceback(Interpreter& in, Arguments& args) {
  args.values[0].object()->set_attribute(in, "__traceback__", args.values[1]);
  return args.values[0];
}

Value add_note(Interpreter& in, Arguments& args) {
  if (!args.values[1].get_if<Str>())
    type_error(in, "note must be a str, not '" + type_name(in, args.values[1]) + "'");
  Object& exception = *args.values[0].object();
  Value notes = exception.own_attribute(in, "__notes__");
  if (notes.is_missing()) exception.set_attribute(in, "__notes__", notes = make_list(in, {}));
  List* list = notes.get_if<List>();
  if (!list) type_error(in, "Cannot add note: __notes__ is not a list");
  list->append(args.values[1]);
  return {};
}

constexpr BuiltinRow kException[] = {
    {"__init__", init_of_exception, 0, kAny, true},
    {"__repr__", repr_exception, 0, 0},
    {"__str__", str_exception, 0, 0},
    {"with_traceback", with_traceback, 1, 1},
    {"add_note", add_note, 1, 1},
};

}  // namespace

std::span<const BuiltinRow> object_methods() { return kObject; }
std::span<const BuiltinRow> exception_methods() { return kException; }

}  // namespace loopscope::scenarios
