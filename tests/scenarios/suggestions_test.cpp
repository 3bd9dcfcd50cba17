// What tracebacks say of names that were not found, held against CPython 3.11's words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Case {
  const char* program;
  const char* last;  ///< the last line that CPython 3.11.2 prints
};

TEST(Suggestions, The_last_line_of_a_traceback_is_CPythons) {
  const Case cases[] = {
      {"class P:\n    def put(self):\n        pass\nP().putt()",
       "AttributeError: 'P' object has no attribute 'putt'. Did you mean: 'put'?"},
      {"[].appendd", "AttributeError: 'list' object has no attribute 'appendd'. Did you mean: 'append'?"},
      {"asyncio.Queue().pud", "AttributeError: 'Queue' object has no attribute 'pud'. Did you mean: 'put'?"},
      {"class P:\n    put = 1\nP.putz",
       "AttributeError: type object 'P' has no attribute 'putz'. Did you mean: 'put'?"},
      {"class P:\n    put = 1\ngetattr(P(), 'Put')",
       "AttributeError: 'P' object has no attribute 'Put'. Did you mean: 'put'?"},
      {"class A:\n    pass\na = A()\na.lokk = 1\na.lock2 = 1\nprint(a.lock)",
       "AttributeError: 'A' object has no attribute 'lock'. Did you mean: 'lock2'?"},
      {"class P:\n    pass\ndel P().putt", "AttributeError: 'P' object has no attribute 'putt'"},
      {"async def m():\n    asyncio.current_task().labl\nasyncio.run(m())",
       "AttributeError: '_asyncio.Task' object has no attribute 'labl'"},
      {"prnt(1)", "NameError: name 'prnt' is not defined. Did you mean: 'print'?"},
      {"def f():\n    alpha = 1\n    return alpah\nf()",
       "NameError: name 'alpah' is not defined. Did you mean: 'alpha'?"},
      {"class P:\n    alpha = 1\n    print(alphb)", "NameError: name 'alphb' is not defined"},
      {"total = 1\ndel totla", "NameError: name 'totla' is not defined. Did you mean: 'total'?"},
      {"def f():\n    print(x)\n    x = 1\nf()",
       "UnboundLocalError: cannot access local variable 'x' where it is not associated with a value"},
      {"raise NameError(\"name 'prnt' is not defined\")", "NameError: name 'prnt' is not defined"},
      {"quite_different", "NameError: name 'quite_different' is not defined"},
  };
  for (const Case& one : cases) {
    const ScriptRun run = run_script(one.program);
    EXPECT_THAT(run.err, HasSubstr("\n" + std::string(one.last) + "\n")) << one.program;
  }
}

TEST(Suggestions, Programs_never_see_them) {
  EXPECT_EQ(output_of("try:\n    prnt(1)\nexcept NameError as e:\n    print(e)"),
            "name 'prnt' is not defined\n");
  EXPECT_EQ(run_script("prnt(1)").result.error, "NameError: name 'prnt' is not defined");
}

TEST(Suggestions, An_exception_of_a_chain_has_its_own) {
  const ScriptRun run =
      run_script("try:\n    prnt(1)\nexcept NameError as e:\n    raise ValueError('no') from e");
  EXPECT_THAT(run.err, HasSubstr("NameError: name 'prnt' is not defined. Did you mean: 'print'?\n"));
}

TEST(Suggestions, What_Python_has_and_the_format_has_not_is_said_behind_the_traceback) {
  EXPECT_THAT(run_script("'a'.title()").err,
              HasSubstr("note: Python's str has 'title', the scenario format has not; str has here "));
  EXPECT_THAT(run_script("'a'.title()").err, Not(HasSubstr("Did you mean")));
  EXPECT_THAT(run_script("b'a'.split()").err, HasSubstr("note: Python's bytes has 'split'"));
  EXPECT_THAT(run_script("{}.fromkeys([1])").err, HasSubstr("note: Python's dict has 'fromkeys'"));
  EXPECT_THAT(run_script("ValueError('x').__setstate__({})").err,
              HasSubstr("note: Python's ValueError has '__setstate__'"));
  EXPECT_THAT(run_script("async def m():\n    asyncio.current_task().get_stack()\nasyncio.run(m())").err,
              HasSubstr("note: Python's Task has 'get_stack'"));
  EXPECT_THAT(run_script("print(__file__)").err, HasSubstr("note: Python has '__file__'"));
  EXPECT_THAT(run_script("'a'.titel()").err, HasSubstr("note: Python's str has 'title'"));
  EXPECT_THAT(run_script("'a'.colour()").err, Not(HasSubstr("note:")));
}

}  // namespace
}  // namespace loopscope::scenarios::test
