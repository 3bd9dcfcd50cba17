#pragma once

#include <optional>
#include <vector>

#include "core/task/awaitable.h"

namespace loopscope {

/// When wait() returns; ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION.
enum class ReturnWhen { all_completed, first_completed, first_exception };

struct WaitOptions {
  std::optional<double> timeout = {};  ///< seconds; none: for ever
  ReturnWhen return_when = ReturnWhen::all_completed;
};

/// What wait() gives, each in order of the arguments.
struct WaitResult {
  std::vector<Ref<Future>> done, pending;
};

/// asyncio.wait (S44): suspends always, cancels nothing. Each future counts once.
/// ValueError when there are none.
Coroutine<WaitResult> wait(std::vector<Ref<Future>> futures, WaitOptions options = {});

/// asyncio.wait_for as in 3.11 (S45): the result, or TimeoutError after `timeout` seconds and
/// the end of the cancelled work. Without a timeout, a plain await.
Coroutine<AnyValue> wait_for(Awaitable awaitable, std::optional<double> timeout);

/// asyncio.shield (S47): a future that ends as `inner` does and can be cancelled without it;
/// `inner` itself when that is done.
Ref<Future> shield(Ref<Future> inner);

}  // namespace loopscope
