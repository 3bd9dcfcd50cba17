#include "scenarios/run/function.h"

#include <algorithm>

#include "scenarios/values/callables.h"
#include "scenarios/values/dict.h"
#include "scenarios/values/errors.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

/// One call's arguments on their way into slots.
class Binder {
 public:
  Binder(Runtime& runtime, const Function& function, Arguments& arguments, std::vector<Value>& slots)
      : runtime_(runtime),
        function_(function),
        signature_(function.code.signature),
        arguments_(arguments),
        slots_(slots),
        given_(arguments.values.size()) {}

  void bind() {
    const std::size_t positional = signature_.positional.size();
    const std::size_t taken = std::min(given_, positional);
    for (std::size_t i = 0; i < taken; ++i) slots_[i] = std::move(arguments_.values[i]);
    for (auto& [name, value] : arguments_.keywords) bind_keyword(name, std::move(value));
    if (given_ > positional && !signature_.star) too_many();
    fill_defaults();
    std::size_t slot = positional + signature_.keyword_only.size();
    if (signature_.star) {
      std::vector<Value> rest(
          std::make_move_iterator(arguments_.values.begin() + static_cast<std::ptrdiff_t>(taken)),
          std::make_move_iterator(arguments_.values.end()));
      slots_[slot++] = new_tuple(runtime_, std::move(rest));
    }
    if (signature_.star_star) slots_[slot] = extra_ ? extra_ : make_dict(runtime_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) {
    type_error(runtime_, function_.qualified_name() + "() " + what);
  }

  void bind_keyword(const std::string& name, Value value) {
    const auto find = [&](const std::vector<std::string>& names) {
      return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    };
    std::size_t slot = find(signature_.positional);
    if (slot == signature_.positional.size()) slot += find(signature_.keyword_only);
    if (slot == signature_.positional.size() + signature_.keyword_only.size()) {
      if (!signature_.star_star) fail("got an unexpected keyword argument '" + name + "'");
      if (!extra_) extra_ = make_dict(runtime_);
      extra_->set(runtime_, runtime_.intern(name), std::move(value));
      return;
    }
    if (!slots_[slot].is_missing()) fail("got multiple values for argument '" + name + "'");
    slots_[slot] = std::move(value);
  }

  [[noreturn]] void too_many() {
    const std::size_t most = signature_.positional.size(), optional = function_.defaults.size();
    std::size_t keywords_given = 0;
    for (std::size_t i = 0; i < signature_.keyword_only.size(); ++i)
      if (!slots_[most + i].is_missing()) ++keywords_given;
    const auto plural = [](std::size_t n) { return n == 1 ? "" : "s"; };
    std::string takes = optional > 0
                            ? "from " + std::to_string(most - optional) + " to " + std::to_string(most)
                            : std::to_string(most);
    std::string given = std::to_string(given_);
    if (keywords_given > 0)
      given += std::string(" positional argument") + plural(given_) + " (and " +
               std::to_string(keywords_given) + " keyword-only argument" + plural(keywords_given) + ")";
    fail("takes " + takes + " positional argument" + plural(optional > 0 ? 2 : most) + " but " + given +
         (given_ == 1 && keywords_given == 0 ? " was" : " were") + " given");
  }

  void fill_defaults() {
    const std::size_t positional = signature_.positional.size();
    const std::size_t first_default = positional - function_.defaults.size();
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < positional; ++i) {
      if (!slots_[i].is_missing()) continue;
      if (i >= first_default)
        slots_[i] = function_.defaults[i - first_default];
      else
        missing.push_back(signature_.positional[i]);
    }
    report_missing(missing, "positional");
    for (std::size_t i = 0; i < signature_.keyword_only.size(); ++i) {
      Value& slot = slots_[positional + i];
      if (slot.is_missing()) slot = function_.keyword_defaults[i];
      if (slot.is_missing()) missing.push_back(signature_.keyword_only[i]);
    }
    report_missing(missing, "keyword-only");
  }

