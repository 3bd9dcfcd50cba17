#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "scenarios/values/value.h"

namespace loopscope::scenarios {

/// What a program has set on an object of a built-in class, by name.
class AttributeMap {
 public:
  Value find(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? Value::missing() : found->second;
  }
  void set(std::string_view name, const Value& value) {
    const Value old = std::exchange(values_.try_emplace(std::string(name)).first->second, value);
  }
  bool erase(std::string_view name) {
    const auto found = values_.find(name);
    if (found == values_.end()) return false;
    const auto gone = values_.extract(found);  // freed when the map is whole again
    return true;
  }
  void clear() { const auto gone = std::exchange(values_, {}); }

 private:
  std::map<std::string, Value, std::less<>> values_;
};

}  // namespace loopscope::scenarios
