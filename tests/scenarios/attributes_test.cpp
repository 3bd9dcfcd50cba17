// Attributes that programs set on asyncio's own objects.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using testing::HasSubstr;

TEST(Attributes, Tasks_futures_queues_and_locks_take_them) {
  EXPECT_EQ(
      output_of(R"(
async def f():
    asyncio.current_task().label = 'inner'
    await asyncio.sleep(0)
    print(asyncio.current_task().label)
async def main():
    task = asyncio.create_task(f())
    task.label = 'outer'
    task.tries = 1
    task.tries += 1
    print(task.label, task.tries, hasattr(task, 'other'))
    await task
    print(task.label)
    del task.tries
    print(hasattr(task, 'tries'))
    for thing in [asyncio.Queue(), asyncio.Lock(), asyncio.Event(), asyncio.get_running_loop().create_future()]:
        thing.label = 'mine'
        thing.itself = thing
        print(thing.label, thing.itself is thing)
asyncio.run(main())
)"),
      "outer 2 False\ninner\ninner\nFalse\n" + std::string("mine True\nmine True\nmine True\nmine True\n"));
}

TEST(Attributes, A_task_that_nobody_holds_keeps_them) {
  EXPECT_EQ(output_of(R"(
async def f(n):
    asyncio.current_task().number = n
    await asyncio.sleep(0.1)
    print(asyncio.current_task().number)
async def main():
    await asyncio.gather(f(1), f(2))
asyncio.run(main())
)"),
            "1\n2\n");
}

TEST(Attributes, What_is_computed_stays_read_only) {
  EXPECT_THAT(run_script("asyncio.Queue().maxsize = 3").result.error, HasSubstr("AttributeError"));
}

TEST(Awaits, What_cannot_be_awaited_goes_at_its_line) {
  EXPECT_THAT(run_script("async def main():\n    await [asyncio.sleep(0)]\nasyncio.run(main())\n").err,
              HasSubstr("<listing>:4: RuntimeWarning: coroutine 'sleep' was never awaited"));
}

TEST(Deadlocks, Of_threads_name_who_holds_what) {
  const ScriptRun run = run_script(R"(
def worker(first, second):
    with first:
        time.sleep(0.1)
        with second:
            print('never')
a = threading.Lock()
b = threading.Lock()
t = threading.Thread(target=worker, args=(a, b), name='T')
t.start()
worker(b, a)
)");
  EXPECT_THAT(run.err, HasSubstr("MainThread waits in Lock.acquire for ever, for a lock that T holds; "
                                 "T waits in Lock.acquire for ever, for a lock that MainThread holds"));
}

TEST(Deadlocks, Of_one_thread_say_that_it_holds_the_lock_itself) {
  const ScriptRun run = run_script(R"(
a = threading.Lock()
a.acquire()
a.acquire()
)");
  EXPECT_THAT(run.err, HasSubstr("for a lock that it holds itself"));
}

TEST(Deadlocks, Of_locks_name_who_holds_what) {
  const ScriptRun run = run_script(R"(
async def worker(first, second):
    async with first:
        await asyncio.sleep(0.1)
        async with second:
            print('never')
async def main():
    a = asyncio.Lock()
    b = asyncio.Lock()
    await asyncio.gather(worker(a, b), worker(b, a))
asyncio.run(main())
)");
  EXPECT_THAT(run.err, HasSubstr("Task-2 (worker) holds lock 1 and waits for lock 2"));
  EXPECT_THAT(run.err, HasSubstr("Task-3 (worker) holds lock 2 and waits for lock 1"));
}

}  // namespace
}  // namespace loopscope::scenarios::test
