#include "scenarios/values/runtime.h"

#include <algorithm>

#include "scenarios/values/errors.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {

Runtime::Runtime(Budget& budget) : budget_(budget) { make_types(); }

Type& Runtime::make_class(std::string name, std::string qualified_name, Type& base) {
  account(sizeof(Type));
  Ref<Type> type(new Type(*this, types_.type, "__main__", std::move(name), &base));
  type->qualified_name_ = std::move(qualified_name);
  type->own_bytes_ = sizeof(Type);
  return *classes_.emplace_back(std::move(type));
}

Runtime::~Runtime() {
  clear_all_references();
  interned_.clear();
  for (auto& [name, type] : named_types_) type->clear_references();
}

void Runtime::make_types() {
  const auto add = [this](Type*& slot, const char* name, const char* module = "") {
    slot = &add_type(module, name, types_.object);
  };
  // `type` is its own type, and everything's: the two come first, by hand.
  const Ref<Type> type(new Type(*this, nullptr, "", "type", nullptr));
  types_.type = type.get();
  named_types_.emplace("type", type);
  add(types_.object, "object");
  types_.type->base_ = types_.object;
  add(types_.none, "NoneType");
  add(types_.integer, "int");
  types_.boolean = &add_type("", "bool", types_.integer);
  add(types_.floating, "float");
  add(types_.str, "str");
  add(types_.bytes, "bytes");
  add(types_.list, "list");
  add(types_.tuple, "tuple");
  add(types_.dict, "dict");
  add(types_.set, "set");
  add(types_.range, "range");
  add(types_.slice, "slice");
  add(types_.function, "function");
  add(types_.builtin, "builtin_function_or_method");
  add(types_.method, "method");
  add(types_.partial, "partial", "functools");
  add(types_.module, "module");
  add(types_.coroutine, "coroutine");
  add(types_.generator, "generator");
  add(types_.async_generator, "async_generator");
  add(types_.traceback, "traceback");
  add(types_.super, "super");
  add(types_.cell, "cell");
  add(types_.property, "property");
  add(types_.base_exception, "BaseException");
}

Type& Runtime::add_type(std::string module, std::string name, Type* base) {
  const Ref<Type> type(new Type(*this, types_.type, std::move(module), name, base));
  return *named_types_.emplace(std::move(name), type).first->second;
}

Type& Runtime::type_named(std::string_view name, std::string_view module) {
  const auto found = named_types_.find(name);
  if (found != named_types_.end()) return *found->second;
  return add_type(std::string(module), std::string(name), types_.object);
}

Type& Runtime::install_type(std::string_view module, std::string_view name, Type& base,
                            std::string_view key) {
  const auto found = named_types_.find(key);
  if (found != named_types_.end()) return *found->second;
  const Ref<Type> type(new Type(*this, types_.type, std::string(module), std::string(name), &base));
  return *named_types_.emplace(std::string(key), type).first->second;
}

Type& Runtime::exception_type(std::string_view name) {
  const auto found = named_types_.find(name);
  return found != named_types_.end() ? *found->second : *types_.base_exception;
}

Type& Runtime::type_of(const Value& value) const {
  switch (value.tag()) {
    case Value::Tag::boolean:
      return *types_.boolean;
    case Value::Tag::integer:
      return *types_.integer;
    case Value::Tag::floating:
      return *types_.floating;
    case Value::Tag::object:
      return value.object()->type();
    default:
      return *types_.none;
  }
}

void Runtime::check_room(std::uint64_t bytes) {
  const std::uint64_t limit = budget_.limits().memory;
  if (bytes > limit || budget_.memory() > limit - bytes)
    budget_.use_memory(static_cast<std::int64_t>(std::min<std::uint64_t>(bytes, INT64_MAX / 2)));
}

void Runtime::Nested::too_deep(std::string_view doing) {
  --runtime_.thread_.depth;
  raise_error(runtime_, "RecursionError", "maximum recursion depth exceeded" + std::string(doing));
}

bool Runtime::enter_repr(const Object* object) {
  if (std::find(thread_.repr_stack.begin(), thread_.repr_stack.end(), object) != thread_.repr_stack.end())
    return false;
  thread_.repr_stack.push_back(object);
  return true;
}

