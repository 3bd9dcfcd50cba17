#pragma once

#include <string_view>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

/// object.name; AttributeError "'int' object has no attribute 'x'".
Value get_attribute(Runtime& runtime, const Value& object, std::string_view name);
/// The same; `missing` instead of AttributeError.
Value find_attribute(Runtime& runtime, const Value& object, std::string_view name);
/// The method called `name` of the object's type, bound to it; `missing` when there is none:
/// how Python finds __enter__ and its like.
Value special_method(Runtime& runtime, const Value& object, std::string_view name);
/// Whether `found`, an attribute of a type, is called with the object as first argument.
bool is_method(const Value& found);
/// What `found`, an attribute of its type, means for `object`: methods bind, properties compute.
Value bind_attribute(Runtime& runtime, const Value& object, const Value& found);
/// Whether a program may set an attribute `name` on an object of the built-in class `type`: not
/// where the class computes it.
bool can_set_attribute(const Type& type, std::string_view name);
void set_attribute(Runtime& runtime, const Value& object, std::string_view name, const Value& value);
void delete_attribute(Runtime& runtime, const Value& object, std::string_view name);

}  // namespace loopscope::scenarios
