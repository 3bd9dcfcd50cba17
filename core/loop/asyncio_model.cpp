#include "core/loop/event_loop.h"
#include "core/loop/loop_model.h"

namespace loopscope {

void AsyncioModel::run_once(EventLoop& loop) {
  loop.purge_cancelled_timers();
  loop.select_and_queue_io();
  loop.promote_due_timers();
  loop.run_ready_snapshot();
}

}  // namespace loopscope
