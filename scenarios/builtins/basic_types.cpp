// int, str, list and the other types that values have: calling them. values[0] is the type.
#include <cmath>

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/run/instances.h"
#include "scenarios/values/codecs.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {
namespace {

void at_most(Interpreter& in, const Arguments& args, const std::string& name, std::size_t most) {
  if (args.values.size() - 1 > most)
    type_error(in, name + " expected at most " + std::to_string(most) + " argument" + (most == 1 ? "" : "s") +
                       ", got " + std::to_string(args.values.size() - 1));
}

std::string_view stripped(std::string_view text) {
  while (!text.empty() && utf8::space(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && utf8::space(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

Value int_from_text(Interpreter& in, const Value& value, const std::string& text, std::int64_t base) {
  if (base != 0 && (base < 2 || base > 36)) value_error(in, "int() base must be >= 2 and <= 36, or 0");
  bool overflow = false;
  in.spend_bytes(text.size() * 8);
  const auto number = parse_int(stripped(text), static_cast<int>(base), overflow);
  if (!number)
    value_error(in, "invalid literal for int() with base " + std::to_string(base) + ": " + repr(in, value));
  if (overflow) integer_overflow(in);
  return Value::integer(*number);
}

Value make_int(Interpreter& in, Arguments& args) {
  takes_at_most(in, args, 1, "int", 2);
  const Value base = take(args, 2, "base");
  no_more_keywords(in, args, "int");
  if (args.values.size() < 2) {
    if (!base.is_missing()) type_error(in, "int() missing string argument");
    return Value::integer(0);
  }
  const Value& value = args.values[1];
  const Str* text = value.get_if<Str>();
  const Bytes* bytes = value.get_if<Bytes>();
  if (!base.is_missing()) {
    integer_argument(in, base);
    if (!text && !bytes) type_error(in, "int() can't convert non-string with explicit base");
    return int_from_text(in, value, text ? text->text() : bytes->data(), integer_argument(in, base));
  }
  if (text || bytes) return int_from_text(in, value, text ? text->text() : bytes->data(), 10);
  if (value.is_integral()) return Value::integer(value.as_int());
  if (value.is_float()) return Value::integer(to_integer(in, value.as_float()));
  type_error(in, "int() argument must be a string, a bytes-like object or a real number, not '" +
                     type_name(in, value) + "'");
}

Value make_float(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "float");
  at_most(in, args, "float", 1);
  if (args.values.size() < 2) return Value::floating(0);
  const Value& value = args.values[1];
  if (value.is_number()) return Value::floating(to_float(in, value));
  const Str* text = value.get_if<Str>();
  const Bytes* bytes = value.get_if<Bytes>();
  if (!text && !bytes)
    type_error(in, "float() argument must be a string or a real number, not '" + type_name(in, value) + "'");
  const std::string& given = text ? text->text() : bytes->data();
  in.spend_bytes(given.size() * 32);
  const auto number = parse_float(stripped(given));
  if (!number) value_error(in, "could not convert string to float: " + repr(in, value));
  return Value::floating(*number);
}

Value make_bool(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "bool");
  at_most(in, args, "bool", 1);
  return Value::boolean(args.values.size() > 1 && truthy(in, args.values[1]));
}

Value make_string(Interpreter& in, Arguments& args) {
  takes_at_most(in, args, 1, "str", 3);
  const Value object = take(args, 1, "object");
  const CodecArguments how{take(args, 2, "encoding"), take(args, 3, "errors"), "str"};
  no_more_keywords(in, args, "str");
  if (object.is_missing()) return make_str(in, "");
  if (how.encoding.is_missing() && how.errors.is_missing())
    return object.get_if<Str>() ? object : Value(make_str(in, str(in, object)));
  check_codec_arguments(in, how);
  const Bytes* bytes = object.get_if<Bytes>();
  if (!bytes)
    type_error(in, object.get_if<Str>()
                       ? "decoding str is not supported"
                       : "decoding to str: need a bytes-like object, " + type_name(in, object) + " found");
  return make_str(in, decode_bytes(in, bytes->data(), how));
}

Value make_bytes_(Interpreter& in, Arguments& args) {
  takes_at_most(in, args, 1, "bytes", 3);
  const Value source = take(args, 1, "source");
  const CodecArguments how{take(args, 2, "encoding"), take(args, 3, "errors"), "bytes"};
  no_more_keywords(in, args, "bytes");
  check_codec_arguments(in, how);
  const std::string* text = text_of(source);
  const bool encodes = !how.encoding.is_missing();
  if (text && encodes) return make_bytes(in, encode_text(in, *text, how));
  if (text) type_error(in, "string argument without an encoding");
  if (encodes || !how.errors.is_missing())
    type_error(in, std::string(encodes ? "encoding" : "errors") + " without a string argument");
  if (source.is_missing()) return make_bytes(in, "");
  if (source.get_if<Bytes>()) return source;
  if (source.is_integral()) {
    if (source.as_int() < 0) value_error(in, "negative count");
    in.check_room(static_cast<std::uint64_t>(source.as_int()));
    return make_bytes(in, std::string(static_cast<std::size_t>(source.as_int()), '\0'));
  }
  if (!is_iterable(in, source))
    type_error(in, "cannot convert '" + type_name(in, source) + "' object to bytes");
  std::string data;
  for_each(in, source, [&](const Value& item) {
    const std::int64_t byte = integer_argument(in, item);
    if (byte < 0 || byte > 255) value_error(in, "bytes must be in range(0, 256)");
    data.push_back(static_cast<char>(byte));
    return true;
  });
  return make_bytes(in, std::move(data));
}

Value make_list_(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "list");
  at_most(in, args, "list", 1);
  return make_list(in, args.values.size() > 1 ? collect(in, args.values[1]) : std::vector<Value>());
}

Value make_tuple_(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "tuple");
  at_most(in, args, "tuple", 1);
  if (args.values.size() < 2) return new_tuple(in);
  return args.values[1].get_if<Tuple>() ? args.values[1] : Value(new_tuple(in, collect(in, args.values[1])));
}

Value make_dict_(Interpreter& in, Arguments& args) {
  at_most(in, args, "dict", 1);
  Ref<Dict> dict = make_dict(in);
  if (args.values.size() > 1) dict->update(in, args.values[1]);
  for (auto& [name, value] : args.keywords) dict->set(in, in.intern(name), std::move(value));
  return dict;
}

Value make_set_(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "set");
  at_most(in, args, "set", 1);
  return args.values.size() > 1 ? make_set(in, args.values[1]) : make_set(in);
}

