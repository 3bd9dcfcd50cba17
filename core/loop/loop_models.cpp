#include <array>

#include "core/loop/event_loop.h"
#include "core/loop/loop_model.h"

namespace loopscope {

void AsyncioModel::run_once(EventLoop& loop) {
  loop.purge_cancelled_timers();
  loop.select_and_queue_io();
  loop.promote_due_timers();
  loop.run_ready_snapshot();
}

void DrainModel::run_once(EventLoop& loop) {
  loop.purge_cancelled_timers();
  loop.run_until_nothing_is_ready();
  loop.select_and_queue_io();
  loop.promote_due_timers();
}

void TrampolineModel::run_once(EventLoop& loop) {
  loop.wait_until_ready();
  loop.run_next_handle();
  loop.world().threads.sleep(turn_cost_);
}

namespace {

constexpr std::array<std::string_view, 3> kNames = {"asyncio", "drain", "trampoline"};

}  // namespace

std::unique_ptr<LoopModel> make_loop_model(std::string_view name, double turn_cost) {
  if (name == kNames[0]) return std::make_unique<AsyncioModel>();
  if (name == kNames[1]) return std::make_unique<DrainModel>();
  if (name == kNames[2]) return std::make_unique<TrampolineModel>(turn_cost);
  return nullptr;
}

std::span<const std::string_view> loop_model_names() { return kNames; }

}  // namespace loopscope
