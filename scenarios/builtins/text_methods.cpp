// Methods of str and bytes. values[0] is the object.
#include <algorithm>
#include <bitset>

#include "scenarios/builtins/arguments.h"
#include "scenarios/builtins/registry.h"
#include "scenarios/values/codecs.h"
#include "scenarios/values/format.h"
#include "scenarios/values/iterators.h"
#include "scenarios/values/unicode_tables.h"

namespace loopscope::scenarios {
namespace {

const std::string& self(const Arguments& args) { return *text_of(args.values[0]); }

/// `text` is decoded, character by character / each is looked up and changed.
void spend_decoding(Interpreter& in, std::string_view text) { in.spend_bytes(text.size() * 32); }
void spend_changing(Interpreter& in, std::string_view text) { in.spend_bytes(text.size() * 200); }

const std::string& text_argument(Interpreter& in, const Value& value, const std::string& complaint) {
  const std::string* text = text_of(value);
  if (!text) type_error(in, complaint + type_name(in, value));
  return *text;
}

Value join(Interpreter& in, Arguments& args) {
  if (!is_iterable(in, args.values[1])) type_error(in, "can only join an iterable");
  std::string text;
  std::size_t n = 0;
  for_each(in, args.values[1], [&](const Value& item) {
    const std::string* one = text_of(item);
    if (!one)
      type_error(in, "sequence item " + std::to_string(n) + ": expected str instance, " +
                         type_name(in, item) + " found");
    if (n++ > 0) text += self(args);
    text += *one;
    in.check_room(text.size());
    return true;
  });
  return make_str(in, std::move(text));
}

/// What split() gives, each part counted as it comes: there can be very many.
class Parts {
 public:
  Parts(Interpreter& in, std::int64_t most) : in_(in), most_(most) {}

  bool full() const { return most_ >= 0 && static_cast<std::int64_t>(values_.size()) >= most_; }
  void add(std::string_view part) {
    in_.spend_work();
    if (values_.size() == values_.capacity()) in_.check_room(values_.size() * 2 * sizeof(Value));
    values_.push_back(make_str(in_, std::string(part)));
  }
  Value list() { return make_list(in_, std::move(values_)); }

 private:
  Interpreter& in_;
  std::int64_t most_;
  std::vector<Value> values_;
};

/// At runs of white space, as split() without a separator.
void split_words(std::string_view text, Parts& words) {
  std::size_t at = 0;
  const auto skip = [&](bool spaces) {
    while (at < text.size() && utf8::space(utf8::decode(text, at)) == spaces) at += utf8::width(text, at);
  };
  for (skip(true); at < text.size(); skip(true)) {
    const std::size_t begin = at;
    if (words.full()) return words.add(text.substr(begin));
    skip(false);
    words.add(text.substr(begin, at - begin));
  }
}

void split_at(Interpreter& in, std::string_view text, std::string_view mark, Parts& parts) {
  std::size_t at = 0;
  while (!parts.full()) {
    const std::size_t end = find_text(in, text, mark, at);
    if (end == std::string_view::npos) break;
    parts.add(text.substr(at, end - at));
    at = end + mark.size();
  }
  parts.add(text.substr(at));
}

Value split(Interpreter& in, Arguments& args) {
  const Value separator = take(args, 1, "sep");
  const Value maximum = take(args, 2, "maxsplit");
  no_more_keywords(in, args, "split");
  Parts parts(in, maximum.is_missing() ? -1 : integer_argument(in, maximum));
  if (separator.is_missing() || separator.is_none()) {
    spend_decoding(in, self(args));
    split_words(self(args), parts);
  } else {
    const std::string& mark = text_argument(in, separator, "must be str or None, not ");
    if (mark.empty()) value_error(in, "empty separator");
    split_at(in, self(args), mark, parts);
  }
  return parts.list();
}

std::u32string decoded(const std::string& text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size(); at += utf8::width(text, at))
    out.push_back(utf8::decode(text, at));
  return out;
}

Value upper(Interpreter& in, Arguments& args) {
  spend_changing(in, self(args));
  std::string text;
  for (const char32_t c : decoded(self(args)))
    for (const char32_t one : unicode::upper(c)) utf8::append(text, one);
  return make_str(in, std::move(text));
}

/// A sigma that ends a word has a form of its own.
bool is_final_sigma(const std::u32string& text, std::size_t at) {
  const bool begins = at == 0 || !unicode::cased(text[at - 1]);
  const bool goes_on = at + 1 < text.size() && unicode::cased(text[at + 1]);
  return text[at] == 0x3A3 && !begins && !goes_on;
}

Value lower(Interpreter& in, Arguments& args) {
  spend_changing(in, self(args));
  const std::u32string from = decoded(self(args));
  std::string text;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const std::u32string made = is_final_sigma(from, i) ? std::u32string{0x3C2} : unicode::lower(from[i]);
    for (const char32_t one : made) utf8::append(text, one);
  }
  return make_str(in, std::move(text));
}