Value make_range(Interpreter& in, Arguments& args) {
  takes_no_keywords(in, args, "range");
  if (args.values.size() < 2) type_error(in, "range expected at least 1 argument, got 0");
  at_most(in, args, "range", 3);
  const bool one = args.values.size() == 2;
  const std::int64_t start = one ? 0 : integer_argument(in, args.values[1]);
  const std::int64_t stop = integer_argument(in, args.values[one ? 1 : 2]);
  const std::int64_t step = args.values.size() > 3 ? integer_argument(in, args.values[3]) : 1;
  if (step == 0) value_error(in, "range() arg 3 must not be zero");
  return in.make<Range>(in, start, stop, step);
}

Value type_of_value(Interpreter& in, Arguments& args) {
  if (args.values.size() == 2) takes_no_keywords(in, args, "type");
  if (args.values.size() != 2)
    type_error(in, args.values.size() == 4
                       ? "type() with three arguments makes a class, which scenarios do not do"
                       : "type() takes 1 or 3 arguments");
  return Value(&in.type_of(args.values[1]));
}

/// object(): nothing but itself, as sentinels are.
class Plain final : public Object {
 public:
  explicit Plain(Runtime& runtime) : Object(Kind::plain, *runtime.types().object) {}
};

Value make_object(Interpreter& in, Arguments& args) {
  if (args.values.size() > 1 || !args.keywords.empty()) type_error(in, "object() takes no arguments");
  return in.make<Plain>(in);
}

constexpr TypeRow kTypes[] = {
    {"", "object", "", "object", make_object},    {"", "int", "", "object", make_int},
    {"", "bool", "", "int", make_bool},           {"", "float", "", "object", make_float},
    {"", "str", "", "object", make_string},       {"", "bytes", "", "object", make_bytes_},
    {"", "list", "", "object", make_list_},       {"", "tuple", "", "object", make_tuple_},
    {"", "dict", "", "object", make_dict_},       {"", "set", "", "object", make_set_},
    {"", "range", "", "object", make_range},      {"", "type", "", "object", type_of_value},
    {"", "super", "", "object", construct_super},
};

}  // namespace

std::span<const TypeRow> basic_types() { return kTypes; }

}  // namespace loopscope::scenarios
