// asyncio.shield.
#include <utility>

#include "core/task/wait.h"
#include "core/task/waiter.h"

namespace loopscope {
namespace {

void inner_done(Future& inner, Future& outer) {
  if (outer.cancelled()) {
    if (!inner.cancelled()) inner.exception();  // counts as retrieved
  } else if (inner.cancelled()) {
    outer.cancel();
  } else if (const std::exception_ptr error = inner.exception()) {
    outer.set_exception(error);
  } else {
    outer.set_result(inner.result());
  }
}

}  // namespace

Ref<Future> shield(Ref<Future> inner) {
  check_future(inner);
  if (inner->done()) return inner;
  Ref<Future> outer = make_waiter(inner->loop(), WaitKind::shield, "shield");
  const Future::CallbackId id =
      inner->add_done_callback({[outer](Future& done) { inner_done(done, *outer); }, "_inner_done_callback"});
  outer->add_done_callback({[inner, id](Future&) {
                              if (!inner->done()) inner->remove_done_callback(id);
                            },
                            "_outer_done_callback"});
  return outer;
}

}  // namespace loopscope
