#include <cmath>

#include "scenarios/values/attributes.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/format.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// str.format, one template.
class Template {
 public:
  Template(Runtime& runtime, const Arguments& arguments) : runtime_(runtime), arguments_(arguments) {}

  std::string fill(std::string_view pattern, int depth) {
    if (depth > 2) value_error(runtime_, "Max string recursion exceeded");
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
      const char c = pattern[at];
      const bool doubled = at + 1 < pattern.size() && pattern[at + 1] == c;
      if (c != '{' && c != '}') {
        out.push_back(c);
        ++at;
      } else if (doubled) {
        out.push_back(c);
        at += 2;
      } else if (c == '}') {
        value_error(runtime_, "Single '}' encountered in format string");
      } else {
        const std::size_t end = field_end(pattern, at + 1);
        out += field(pattern.substr(at + 1, end - at - 1), depth);
        at = end + 1;
      }
      runtime_.check_room(out.size());
    }
    return out;
  }

 private:
  std::size_t field_end(std::string_view pattern, std::size_t at) {
    if (at >= pattern.size()) value_error(runtime_, "Single '{' encountered in format string");
    for (int open = 1; at < pattern.size(); ++at) {
      if (pattern[at] == '{') ++open;
      if (pattern[at] == '}' && --open == 0) return at;
    }
    value_error(runtime_, "expected '}' before end of string");
  }

  std::string field(std::string_view text, int depth) {
    const std::size_t colon = text.find(':');
    std::string_view name = text.substr(0, colon);
    char conversion = 0;
    if (const std::size_t mark = name.find('!'); mark != std::string_view::npos) {
      if (mark + 2 != name.size()) value_error(runtime_, "expected ':' after conversion specifier");
      conversion = name[mark + 1];
      if (std::string_view("rsa").find(conversion) == std::string_view::npos)
        value_error(runtime_, std::string("Unknown conversion specifier ") + conversion);
      name = name.substr(0, mark);
    }
    const Value value = find(name);  // takes its number before the fields inside the spec
    const std::string spec = colon == std::string_view::npos ? "" : fill(text.substr(colon + 1), depth + 1);
    return format_field(runtime_, value, conversion, spec);
  }

  Value find(std::string_view name) {
    const std::size_t end = std::min(name.find_first_of(".["), name.size());
    Value value = first(name.substr(0, end));
    for (std::size_t at = end; at < name.size();) {
      const bool item = name[at] == '[';
      std::size_t stop = item ? name.find(']', at) : name.find_first_of(".[", at + 1);
      if (item && stop == std::string_view::npos) value_error(runtime_, "Missing ']' in format string");
      stop = std::min(stop, name.size());
      const std::string key(name.substr(at + 1, stop - at - 1));
      if (key.empty()) value_error(runtime_, "Empty attribute in format string");
      if (!item)
        value = get_attribute(runtime_, value, key);
      else if (all_digits(key))
        value = get_item(runtime_, value, Value::integer(std::stoll(key.substr(0, 18))));
      else
        value = get_item(runtime_, value, make_str(runtime_, key));
      at = stop + (item ? 1 : 0);
    }
    return value;
  }

  Value first(std::string_view name) {
    if (name.empty() || all_digits(name)) {
      const bool automatic = name.empty();
      if (automatic ? manual_ : next_ > 0)
        value_error(runtime_,
                    automatic ? "cannot switch from manual field specification to automatic field numbering"
                              : "cannot switch from automatic field numbering to manual field specification");
      if (!automatic) manual_ = true;
      const std::size_t index = automatic ? next_++ : std::stoull(std::string(name.substr(0, 18)));
      if (index + 1 >= arguments_.values.size())
        index_error(runtime_,
                    "Replacement index " + std::to_string(index) + " out of range for positional args tuple");
      return arguments_.values[index + 1];
    }
    for (const auto& [key, value] : arguments_.keywords)
      if (key == name) return value;
    throw PyError(runtime_.make<Exception>(runtime_.exception_type("KeyError"),
                                           std::vector<Value>{make_str(runtime_, std::string(name))}));
  }

  Runtime& runtime_;
  const Arguments& arguments_;
  std::size_t next_ = 0;
  bool manual_ = false;
};

