#include "core/base/any_value.h"

#include "core/base/errors.h"

namespace loopscope {

std::string trace_repr(const std::exception_ptr& error) { return repr_of(error); }

std::string trace_repr(const std::vector<AnyValue>& list) {
  std::string text = "[";
  for (const AnyValue& value : list) text += (text.size() == 1 ? "" : ", ") + value.repr();
  return text + "]";
}

}  // namespace loopscope
