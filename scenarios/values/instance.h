#pragma once

#include <map>
#include <string>
#include <string_view>

#include "scenarios/values/runtime.h"

namespace loopscope::scenarios {

/// An object of a class that the program defines, unless the class is an exception's.
class Instance final : public Tracked {
 public:
  static constexpr Kind kKind = Kind::instance;
  explicit Instance(Type& type) : Tracked(Kind::instance, type) {}

  std::string repr(Runtime& runtime) override;
  std::string str(Runtime& runtime) override;
  /// Never runs program code.
  std::string brief(Runtime& runtime) override { return Object::repr(runtime); }
  bool equals(Runtime& runtime, const Value& other) override;
  std::uint64_t hash(Runtime& runtime) override;
  Value iterate(Runtime& runtime) override;
  Value own_attribute(Runtime& runtime, std::string_view name) override;
  bool set_attribute(Runtime& runtime, std::string_view name, const Value& value) override;
  bool delete_attribute(Runtime& runtime, std::string_view name) override;
  const std::map<std::string, Value, std::less<>>& attributes() const { return attributes_; }
  void clear_references() override;

 private:
  std::map<std::string, Value, std::less<>> attributes_;
};

/// The special method `name` as a class of the program defines it, not bound; `missing`
/// when none does, or `value` is no object of such a class.
Value program_method(Runtime& runtime, const Value& value, std::string_view name);
/// What the program's __repr__ or __str__ says of `object`; none: it has none.
/// TypeError when it is no string.
/// `asked`: whose error that is, when not the method's.
std::optional<std::string> program_text(Runtime& runtime, Object& object, std::string_view method,
                                        std::string_view asked = {});

}  // namespace loopscope::scenarios
