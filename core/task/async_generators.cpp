#include "core/task/async_generators.h"

#include "core/task/future_registry.h"
#include "core/task/helpers.h"

namespace loopscope {
namespace {

void report_failure(EventLoop& loop, const OpenAsyncGenerator& generator, const AnyValue& result) {
  const auto* error = result.get_if<std::exception_ptr>();
  if (!error || category_of(*error) != ErrorCategory::ordinary) return;
  loop.report({.message = "an error occurred during closing of asynchronous generator " + generator.repr(),
               .error = *error,
               .key = "asyncgen",
               .subject_text = generator.repr()});
}

}  // namespace

void register_async_generator(EventLoop& loop, const std::shared_ptr<OpenAsyncGenerator>& generator) {
  generator->loop_ = loop.anchor();
  FutureRegistry::of(loop).open_generators.push_back(generator);
}

void finalize_async_generator(const std::shared_ptr<OpenAsyncGenerator>& generator) {
  EventLoop* loop = generator->loop_->loop;
  if (!loop || loop->is_closed()) return;
  std::erase_if(FutureRegistry::of(*loop).open_generators,
                [&](const auto& open) { return open.lock() == generator; });
  // The callback is copyable, the coroutine is not.
  const auto closing = std::make_shared<std::unique_ptr<Steppable>>(generator->aclose());
  const auto start = [loop, closing] { create_task(*loop, std::move(*closing)); };
  loop->call_soon_threadsafe(start, "create_task");
}

Coroutine<> shutdown_asyncgens(EventLoop& loop) {
  std::vector<std::shared_ptr<OpenAsyncGenerator>> open;
  for (const auto& known : std::exchange(FutureRegistry::of(loop).open_generators, {}))
    if (auto generator = known.lock()) open.push_back(std::move(generator));
  if (open.empty()) co_return;
  std::vector<std::unique_ptr<Steppable>> closing;
  for (const auto& generator : open) closing.push_back(generator->aclose());
  std::vector<Ref<Future>> tasks;
  for (auto& one : closing) tasks.push_back(create_task(loop, std::move(one)));
  const AnyValue results = co_await gather(loop, std::move(tasks), {.return_exceptions = true});
  const auto* all = results.get_if<std::vector<AnyValue>>();
  for (std::size_t i = 0; all && i < all->size(); ++i) report_failure(loop, *open[i], (*all)[i]);
}

}  // namespace loopscope
