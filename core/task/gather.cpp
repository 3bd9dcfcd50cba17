#include <unordered_set>
#include <utility>

#include "core/task/helpers.h"

namespace loopscope {
namespace {

/// The future that gather returns: cancelling it cancels the children, and it ends when
/// they have ended (S43).
class GatheringFuture final : public Future {
 public:
  GatheringFuture(EventLoop& loop, std::vector<Ref<Future>> children, GatherOptions options)
      : Future(loop, "gather", made_at::kGather),
        children_(std::move(children)),
        options_(std::move(options)) {
    set_waits_on({WaitKind::gather, id().value, {}});
  }

  std::string_view class_name() const override { return "_GatheringFuture"; }

  bool cancel(std::optional<std::string> message) override {
    if (done()) return false;
    bool any = false;
    for (const Ref<Future>& child : std::vector(children_)) any = child->cancel(message) || any;
    if (any) cancel_requested_ = true;
    return any;
  }

  /// `child` has ended; it is the last one when `all_done`.
  void child_done(Future& child, bool all_done) {
    if (done()) {
      if (!child.cancelled()) child.exception();  // counts as retrieved
      return;
    }
    if (!options_.return_exceptions) {
      const std::exception_ptr error = child.cancelled() ? child.cancelled_error() : child.exception();
      if (error) return fail(error);
    }
    if (!all_done) return;
    AnyValue results = collect();
    if (cancel_requested_)
      // Of the last argument, whichever ended last: CPython's loop variable.
      fail(children_.back()->cancelled_error());
    else
      finish(std::move(results));
  }

 private:
  AnyValue collect() {
    std::vector<AnyValue> results;
    for (const Ref<Future>& child : children_) {
      if (child->cancelled())
        results.push_back(as_value(make_cancelled_error(child->cancel_message().value_or(""))));
      else if (const std::exception_ptr error = child->exception())
        results.push_back(as_value(error));
      else
        results.push_back(child->result());
    }
    return options_.render ? options_.render(std::move(results)) : AnyValue(std::move(results));
  }

  AnyValue as_value(const std::exception_ptr& error) const {
    return options_.as_value ? options_.as_value(error) : AnyValue(error);
  }

  std::vector<Ref<Future>> children_;  // kept to the end, as CPython's future keeps them
  GatherOptions options_;
  bool cancel_requested_ = false;
};

/// What the children's callbacks share: they are registered before the outer future exists.
struct Gathering {
  Ref<GatheringFuture> outer;
  std::size_t unfinished = 0;

  void child_done(Future& done) {
    const bool last = --unfinished == 0;
    if (outer)
      outer->child_done(done, last);
    else if (!done.cancelled())  // gather itself failed, half-way through its arguments
      done.exception();
  }
};

AnyValue empty_list(const GatherOptions& options) {
  return options.render ? options.render({}) : AnyValue(std::vector<AnyValue>());
}

}  // namespace

Ref<Future> gather(std::size_t count, const std::function<Ref<Future>(std::size_t)>& next,
                   GatherOptions options) {
  const auto gathering = std::make_shared<Gathering>();
  std::vector<Ref<Future>> children;
  std::unordered_set<const Future*> seen;
  for (std::size_t i = 0; i < count; ++i) {
    children.push_back(next(i));
    check_future(children.back());
    if (!seen.insert(children.back().get()).second) continue;
    ++gathering->unfinished;
    children.back()->add_done_callback(
        {[gathering](Future& done) { gathering->child_done(done); }, "_done_callback"});
  }
  EventLoop& loop = children.front()->loop();
  gathering->outer = make_ref<GatheringFuture>(loop, std::move(children), std::move(options));
  return gathering->outer;
}

Ref<Future> gather(EventLoop& loop, std::vector<Ref<Future>> futures, GatherOptions options) {
  if (!futures.empty())
    return gather(
        futures.size(), [&](std::size_t i) { return futures[i]; }, std::move(options));
  const Ref<Future> done = make_ref<Future>(loop, "gather");
  done->set_result(empty_list(options));
  return done;
}

}  // namespace loopscope
