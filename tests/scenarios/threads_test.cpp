// Programs with several threads: what only the interpreter can get wrong. What they print, and
// when, is held against CPython in tests/conformance.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Threads, Each_has_its_own_depth_of_calls) {
  EXPECT_EQ(output_of(R"(
def down(n):
    if n == 0:
        time.sleep(1)
        return 0
    return down(n - 1)
ts = [threading.Thread(target=down, args=(700,)) for i in range(3)]
for t in ts:
    t.start()
down(700)
for t in ts:
    t.join()
print(time.monotonic())
)"),
            "1.0\n");
}

TEST(Threads, Endless_recursion_ends_on_the_thread_that_recurses) {
  const ScriptRun run = run_script(R"(
def down(n):
    return down(n + 1)
def safely():
    try:
        down(0)
    except RecursionError as e:
        print(e)
t = threading.Thread(target=safely)
t.start()
t.join()
t = threading.Thread(target=down, args=(0,))
t.start()
t.join()
print('main goes on')
)");
  EXPECT_EQ(run.out, "maximum recursion depth exceeded\nmain goes on\n");
  EXPECT_THAT(run.err,
              HasSubstr("Exception in thread Thread-2 (down):\nTraceback (most recent call last):\n"));
  EXPECT_EQ(run.result.exit_code, 0);
}

TEST(Threads, An_exception_shows_the_lines_of_its_own_thread) {
  const ScriptRun run = run_script(R"(
def f():
    g()
def g():
    raise ValueError('no')
def call():
    t = threading.Thread(target=f, name='worker')
    t.start()
    t.join()
call()
)");
  EXPECT_THAT(run.err, HasSubstr("Exception in thread worker:\nTraceback (most recent call last):\n"
                                 "  File \"<listing>\", line"));
  EXPECT_THAT(run.err, Not(HasSubstr("in call")));
  EXPECT_THAT(run.events("error"), ElementsAre("error text=Exception in thread worker: ValueError: no"));
}

TEST(Threads, Exceptions_that_are_being_handled_belong_to_one_thread) {
  EXPECT_EQ(output_of(R"(
def f():
    try:
        raise KeyError('of the thread')
    except KeyError as e:
        print(e.__context__)
def wait():
    try:
        raise ValueError('of main')
    except ValueError:
        t = threading.Thread(target=f)
        t.start()
        t.join()
wait()
)"),
            "None\n");
}

TEST(Threads, Arguments_that_are_none_fail_in_the_thread) {
  const ScriptRun run = run_script(R"(
t = threading.Thread(target=print, args=5)
t.start()
t.join()
print('goes on')
)");
  EXPECT_EQ(run.out, "goes on\n");
  EXPECT_THAT(run.err, HasSubstr("Exception in thread Thread-1 (print):"));
  EXPECT_THAT(run.err, HasSubstr("TypeError: print() argument after * must be an iterable, not int"));
}

TEST(Threads, A_deadlock_ends_the_run_and_names_all_that_wait) {
  const ScriptRun run = run_script(R"(
lock = threading.Lock()
lock.acquire()
async def wait(e):
    await asyncio.get_running_loop().create_future()
t = threading.Thread(target=lock.acquire)
t.start()
asyncio.run(wait(1))
)");
  EXPECT_EQ(run.result.exit_code, 1);
  EXPECT_TRUE(run.result.deadlock);
  EXPECT_THAT(run.result.error,
              HasSubstr("deadlock: MainThread waits in select for ever; Task-1 (wait) waits for"));
  EXPECT_THAT(run.result.error, HasSubstr("Thread-1 (acquire) waits in Lock.acquire for ever"));
}

TEST(Threads, A_deadlock_at_the_programs_end_is_found_too) {
  const ScriptRun run = run_script(R"(
def f():
    threading.Event().wait()
threading.Thread(target=f).start()
print('main ends')
)");
  EXPECT_EQ(run.out, "main ends\n");
  EXPECT_EQ(run.result.exit_code, 1);
  EXPECT_EQ(run.result.error,
            "deadlock: MainThread waits in Thread.join for ever; Thread-1 (f) waits in Event.wait for ever");
}

