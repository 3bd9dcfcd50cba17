#include "scenarios/values/repr.h"

#include <algorithm>
#include <cstdio>

#include "scenarios/values/dict.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/numbers.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

std::string repr(Runtime& runtime, const Value& value) {
  switch (value.tag()) {
    case Value::Tag::boolean:
      return value.as_bool() ? "True" : "False";
    case Value::Tag::integer:
      return std::to_string(value.as_int());
    case Value::Tag::floating:
      return float_repr(value.as_float());
    case Value::Tag::object: {
      const Runtime::Nested nested(runtime, " while getting the repr of an object");
      return value.object()->repr(runtime);
    }
    default:
      return "None";
  }
}

std::string str(Runtime& runtime, const Value& value) {
  if (!value.is_object()) return repr(runtime, value);
  const Runtime::Nested nested(runtime, " while getting the str of an object");
  return value.object()->str(runtime);
}

std::string ascii_repr(Runtime& runtime, const Value& value) {
  const std::string text = repr(runtime, value);
  if (utf8::length(text) == static_cast<std::int64_t>(text.size())) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += utf8::width(text, at)) {
    const std::string_view one(text.data() + at, utf8::width(text, at));
    const std::string quoted = one.size() == 1 ? std::string(one) : quote(one, true);
    out += one.size() == 1 ? quoted : quoted.substr(1, quoted.size() - 2);
  }
  return out;
}

std::string address(Object& object) {
  char buffer[24];
  std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(object.id()));
  return buffer;
}

std::string shortened(std::string text, std::size_t limit) {
  if (utf8::length(text) <= static_cast<std::int64_t>(limit)) return text;
  std::size_t at = 0;
  for (std::size_t n = 0; n + 1 < limit; ++n) at += utf8::width(text, at);
  return text.substr(0, at) + "…";
}

namespace {

/// A container's items until `limit` is reached, between its brackets.
class ShortRepr {
 public:
  ShortRepr(Runtime& runtime, std::size_t limit) : runtime_(runtime), limit_(limit) {}

  void add(const Value& value, int depth) {
    if (full()) return;
    const List* list = value.get_if<List>();
    const Tuple* tuple = value.get_if<Tuple>();
    const bool shallow = depth < 20;
    if (const Str* str = value.get_if<Str>()) {
      const auto shown = std::min(str->code_points(), static_cast<std::int64_t>(limit_));
      text_ += quote(str->slice(0, shown));
    } else if (list && shallow) {
      items("[", list->items(), "]", depth);
    } else if (tuple && shallow) {
      items("(", tuple->items(), tuple->items().size() == 1 ? ",)" : ")", depth);
    } else if (const Dict* dict = value.get_if<Dict>(); dict && shallow) {
      table(dict->table(), true, depth);
    } else if (const Set* set = value.get_if<Set>(); set && set->size() > 0 && shallow) {
      table(set->table(), false, depth);
    } else {
      text_ += list || tuple || value.get_if<Dict>() ? "…" : repr(runtime_, value);
    }
  }

  std::string take() { return shortened(std::move(text_), limit_); }

 private:
  bool full() const { return text_.size() > limit_ * 4; }

  void items(const char* open, const std::vector<Value>& items, const char* close, int depth) {
    text_ += open;
    for (std::size_t i = 0; i < items.size() && !full(); ++i) {
      if (i > 0) text_ += ", ";
      add(items[i], depth + 1);
    }
    text_ += close;
  }

  void table(const HashTable& table, bool pairs, int depth) {
    text_ += "{";
    bool first = true;
    for (std::size_t i = table.first(); i < table.entries().size() && !full(); ++i) {
      const HashTable::Entry& entry = table.entries()[i];
      if (entry.key.is_missing()) continue;
      if (!std::exchange(first, false)) text_ += ", ";
      add(entry.key, depth + 1);
      if (!pairs) continue;
      text_ += ": ";
      add(entry.value, depth + 1);
    }
    text_ += "}";
  }

  Runtime& runtime_;
  std::size_t limit_;
  std::string text_;
};

}  // namespace

std::string short_repr(Runtime& runtime, const Value& value, std::size_t limit) {
  ShortRepr text(runtime, limit);
  try {
    text.add(value, 0);
  } catch (const PyError&) {
    return "<" + runtime.type_of(value).name() + " object>";  // its repr fails, or is too deep
  }
  return text.take();
}

std::string trace_repr(const Value& value) {
  constexpr std::size_t kLongest = 200;
  if (value.is_object()) return short_repr(value.object()->runtime(), value, kLongest);
  switch (value.tag()) {
    case Value::Tag::boolean:
      return value.as_bool() ? "True" : "False";
    case Value::Tag::integer:
      return std::to_string(value.as_int());
    case Value::Tag::floating:
      return float_repr(value.as_float());
    default:
      return "None";
  }
}

}  // namespace loopscope::scenarios
