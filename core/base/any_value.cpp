#include "core/base/any_value.h"

#include "core/base/errors.h"

namespace loopscope {

std::string trace_repr(const std::exception_ptr& error) { return repr_of(error); }

void AnyValue::refuse(const std::type_info& wanted) const {
  const std::string held = ops_ ? type_name_of(*ops_->type) + " (" + repr() + ")" : "None";
  throw CoreError(CoreError::Type::TypeError, "expected " + type_name_of(wanted) + ", got " + held);
}

std::string trace_repr(const std::vector<AnyValue>& list) {
  std::string text = "[";
  for (const AnyValue& value : list) text += (text.size() == 1 ? "" : ", ") + value.repr();
  return text + "]";
}

}  // namespace loopscope