TEST(Threads, A_limit_on_one_thread_ends_all_and_no_except_sees_it) {
  const ScriptRun run = run_script(R"(
def spin():
    while True:
        pass
def sleep():
    try:
        time.sleep(50)
    except BaseException:
        print('seen')
    finally:
        print('not reached')
threading.Thread(target=sleep).start()
t = threading.Thread(target=spin)
t.start()
try:
    t.join()
finally:
    print('not reached')
)",
                                   R"("loop": {"limits": {"steps": 1000}})");
  EXPECT_EQ(run.result.limit, "steps");
  EXPECT_EQ(run.result.exit_code, 1);
  EXPECT_EQ(run.out, "");
}

TEST(Threads, A_bomb_of_threads_ends_at_a_limit) {
  const ScriptRun run = run_script(R"(
def split():
    threading.Thread(target=split).start()
    threading.Thread(target=split).start()
split()
)",
                                   "", false);
  EXPECT_EQ(run.result.limit, "threads");
  EXPECT_EQ(run.result.exit_code, 1);
}

TEST(Threads, An_exception_of_main_comes_first_and_its_exit_code_stays) {
  const ScriptRun run = run_script(R"(
def f():
    time.sleep(1)
    print('f')
threading.Thread(target=f).start()
raise SystemExit(7)
)");
  EXPECT_EQ(run.out, "f\n");
  EXPECT_EQ(run.result.exit_code, 7);
  EXPECT_EQ(run.result.duration, 1);
}

TEST(Threads, Statements_carry_the_thread_that_runs_them) {
  const ScriptRun run = run_script(R"(
def f():
    pass
t = threading.Thread(target=f)
t.start()
t.join()
)");
  EXPECT_THAT(run.events("thread."),
              ElementsAre("thread.started name=MainThread", "thread.started name=Thread-1 (f)",
                          "thread.ended", "thread.ended"));
}

TEST(Threads, Objects_show_themselves_as_CPythons) {
  EXPECT_EQ(
      output_of(R"(
t = threading.Thread(name='w', daemon=True)
print(t, threading.Event, queue.Queue)
lock = threading.Lock()
print(str(lock)[:36], str(threading.Event())[:19], str(queue.Queue())[:23])
with lock:
    print(str(lock)[:34])
print(str(threading.current_thread())[:34])
print(concurrent.futures.ThreadPoolExecutor, concurrent.futures.ProcessPoolExecutor)
)"),
      "<Thread(w, initial daemon)> <class 'threading.Event'> <class 'queue.Queue'>\n"
      "<unlocked _thread.lock object at 0x7 <threading.Event at <queue.Queue object at \n"
      "<locked _thread.lock object at 0x7\n"
      "<_MainThread(MainThread, started 1\n"
      "<class 'concurrent.futures.thread.ThreadPoolExecutor'> "
      "<class 'concurrent.futures.process.ProcessPoolExecutor'>\n");
}

TEST(Threads, A_second_run_writes_the_same_trace) {
  const std::string program = R"(
def f(n):
    for i in range(3):
        time.sleep(0.1 * (n % 3))
        q.put((n, i))
q = queue.Queue(2)
async def main():
    loop = asyncio.get_running_loop()
    jobs = [loop.run_in_executor(None, f, n) for n in range(6)]
    for i in range(18):
        item = await asyncio.to_thread(q.get)
        print(item)
    await asyncio.gather(*jobs)
asyncio.run(main())
)";
  const ScriptRun first = run_script(program);
  EXPECT_EQ(first.result.exit_code, 0) << first.err;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(run_script(program).trace, first.trace);
}

}  // namespace
}  // namespace loopscope::scenarios::test
