// Programs, run by the interpreter and by CPython: output, the last error and the lines that ran are
// equal. Without timers, so that the real clock cannot play a part: time is the conformance harness's
// concern.
#include <gtest/gtest.h>

#include "tests/scenarios/python_compare.h"

namespace loopscope::scenarios::test {
namespace {

TEST(PythonPrograms, Control_flow_goes_line_by_line_as_in_CPython) {
  compare_programs(programs_in("control_flow.py"));
}

TEST(PythonPrograms, Names_are_found_as_in_CPython) { compare_programs(programs_in("names.py")); }

TEST(PythonPrograms, Calls_bind_their_arguments_as_in_CPython) { compare_programs(programs_in("calls.py")); }

TEST(PythonPrograms, Assignments_and_changes_work_as_in_CPython) {
  compare_programs(programs_in("assignments.py"));
}

TEST(PythonPrograms, Changing_what_is_walked_over_works_as_in_CPython) {
  compare_programs(programs_in("changed_while_walked.py"));
}

TEST(PythonPrograms, Printing_works_as_in_CPython) { compare_programs(programs_in("printing.py")); }

TEST(PythonPrograms, Instances_inheritance_and_special_methods_are_CPythons) {
  compare_programs(programs_in("classes.py"));
}

TEST(PythonPrograms, Closures_managers_and_exceptions_in_one_program_are_CPythons) {
  compare_programs(programs_in("closures_and_managers.py"));
}

TEST(PythonPrograms, Yield_send_throw_and_close_are_CPythons) {
  compare_programs(programs_in("generators.py"));
}

TEST(PythonPrograms, Async_generators_and_managers_are_CPythons) {
  compare_programs(programs_in("async_generators.py"));
}

TEST(PythonPrograms, Objects_without_the_protocols_are_refused_in_CPythons_words) {
  compare_programs(programs_in("missing_protocols.py"));
}

TEST(PythonPrograms, Await_chains_and_results_are_CPythons) {
  compare_programs(programs_in("await_chains.py"));
}

TEST(PythonPrograms, Cancellation_is_CPythons) { compare_programs(programs_in("cancellation.py")); }

TEST(PythonPrograms, Wrong_arguments_are_told_in_CPythons_words) {
  compare_programs(programs_in("wrong_arguments.py"));
}

TEST(PythonPrograms, Futures_show_their_results_as_CPythons_do) {
  compare_programs(programs_in("future_texts.py"));
}

TEST(PythonPrograms, Loops_and_their_misuse_are_CPythons) { compare_programs(programs_in("loop_misuse.py")); }

}  // namespace
}  // namespace loopscope::scenarios::test
