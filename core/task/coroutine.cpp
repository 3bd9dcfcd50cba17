#include "core/task/coroutine.h"

#include <string_view>

namespace loopscope::detail {

std::string coroutine_name(const char* function_name) {
  const std::string_view text = function_name;
  if (text.find("<lambda") != text.npos) return "<lambda>";
  std::size_t end = 0;  // the '(' of the parameters: the first one outside of <...>
  for (int depth = 0; end < text.size() && (text[end] != '(' || depth > 0); ++end)
    depth += text[end] == '<' ? 1 : text[end] == '>' ? -1 : 0;
  const std::size_t begin = text.find_last_of(" :*&", end == 0 ? 0 : end - 1);
  return std::string(
      text.substr(begin == text.npos ? 0 : begin + 1, end - (begin == text.npos ? 0 : begin + 1)));
}

void refuse_reuse() {
  throw CoreError(CoreError::Type::RuntimeError, "cannot reuse already awaited coroutine");
}

void refuse_none() {
  throw CoreError(CoreError::Type::TypeError, "object NoneType can't be used in 'await' expression");
}

void PromiseBase::refuse_unfinished() const {
  throw CoreError(CoreError::Type::RuntimeError, "coroutine '" + name + "' has not ended");
}

void PromiseBase::note_missing_return() noexcept {
  error_ = std::make_exception_ptr(
      CoreError(CoreError::Type::RuntimeError, "coroutine '" + name + "' ended without a co_return"));
}

CoroutineDriver::~CoroutineDriver() {
  while (!frames_.empty()) {  // innermost first: a frame never finds its callee gone, and nothing recurses
    const std::coroutine_handle<> frame = frames_.back()->self_;
    frames_.pop_back();
    frame.destroy();
  }
}

void CoroutineDriver::enter(PromiseBase& promise) {
  promise.driver_ = this;
  frames_.push_back(&promise);
}

void CoroutineDriver::leave() { frames_.pop_back(); }

std::optional<StepOutcome> CoroutineDriver::run(StepContext& context, StepInput input) {
  const Ref<Future> awaited = std::exchange(awaited_, nullptr);
  if (awaited && !awaited->done() && std::holds_alternative<Send>(input)) {  // another task shares this
    awaited_ = awaited;
    return Awaits{awaited};
  }
  context_ = &context;
  tracer_ = &context.loop.tracer();
  input_ = std::move(input);
  outcome_.reset();
  while (!frames_.empty() && !outcome_) frames_.back()->self_.resume();
  context_ = nullptr;
  return std::exchange(outcome_, std::nullopt);
}

StackId CoroutineDriver::stack() const {
  StackId node;
  if (!tracer_) return node;
  for (const PromiseBase* frame : frames_) node = tracer_->stack(node, tracer_->label(frame->name), 0);
  return node;
}

void rethrow_thrown(StepInput input) {
  if (const Throw* thrown = std::get_if<Throw>(&input)) std::rethrow_exception(thrown->error);
}

AnyValue FutureAwaiter::await_resume() {
  if (waited_) rethrow_thrown(driver_.take_input());
  if (!future_->done()) throw CoreError(CoreError::Type::RuntimeError, "await wasn't used with future");
  return future_->result();
}

void YieldAwaiter::await_resume() { rethrow_thrown(driver_.take_input()); }

Coroutine<AnyValue> drive(std::unique_ptr<Steppable> child) {
  StepInput input = Send{};
  for (;;) {
    StepContext here = co_await ThisStep{};
    StepOutcome outcome = child->step(here, std::move(input));
    if (Returned* returned = std::get_if<Returned>(&outcome)) co_return std::move(returned->value);
    if (const Raised* raised = std::get_if<Raised>(&outcome)) std::rethrow_exception(raised_error(*raised));
    Suspend suspend{std::move(outcome)};
    input = co_await std::move(suspend);
  }
}

}  // namespace loopscope::detail