Value Runtime::intern(std::string_view text) {
  const auto found = interned_.find(text);
  if (found != interned_.end()) return found->second;
  Value made = make_str(*this, std::string(text));
  interned_.emplace(std::string(text), made);
  return made;
}

Ref<Tracked> Runtime::oldest_tracked() const {
  Tracked* oldest = tracked_;
  while (oldest && oldest->next_) oldest = oldest->next_;
  return Ref<Tracked>(oldest);
}

Ref<Tracked> Runtime::next_tracked(const Tracked& object) { return Ref<Tracked>(object.previous_); }

void Runtime::clear_all_references() {
  closing_ = true;
  std::vector<Ref<Tracked>> all;
  for (Tracked* object = tracked_; object; object = object->next_) all.emplace_back(object);
  for (const Ref<Tracked>& object : all) object->clear_references();
  for (const Ref<Type>& type : classes_) type->clear_references();
}

// Object and Tracked: the parts that need the runtime.

Runtime& Object::runtime() const { return type_->owner(); }

std::int64_t Object::id() {
  if (id_ == 0) id_ = runtime().next_id();
  return id_;
}

void Object::holds(std::size_t bytes) {
  if (bytes > held_bytes_) runtime().spend_bytes((bytes - held_bytes_) * 2);  // filled once, freed once
  runtime().account(static_cast<std::int64_t>(bytes) - static_cast<std::int64_t>(held_bytes_));
  held_bytes_ = bytes;
}

Object::~Object() = default;

void Object::destroy() {
  constexpr int kDeepest = 50;
  if (kind_ == Kind::type) return delete this;  // after its runtime's other objects
  Runtime& runtime = this->runtime();
  if (wants_finalize_ && !runtime.closing()) {
    wants_finalize_ = false;
    ++count_;
    finalize();
    if (--count_ > 0) return;
  }
  if (runtime.thread_.destroy_depth >= kDeepest) return runtime.free_later(this);
  const auto free = [&runtime](Object* object) {
    const auto charged = static_cast<std::int64_t>(object->own_bytes_ + object->held_bytes_);
    delete object;
    runtime.account(-charged);
  };
  ++runtime.thread_.destroy_depth;
  free(this);
  if (runtime.thread_.destroy_depth == 1) {
    while (!runtime.thread_.dying.empty()) {
      Object* next = runtime.thread_.dying.front();
      runtime.thread_.dying.pop_front();
      free(next);
    }
  }
  --runtime.thread_.destroy_depth;
}

Tracked::Tracked(Kind kind, Type& type) : Object(kind, type) {
  Runtime& owner = runtime();
  next_ = owner.tracked_;
  if (next_) next_->previous_ = this;
  owner.tracked_ = this;
}

Tracked::~Tracked() {
  if (previous_)
    previous_->next_ = next_;
  else
    runtime().tracked_ = next_;
  if (next_) next_->previous_ = previous_;
}

bool Type::is_subtype_of(const Type& other) const {
  for (const Type* type = this; type; type = type->base_)
    if (type == &other || (type->second_base_ && type->second_base_->is_subtype_of(other))) return true;
  return false;
}

Value Type::lookup(std::string_view name) const {
  for (const Type* type = this; type; type = type->base_)
    if (const auto found = type->attributes_.find(name); found != type->attributes_.end())
      return found->second;
  return Value::missing();
}

bool Type::undefine(std::string_view name) {
  const auto found = attributes_.find(name);
  if (found == attributes_.end()) return false;
  const Value gone = std::move(found->second);
  attributes_.erase(found);
  return true;
}

void Type::clear_references() { const auto gone = std::exchange(attributes_, {}); }

std::string Type::repr(Runtime&) {
  return "<class '" + (module_.empty() ? "" : module_ + ".") + qualified_name() + "'>";
}

Value Type::own_attribute(Runtime& runtime, std::string_view name) {
  if (name == "__name__") return make_str(runtime, name_);
  if (name == "__qualname__") return make_str(runtime, qualified_name());
  if (name == "__module__") return make_str(runtime, module_.empty() ? "builtins" : module_);
  return lookup(name);
}

}  // namespace loopscope::scenarios