Value strip(Interpreter& in, Arguments& args) {
  const Value given = argument_or(args, 1);
  if (!given.is_none() && !text_of(given)) type_error(in, "strip arg must be None or str");
  const bool any_space = given.is_none();
  std::u32string set = any_space ? std::u32string() : decoded(*text_of(given));
  std::sort(set.begin(), set.end());
  const auto drops = [&](std::string_view one) {
    const char32_t c = utf8::decode(one, 0);
    return any_space ? utf8::space(c) : std::binary_search(set.begin(), set.end(), c);
  };
  spend_decoding(in, self(args));
  if (!any_space) spend_decoding(in, *text_of(given));
  std::string_view text = self(args);
  while (!text.empty() && drops(text.substr(0, utf8::width(text, 0))))
    text.remove_prefix(utf8::width(text, 0));
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    if (!drops(text.substr(last))) break;
    text.remove_suffix(text.size() - last);
  }
  return make_str(in, std::string(text));
}

Value replace(Interpreter& in, Arguments& args) {
  const std::string& old = text_argument(in, args.values[1], "replace() argument 1 must be str, not ");
  const std::string& with = text_argument(in, args.values[2], "replace() argument 2 must be str, not ");
  std::int64_t left = args.values.size() > 3 ? integer_argument(in, args.values[3]) : -1;
  const std::string& text = self(args);
  std::string out;
  std::size_t at = 0;
  for (; left != 0; --left) {
    in.spend_work();
    // An empty `old` stands before every code point, and at the end.
    if (old.empty()) {
      if (at > text.size()) break;
      out += with;
      const std::size_t width = at < text.size() ? utf8::width(text, at) : 0;
      out.append(text, at, width);
      at += width == 0 ? 1 : width;
      in.check_room(out.size());
      continue;
    }
    const std::size_t found = find_text(in, text, old, at);
    if (found == std::string::npos) break;
    out.append(text, at, found - at);
    out += with;
    at = found + old.size();
    in.check_room(out.size());
  }
  if (at < text.size()) out.append(text, at);
  return make_str(in, std::move(out));
}

bool affix_matches(Interpreter& in, std::string_view text, const Value& affix, bool start, const char* name) {
  const auto matches = [&](const std::string& part) {
    in.spend_work();
    if (part.size() <= text.size()) in.spend_bytes(part.size());
    return start ? text.starts_with(part) : text.ends_with(part);
  };
  if (const std::string* one = text_of(affix)) return matches(*one);
  const Tuple* several = affix.get_if<Tuple>();
  if (!several)
    type_error(in,
               std::string(name) + " first arg must be str or a tuple of str, not " + type_name(in, affix));
  for (const Value& one : several->items()) {
    const std::string* part = text_of(one);
    if (!part)
      type_error(in, std::string("tuple for ") + name + " must only contain str, not " + type_name(in, one));
    if (matches(*part)) return true;
  }
  return false;
}