/// One conversion of a %-template.
struct Conversion {
  bool left = false, zero = false, alternate = false;
  char sign = '-';
  std::int64_t width = 0;
  std::optional<std::int64_t> precision;
  char type = 0;
};

class PercentTemplate {
 public:
  PercentTemplate(Runtime& runtime, std::string_view pattern, const Value& values)
      : runtime_(runtime), pattern_(pattern), values_(values) {
    if (const Tuple* tuple = values.get_if<Tuple>())
      arguments_ = tuple->items();
    else
      arguments_ = {values};
  }

  std::string fill() {
    std::string out;
    while (at_ < pattern_.size()) {
      const char c = pattern_[at_++];
      if (c == '%')
        out += conversion();
      else
        out.push_back(c);
      runtime_.check_room(out.size());
    }
    if (used_ < arguments_.size() && !is_mapping())
      type_error(runtime_, "not all arguments converted during string formatting");
    return out;
  }

 private:
  std::string conversion() {
    Conversion c;
    Value argument = Value::missing();
    if (peek() == '%') {
      ++at_;
      return "%";
    }
    if (peek() == '(') argument = by_name();
    for (;; ++at_) {
      if (peek() == '-')
        c.left = true;
      else if (peek() == '+')
        c.sign = '+';
      else if (peek() == ' ')
        c.sign = c.sign == '+' ? '+' : ' ';
      else if (peek() == '#')
        c.alternate = true;
      else if (peek() == '0')
        c.zero = true;
      else
        break;
    }
    c.width = number();
    if (c.width < 0) c.left = true, c.width = -c.width;
    if (peek() == '.') {
      ++at_;
      c.precision = std::max<std::int64_t>(0, number());
    }
    if (peek() == 'l' || peek() == 'h' || peek() == 'L') ++at_;
    if (at_ >= pattern_.size()) value_error(runtime_, "incomplete format");
    c.type = pattern_[at_++];
    if (argument.is_missing()) argument = next();
    return convert(c, argument);
  }

