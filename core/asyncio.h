#pragma once

/// All of the event loop: what a C++ program that runs on it includes. core/README.md shows how.

#include "core/loop/event_loop.h"
#include "core/net/open_connection.h"
#include "core/net/server.h"
#include "core/net/sock_calls.h"
#include "core/net/stream_reader.h"
#include "core/net/stream_writer.h"
#include "core/sync/as_completed.h"
#include "core/sync/barrier.h"
#include "core/sync/locks.h"
#include "core/sync/queue.h"
#include "core/task/async_generators.h"
#include "core/task/awaitable.h"
#include "core/task/coroutine.h"
#include "core/task/executor_bridge.h"
#include "core/task/helpers.h"
#include "core/task/runner.h"
#include "core/task/task_group.h"
#include "core/task/timeout.h"
#include "core/task/wait.h"
#include "core/world/virtual_world.h"