Value affix(Interpreter& in, Arguments& args, bool start, const char* name) {
  if (args.values.size() == 1) type_error(in, std::string(name) + "() takes at least 1 argument (0 given)");
  Str& str = *args.values[0].get_if<Str>();
  const Slice bounds(in, argument_or(args, 2), argument_or(args, 3), Value());
  const auto range = bounds.indices(in, str.code_points());
  if (!str.ascii()) spend_decoding(in, str.text());
  const Value start_given = argument_or(args, 2);
  const bool beyond =
      range.start > range.stop || (start_given.is_integral() && start_given.as_int() > str.code_points());
  return Value::boolean(!beyond &&
                        affix_matches(in, str.slice(range.start, range.count), args.values[1], start, name));
}

Value startswith(Interpreter& in, Arguments& args) { return affix(in, args, true, "startswith"); }
Value endswith(Interpreter& in, Arguments& args) { return affix(in, args, false, "endswith"); }

Value format(Interpreter& in, Arguments& args) { return make_str(in, format_template(in, self(args), args)); }

CodecArguments codec_arguments(Interpreter& in, Arguments& args, const char* name) {
  CodecArguments how{take(args, 1, "encoding"), take(args, 2, "errors"), name};
  no_more_keywords(in, args, name);
  return how;
}

Value encode(Interpreter& in, Arguments& args) {
  const CodecArguments how = codec_arguments(in, args, "encode");
  return make_bytes(in, encode_text(in, args.values[0].get_if<Str>()->text(), how));
}

Value decode(Interpreter& in, Arguments& args) {
  const CodecArguments how = codec_arguments(in, args, "decode");
  return make_str(in, decode_bytes(in, args.values[0].get_if<Bytes>()->data(), how));
}

constexpr BuiltinRow kStr[] = {
    {"join", join, 1, 1},
    {"split", split, 0, 2, true},
    {"upper", upper, 0, 0},
    {"lower", lower, 0, 0},
    {"strip", strip, 0, 1},
    {"replace", replace, 2, 3},
    {"startswith", startswith, 0, 3},
    {"endswith", endswith, 0, 3},
    {"format", format, 0, kAny, true},
    {"encode", encode, 0, 2, true},
};

// --- bytes

/// ASCII letters from `first` on, 26 of them, moved by `by`.
Value shifted(Interpreter& in, const Arguments& args, char first, int by) {
  std::string data = args.values[0].get_if<Bytes>()->data();
  in.spend_bytes(data.size() * 4);
  for (char& c : data)
    if (c >= first && c < first + 26) c = static_cast<char>(c + by);
  return make_bytes(in, std::move(data));
}

Value bytes_upper(Interpreter& in, Arguments& args) { return shifted(in, args, 'a', 'A' - 'a'); }
Value bytes_lower(Interpreter& in, Arguments& args) { return shifted(in, args, 'A', 'a' - 'A'); }

Value bytes_strip(Interpreter& in, Arguments& args) {
  const Value given = argument_or(args, 1);
  const Bytes* set = given.get_if<Bytes>();
  if (!given.is_none() && !set)
    type_error(in, "a bytes-like object is required, not '" + type_name(in, given) + "'");
  const std::string dropped = set ? set->data() : " \t\n\r\v\f";
  const std::string& data = args.values[0].get_if<Bytes>()->data();
  std::bitset<256> drops;
  for (const char c : dropped) drops.set(static_cast<unsigned char>(c));
  in.spend_bytes((data.size() + dropped.size()) * 4);
  const auto stays = [&](char c) { return !drops[static_cast<unsigned char>(c)]; };
  const auto begin = std::find_if(data.begin(), data.end(), stays);
  const auto end = std::find_if(data.rbegin(), std::make_reverse_iterator(begin), stays).base();
  return make_bytes(in, std::string(begin, end));
}

constexpr BuiltinRow kBytes[] = {
    {"decode", decode, 0, 2, true},
    {"upper", bytes_upper, 0, 0},
    {"lower", bytes_lower, 0, 0},
    {"strip", bytes_strip, 0, 1},
};

}  // namespace

std::span<const BuiltinRow> str_methods() { return kStr; }
std::span<const BuiltinRow> bytes_methods() { return kBytes; }

}  // namespace loopscope::scenarios