  char peek() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }

  Value next() {
    if (used_ >= arguments_.size()) type_error(runtime_, "not enough arguments for format string");
    return arguments_[used_++];
  }

  /// What has items by key or index, CPython takes for a mapping: it may be left unused.
  bool is_mapping() const {
    return values_.get_if<Dict>() || values_.get_if<List>() || values_.get_if<Bytes>() ||
           values_.get_if<Range>();
  }

  Value by_name() {
    if (!is_mapping()) type_error(runtime_, "format requires a mapping");
    const std::size_t end = pattern_.find(')', at_);
    if (end == std::string_view::npos) value_error(runtime_, "incomplete format key");
    const Value key = make_str(runtime_, std::string(pattern_.substr(at_ + 1, end - at_ - 1)));
    at_ = end + 1;
    return values_.object()->get_item(runtime_, key);
  }

  std::int64_t number() {
    if (peek() == '*') {
      ++at_;
      const Value value = next();
      if (!value.is_integral()) type_error(runtime_, "* wants int");
      return value.as_int();
    }
    std::int64_t number = 0;
    for (; peek() >= '0' && peek() <= '9'; ++at_) {
      number = number * 10 + (peek() - '0');
      if (number > 2'000'000'000) value_error(runtime_, "width too big");
    }
    return number;
  }

  std::string convert(const Conversion& c, const Value& value) {
    FormatSpec spec;
    spec.width = c.width;
    spec.align = c.left ? '<' : '>';
    const auto text_spec = [&] {
      std::string text = c.left ? "<" : ">";
      if (c.width > 0) text += std::to_string(c.width);
      if (c.precision && c.type != 'c') text += "." + std::to_string(*c.precision);
      return text;
    };
    switch (c.type) {
      case 's':
        return format_field(runtime_, value, 's', text_spec());
      case 'r':
        return format_field(runtime_, value, 'r', text_spec());
      case 'a':
        return format_field(runtime_, value, 'a', text_spec());
      case 'c':
        return format_field(runtime_, character(value), 's', text_spec());
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return integer(c, value);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return floating(c, value);
      default:
        break;
    }
    unsupported(at_ - 1);
  }

  [[noreturn]] void unsupported(std::size_t at) {
    const char32_t letter = utf8::decode(pattern_, at);
    char code[16];
    std::snprintf(code, sizeof code, "%x", static_cast<unsigned>(letter));
    value_error(runtime_, std::string("unsupported format character '") +
                              (letter > 31 && letter < 127 ? static_cast<char>(letter) : '?') + "' (0x" +
                              code + ") at index " + std::to_string(utf8::length(pattern_.substr(0, at))));
  }

  Value character(const Value& value) {
    if (const Str* str = value.get_if<Str>(); str && str->code_points() == 1) return value;
    if (!value.is_integral()) type_error(runtime_, "%c requires int or char");
    if (value.as_int() < 0 || value.as_int() > 0x10FFFF)
      overflow_error(runtime_, "%c arg not in range(0x110000)");
    std::string text;
    utf8::append(text, static_cast<char32_t>(value.as_int()));
    return make_str(runtime_, text);
  }

  std::string number_spec(const Conversion& c, char type) const {
    std::string text = c.left ? "<" : "";
    if (c.sign != '-') text += c.sign;
    if (c.alternate) text += "#";
    if (c.zero && !c.left) text += "0";
    if (c.width > 0) text += std::to_string(c.width);
    if (c.precision && std::string_view("eEfFgG").find(type) != std::string_view::npos)
      text += "." + std::to_string(*c.precision);
    return text + type;
  }

  std::string integer(const Conversion& c, const Value& value) {
    const bool decimal = c.type == 'd' || c.type == 'i' || c.type == 'u';
    if (!value.is_number() || (!decimal && !value.is_integral()))
      type_error(runtime_, std::string("%") + c.type +
                               " format: " + (decimal ? "a real number" : "an integer") +
                               " is required, not " + type_name(runtime_, value));
    const std::int64_t number = value.is_float() ? to_integer(runtime_, value.as_float()) : value.as_int();
    if (!c.precision)
      return format_value(runtime_, Value::integer(number), number_spec(c, decimal ? 'd' : c.type));
    // The precision is a least number of digits.
    Conversion bare = c;
    bare.width = 0;
    bare.zero = false;
    std::string digits =
        format_value(runtime_, Value::integer(number), number_spec(bare, decimal ? 'd' : c.type));
    const std::size_t first = digits.find_first_of("0123456789abcdefABCDEF");
    const std::size_t prefix = c.alternate && !decimal ? first + 2 : first;
    const auto wanted = static_cast<std::size_t>(*c.precision);
    runtime_.check_room(wanted);
    if (digits.size() - prefix < wanted) digits.insert(prefix, wanted - (digits.size() - prefix), '0');
    return format_field(runtime_, make_str(runtime_, digits), 0,
                        (c.left ? "<" : ">") + std::to_string(c.width));
  }

  std::string floating(const Conversion& c, const Value& value) {
    return format_value(runtime_, Value::floating(to_float(runtime_, value)), number_spec(c, c.type));
  }

  Runtime& runtime_;
  std::string_view pattern_;
  const Value values_;
  std::vector<Value> arguments_;
  std::size_t at_ = 0, used_ = 0;
};

}  // namespace

std::string format_template(Runtime& runtime, std::string_view pattern, const Arguments& arguments) {
  return Template(runtime, arguments).fill(pattern, 0);
}

Value percent_format(Runtime& runtime, const Bytes& pattern, const Value& values) {
  if (pattern.data().find('%') != std::string::npos)
    type_error(runtime, "% on bytes is not supported; format a str and encode() it");
  try {
    PercentTemplate(runtime, "", values).fill();
  } catch (const PyError&) {
    type_error(runtime, "not all arguments converted during bytes formatting");
  }
  return make_bytes(runtime, pattern.data());
}

Value percent_format(Runtime& runtime, std::string_view pattern, const Value& values) {
  return make_str(runtime, PercentTemplate(runtime, pattern, values).fill());
}

}  // namespace loopscope::scenarios
