#include "scenarios/values/object.h"

#include "scenarios/values/errors.h"
#include "scenarios/values/repr.h"

namespace loopscope::scenarios {

std::string Object::repr(Runtime&) {
  return std::string("<") + (type().is_program() ? "__main__." : "") + type().full_name() + " object at " +
         address(*this) + ">";
}

bool Object::truthy(Runtime& runtime) {
  const auto size = length(runtime);
  return !size || *size != 0;
}

bool Object::equals(Runtime&, const Value& other) { return other.object() == this; }

std::uint64_t Object::hash(Runtime&) { return static_cast<std::uint64_t>(id()) >> 4; }

Value Object::get_item(Runtime& runtime, const Value&) {
  if (kind_ == Kind::type)
    type_error(runtime, "type '" + static_cast<Type*>(this)->name() + "' is not subscriptable");
  type_error(runtime, "'" + type().native_name() + "' object is not subscriptable");
}

void Object::set_item(Runtime& runtime, const Value&, const Value&) {
  type_error(runtime, "'" + type().native_name() + "' object does not support item assignment");
}

void Object::delete_item(Runtime& runtime, const Value& key) {
  // Types that have what sequences need say it their own way.
  const bool sequence = kind_ == Kind::str || kind_ == Kind::bytes || kind_ == Kind::tuple ||
                        kind_ == Kind::range || (type().is_program() && kind_ != Kind::type);
  type_error(runtime, "'" + type().native_name() + "' object " +
                          (sequence && key.is_integral() ? "doesn't" : "does not") +
                          " support item deletion");
}

}  // namespace loopscope::scenarios
