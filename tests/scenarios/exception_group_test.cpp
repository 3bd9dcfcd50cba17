// ExceptionGroup: how it is made, caught and printed.
#include <gtest/gtest.h>

#include "tests/scenarios/python_judge.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

TEST(ExceptionGroups, Are_printed_as_CPython_prints_them) {
  const ScriptRun run = run_script(R"(
def f():
    raise KeyError('k')
ks = []
try:
    f()
except KeyError as e:
    ks.append(e)
try:
    raise ValueError('first')
except ValueError:
    raise ExceptionGroup('m', [ks[0], ExceptionGroup('n', [TypeError('x')]), OSError(2, 'no')])
)");
  EXPECT_EQ(run.err, R"(Traceback (most recent call last):
  File "<listing>", line 10, in <module>
    raise ValueError('first')
ValueError: first

During handling of the above exception, another exception occurred:

  + Exception Group Traceback (most recent call last):
  |   File "<listing>", line 12, in <module>
  |     raise ExceptionGroup('m', [ks[0], ExceptionGroup('n', [TypeError('x')]), OSError(2, 'no')])
  | ExceptionGroup: m (3 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "<listing>", line 6, in <module>
    |     f()
    |   File "<listing>", line 2, in f
    |     raise KeyError('k')
    | KeyError: 'k'
    +---------------- 2 ----------------
    | ExceptionGroup: n (1 sub-exception)
    +-+---------------- 1 ----------------
      | TypeError: x
      +------------------------------------
    +---------------- 3 ----------------
    | FileNotFoundError: [Errno 2] no
    +------------------------------------
)");
  EXPECT_EQ(run.result.error, "ExceptionGroup: m (3 sub-exceptions)");
}

TEST(ExceptionGroups, Of_many_are_cut_when_printed) {
  const ScriptRun run = run_script("raise ExceptionGroup('m', [ValueError(i) for i in range(17)])\n");
  EXPECT_NE(run.err.find("    +---------------- 15 ----------------\n    | ValueError: 14\n"
                         "    +---------------- ... ----------------\n    | and 2 more exceptions\n"
                         "    +------------------------------------\n"),
            std::string::npos)
      << run.err;
  EXPECT_EQ(run.err.find("ValueError: 15"), std::string::npos);
}

TEST(ExceptionGroups, That_hold_each_other_very_often_are_printed_in_bounds) {
  const ScriptRun run = run_script(R"(
g = ValueError('x')
for i in range(30):
    g = ExceptionGroup('m', [g] * 15)
raise g
)");
  EXPECT_LT(run.err.size(), std::size_t{2} << 20);
  EXPECT_EQ(run.result.exit_code, 1);
}

TEST(ExceptionGroups, Are_made_and_caught_as_in_CPython) {
  const std::vector<std::string> programs = {R"(
def attempt(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)
for f in [lambda: ExceptionGroup(), lambda: ExceptionGroup('x'), lambda: ExceptionGroup('x', []), lambda: ExceptionGroup('x', [1]), lambda: ExceptionGroup(1, [ValueError()]), lambda: ExceptionGroup('x', 3), lambda: ExceptionGroup('x', [KeyboardInterrupt()]), lambda: BaseExceptionGroup('x', [KeyboardInterrupt()]), lambda: type(BaseExceptionGroup('x', [ValueError()])), lambda: ExceptionGroup('x', (ValueError(1), TypeError())), lambda: ExceptionGroup('x', [ValueError()]).exceptions, lambda: ExceptionGroup('x', [ValueError()]).message, lambda: ExceptionGroup('x', [ValueError()]).args]:
    attempt(f)
)",
                                             R"(
for group in [ExceptionGroup('a', [ValueError(1)]), BaseExceptionGroup('b', [SystemExit(2), ValueError(3)])]:
    for base in [ExceptionGroup, BaseExceptionGroup, Exception, BaseException, ValueError]:
        print(isinstance(group, base))
    try:
        raise group
    except Exception as e:
        print('Exception', e, e is group)
    except BaseExceptionGroup as e:
        print('BaseExceptionGroup', e, [repr(x) for x in e.exceptions])
e = ValueError('plain')
e.exceptions = (1, 2)
print(e, e.exceptions)
)"};
  const std::vector<Verdict> verdicts = judge(programs);
  if (verdicts.empty()) GTEST_SKIP() << "no /usr/bin/python3 to compare with";
  for (std::size_t i = 0; i < programs.size(); ++i) EXPECT_EQ(run_script(programs[i]).out, verdicts[i].out);
}

}  // namespace
}  // namespace loopscope::scenarios::test