  void report_missing(const std::vector<std::string>& names, const char* kind) {
    if (names.empty()) return;
    fail("missing " + std::to_string(names.size()) + " required " + kind + " argument" +
         (names.size() == 1 ? "" : "s") + ": " + enumerate_names(names));
  }

  Runtime& runtime_;
  const Function& function_;
  const Signature& signature_;
  Arguments& arguments_;
  std::vector<Value>& slots_;
  std::size_t given_;
  Ref<Dict> extra_;
};

}  // namespace

void bind_arguments(Runtime& runtime, const Function& function, Arguments& arguments,
                    std::vector<Value>& slots) {
  Binder(runtime, function, arguments, slots).bind();
}

std::string bound_arguments_repr(Runtime& runtime, const Code& code, const std::vector<Value>& slots) {
  constexpr std::size_t kLongest = 40;
  const Signature& signature = code.signature;
  std::string text;
  const auto add = [&](const std::string& name, const Value& value) {
    if (text.size() <= 4 * kLongest)
      text += (text.empty() ? "" : ", ") + name + short_repr(runtime, value, kLongest);
  };
  const auto at = [&](std::size_t slot) {
    const Cell* cell = slots[slot].get_if<Cell>();
    return cell ? cell->value : slots[slot];
  };
  std::size_t slot = 0;
  for (; slot < signature.positional.size(); ++slot) add("", at(slot));
  const std::size_t star = slot + signature.keyword_only.size();
  if (signature.star)
    if (const Tuple* rest = at(star).get_if<Tuple>())
      for (const Value& value : rest->items()) add("", value);
  for (const std::string& name : signature.keyword_only) add(name + "=", at(slot++));
  if (signature.star_star)
    if (const Dict* rest = at(star + (signature.star ? 1 : 0)).get_if<Dict>())
      for (const HashTable::Entry& entry : rest->table().entries())
        if (!entry.key.is_missing()) add(str(runtime, entry.key) + "=", entry.value);
  return shortened(std::move(text), kLongest);
}

namespace {

/// What makes a function what it is: programs do not set these.
constexpr std::string_view kOwnParts[] = {"__annotations__", "__builtins__", "__class__",
                                          "__closure__",     "__code__",     "__defaults__",
                                          "__dict__",        "__globals__",  "__kwdefaults__"};

}  // namespace

std::string Function::repr(Runtime&) {
  return "<function " + qualified_name() + " at " + address(*this) + ">";
}

Value Function::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__name__") return make_str(runtime, this->name());
  if (name == "__qualname__") return make_str(runtime, qualified_name());
  const auto found = attributes_.find(name);
  if (found != attributes_.end()) return found->second;
  if (name == "__doc__" && code.doc) return make_str(runtime, *code.doc);
  return name == "__module__" ? Value(runtime.intern("__main__")) : Value::missing();
}

bool Function::set_attribute(Runtime& runtime, std::string_view name, const Value& value) {
  if (std::ranges::find(kOwnParts, name) != std::end(kOwnParts)) return false;
  if (name == "__name__" || name == "__qualname__") {
    const std::string* text = text_of(value);
    if (!text) type_error(runtime, std::string(name) + " must be set to a string object");
    FunctionNames names{this->name(), qualified_name()};
    (name == "__name__" ? names.name : names.qualified_name) = *text;
    renamed = std::make_shared<const FunctionNames>(std::move(names));
    return true;
  }
  attributes_.insert_or_assign(std::string(name), value);
  return true;
}

bool Function::delete_attribute(Runtime&, std::string_view name) {
  const auto found = attributes_.find(name);
  if (found == attributes_.end()) return false;
  attributes_.erase(found);
  return true;
}

void Function::clear_references() {
  const auto defaults_gone = std::exchange(defaults, {});
  const auto keywords_gone = std::exchange(keyword_defaults, {});
  const auto closure_gone = std::exchange(closure, {});
  const auto attributes_gone = std::exchange(attributes_, {});
}

}  // namespace loopscope::scenarios
