#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/task/helpers.h"
#include "core/world/virtual_world.h"
#include "tests/support/recording_sink.h"

namespace loopscope::test {

using Notes = std::vector<std::string>;

/// A loop on the virtual world with everything that it needs, recorded.
struct LoopLab {
  explicit LoopLab(const Budget::Limits& limits = {}, std::string_view model_name = "asyncio")
      : budget(limits), virtual_world(tracer, budget), own_model(make_loop_model(model_name)) {
    loop = std::make_shared<EventLoop>(
        virtual_world.world(), tracer, budget, model,
        LoopOptions{.on_error = [this](const ErrorContext& e) { errors.push_back(e.message); }});
  }

  /// Writes "ITERATION TEXT" into `notes`.
  void note(const std::string& text) {
    notes.push_back(std::to_string(sink.count("iteration.begin")) + " " + text);
  }
  /// A callback that notes `text`.
  Callback noting(std::string text) {
    return [this, text = std::move(text)] { note(text); };
  }
  Callback stopping() {
    return [this] { loop->stop(); };
  }
  Ref<Task> start(std::unique_ptr<Steppable> coroutine) { return create_task(*loop, std::move(coroutine)); }
  Ref<Future> future() { return make_ref<Future>(*loop); }

  std::size_t iterations() const { return sink.count("iteration.begin"); }
  std::vector<std::string> timeouts() const { return sink.texts_of({"select.begin"}); }
  double now() { return loop->time(); }

  RecordingSink sink;
  Tracer tracer{&sink};
  Budget budget;
  VirtualWorld virtual_world;
  std::unique_ptr<LoopModel> own_model;
  LoopModel& model = *own_model;
  Notes notes;
  std::vector<std::string> errors;
  std::shared_ptr<EventLoop> loop;
};

/// Python's repr of the error that `action` throws; "" when it throws none.
inline std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (...) {
    return repr_of(std::current_exception());
  }
  return "";
}

/// A Steppable whose every step is the next function of a list.
class ScriptedSteppable final : public Steppable {
 public:
  using Step = std::function<StepOutcome(StepContext&, const StepInput&)>;
  explicit ScriptedSteppable(std::vector<Step> steps) : steps_(std::move(steps)) {}
  StepOutcome step(StepContext& context, StepInput input) override {
    return steps_.at(next_++)(context, input);
  }
  std::string name() const override { return "scripted"; }

 private:
  std::vector<Step> steps_;
  std::size_t next_ = 0;
};

}  // namespace loopscope::test
