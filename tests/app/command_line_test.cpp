// The command line as a user meets it: real processes, real files.
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <regex>

#include "tests/support/paths.h"
#include "tests/support/process.h"

namespace {

using loopscope::testing_support::Process;
using loopscope::testing_support::ProcessResult;
using loopscope::testing_support::read_file;
using loopscope::testing_support::run_process;
using loopscope::testing_support::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

ProcessResult loopscope_with(std::vector<std::string> arguments, const std::string& out_path = {}) {
  arguments.insert(arguments.begin(), loopscope::support::loopscope_binary());
  return run_process(arguments, out_path);
}

constexpr const char* kLifecycleOutput =
    "Main: creating tasks\n"
    "Main: waiting for tasks\n"
    "A: starting\n"
    "B: starting\n"
    "B: done\n"
    "A: done\n"
    "Main: all done\n";

void write_file(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

std::string scenario(const std::string& program) {
  return "{\"loopscope\": 1, \"program\": [" + program + "]}";
}

TEST(New, Writes_a_scenario_that_checks_and_never_writes_over_a_file) {
  const TemporaryFolder folder;
  const std::string file = folder / "mine.json";
  EXPECT_EQ(loopscope_with({"new", folder / "mine"}).exit_code, 0);
  EXPECT_THAT(read_file(file), HasSubstr("\"title\": \"mine\""));
  const ProcessResult checked = loopscope_with({"check", file});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  const std::string before = read_file(file);
  const ProcessResult again = loopscope_with({"new", file});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("is there already"));
  EXPECT_EQ(read_file(file), before);
  EXPECT_EQ(loopscope_with({"new", folder / "no/such/folder"}).exit_code, 2);
}

TEST(Check, Watches_a_file_and_checks_it_again_when_it_was_saved) {
  const TemporaryFolder folder;
  const std::string file = folder / "watched.json", out = folder / "out";
  write_file(file, scenario("\"print(1\""));
  // The shell saves the file right while the tool watches, and ends it.
  const std::string tool = loopscope::support::loopscope_binary();
  const std::string script = "'" + tool + "' check --watch '" + file + "' > '" + out +
                             "' 2>&1 & watcher=$!; "
                             "for i in $(seq 100); do grep -q error '" +
                             out +
                             "' && break; sleep 0.1; done; "
                             "printf '%s' '{\"loopscope\": 1, \"program\": [\"print(1)\"]}' > '" +
                             file +
                             "'; "
                             "for i in $(seq 100); do grep -q ok '" +
                             out + "' && break; sleep 0.1; done; kill $watcher";
  run_process({"/bin/sh", "-c", script});
  const std::string text = read_file(out);
  EXPECT_LT(text.find("error"), text.find(": ok (")) << text;
  EXPECT_NE(text.find(": ok ("), std::string::npos) << text;
}

TEST(Check, Shows_the_line_of_an_error_with_a_caret_under_the_word) {
  const TemporaryFolder folder;
  const std::string file = folder / "bad.json";
  write_file(file, "{\"loopscope\": 1,\n \"program\": [\"x = 1\", \"y = é + asyncio.slep(1)\"]}\n");
  EXPECT_THAT(loopscope_with({"check", file}).err,
              HasSubstr("\n    \"program\": [\"x = 1\", \"y = é + asyncio.slep(1)\"]}\n"
                        "                                          ^^^^\n"));
}

TEST(Run, Prints_the_programs_output_and_nothing_else) {
  const ProcessResult result = loopscope_with({"run", "lifecycle"});
  EXPECT_EQ(result.out, kLifecycleOutput);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.exit_code, 0);
}

TEST(Run, Writes_the_same_trace_byte_for_byte_each_time) {
  const TemporaryFolder folder;
  for (const char* name : {"a.jsonl", "b.jsonl"})
    ASSERT_EQ(loopscope_with({"run", "lifecycle", "--trace", folder / name}).exit_code, 0);
  const std::string a = read_file(folder / "a.jsonl");
  EXPECT_THAT(a, StartsWith("{\"loopscope_trace\":1,"));
  EXPECT_EQ(a, read_file(folder / "b.jsonl"));
}

TEST(Run, Gives_the_same_output_on_every_loop_model_and_a_trace_of_each_that_opens) {
  const TemporaryFolder folder;
  std::vector<std::string> traces;
  for (const std::string model : {"asyncio", "drain", "trampoline"}) {
    const std::string file = folder / (model + ".jsonl");
    const ProcessResult result = loopscope_with({"run", "lifecycle", "--model", model, "--trace", file});
    EXPECT_EQ(result.out, kLifecycleOutput) << model;
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(loopscope_with({"explain", file}).out, HasSubstr("of the " + model + " kind"));
    traces.push_back(read_file(file).substr(read_file(file).find("\n")));
  }
  EXPECT_NE(traces[0], traces[1]);
  EXPECT_NE(traces[0], traces[2]);
  EXPECT_NE(traces[1], traces[2]);
}

TEST(Run, Refuses_to_write_the_trace_over_its_input) {
  const TemporaryFolder folder;
  const std::string text = scenario("\"print(1)\"");
  const std::string file = folder.write("s.json", text);
  const ProcessResult result = loopscope_with({"run", file, "--trace", file});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("is the input"));
  EXPECT_EQ(read_file(file), text);
}

TEST(Run, Makes_no_trace_file_when_the_scenario_does_not_load) {
  const TemporaryFolder folder;
  const std::string file = folder.write("bad.json", scenario("\"print(\""));
  const ProcessResult result = loopscope_with({"run", file, "--trace", folder / "out.jsonl"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(folder.files(), ElementsAre("bad.json"));
}

TEST(Run, Says_when_the_trace_cannot_be_written) {
  EXPECT_EQ(loopscope_with({"run", "lifecycle", "--trace", "/nonexistent/a.jsonl"}).exit_code, 2);
  const ProcessResult full = loopscope_with({"run", "lifecycle", "--trace", "/dev/full"});
  EXPECT_EQ(full.exit_code, 2);
  EXPECT_THAT(full.err, HasSubstr("cannot be written"));
}

TEST(Run, Says_when_stdout_cannot_be_written) {
  const ProcessResult result = loopscope_with({"run", "lifecycle"}, "/dev/full");
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("stdout: error: cannot be written"));
}

TEST(Run, Prints_statistics_on_stderr_when_asked) {
  const ProcessResult result = loopscope_with({"run", "lifecycle", "--stats"});
  EXPECT_EQ(result.out, kLifecycleOutput);
  EXPECT_THAT(result.err, HasSubstr("12 iterations"));
  EXPECT_THAT(result.err, HasSubstr("2.000 s on the loop clock"));
}

TEST(Run, Ends_an_endless_loop_without_await_at_a_limit) {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", R"json({"loopscope": 1, "loop": {"limits": {"steps": 5000}},
                    "program": [{"while": "True", "do": ["x = 1"]}]})json");
  const ProcessResult result = loopscope_with({"run", file, "--trace", folder / "t.jsonl"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("steps"));
  EXPECT_EQ(loopscope_with({"info", folder / "t.jsonl"}).exit_code, 0);
}

TEST(Run, Ends_an_endless_loop_with_await_at_a_limit) {
  const TemporaryFolder folder;
  const std::string file =
      folder.write("s.json", R"json({"loopscope": 1, "loop": {"limits": {"iterations": 500}}, "program": [
      {"async def": "main()", "do": [{"while": "True", "do": ["await asyncio.sleep(0)"]}]}, "asyncio.run(main())"]})json");
  const ProcessResult result = loopscope_with({"run", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("iterations"));
}

TEST(Run, Shows_a_traceback_and_exit_code_1_for_an_uncaught_exception) {
  const TemporaryFolder folder;
  const std::string file =
      folder.write("s.json", scenario(R"json("print('before')", "raise ValueError('no')")json"));
  const ProcessResult result = loopscope_with({"run", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_EQ(result.out, "before\n");
  EXPECT_THAT(result.err, StartsWith("Traceback (most recent call last):"));
  EXPECT_THAT(result.err, HasSubstr("ValueError: no\n"));
}

TEST(Run, Ends_with_the_code_of_SystemExit) {
  const TemporaryFolder folder;
  EXPECT_EQ(loopscope_with({"run", folder.write("s.json", scenario("\"raise SystemExit(7)\""))}).exit_code,
            7);
}

TEST(Run, Leaves_a_trace_that_opens_when_it_is_killed) {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", R"json({"loopscope": 1, "program": [
      {"async def": "main()", "do": [{"for": "i in range(89000)", "do": ["await asyncio.sleep(0.001)"]}]},
      "asyncio.run(main())"], "loop": {"limits": {"iterations": 1000000}}})json");
  const std::string trace = (folder / "t.jsonl").string();
  Process process({loopscope::support::loopscope_binary(), "run", file, "--trace", trace}, folder);
  std::error_code code;
  for (int i = 0;
       i < 20000 && (!std::filesystem::exists(trace) || std::filesystem::file_size(trace, code) < 3'000'000);
       ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  process.kill(SIGKILL);
  ASSERT_EQ(process.wait().exit_code, 128 + SIGKILL);
  const ProcessResult info = loopscope_with({"info", trace});
  EXPECT_EQ(info.exit_code, 0) << info.err;
  EXPECT_THAT(info.out, HasSubstr("iterations"));
}

TEST(Check, Passes_on_every_library_scenario) {
  std::vector<std::string> arguments = {"check"};
  for (const auto& entry :
       std::filesystem::directory_iterator(loopscope::support::source_dir() / "scenarios" / "library"))
    if (entry.path().extension() == ".json") arguments.push_back(entry.path().string());
  ASSERT_GE(arguments.size(), 13U);
  const ProcessResult result = loopscope_with(arguments);
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

TEST(Check, Shows_what_differs_and_exits_with_1) {
  const TemporaryFolder folder;
  const std::string file = folder.write(
      "s.json",
      R"json({"loopscope": 1, "program": ["print('a')", "print('b')"], "expect": {"output": ["a", "c"], "duration": 1}})json");
  const ProcessResult result = loopscope_with({"check", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("- c"));
  EXPECT_THAT(result.err, HasSubstr("+ b"));
  EXPECT_THAT(result.err, HasSubstr("duration differs"));
}

TEST(Check, Reports_every_file_and_keeps_the_worst_exit_code) {
  const TemporaryFolder folder;
  const std::string bad = folder.write("bad.json", "{");
  const std::string good = folder.write("good.json", scenario("\"print(1)\""));
  const ProcessResult result = loopscope_with({"check", bad, good});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.out, HasSubstr("good.json: ok"));
}

TEST(Listing, Is_a_Python_program_that_prints_the_same) {
  const TemporaryFolder folder;
  const ProcessResult listing = loopscope_with({"listing", "call-soon"});
  ASSERT_EQ(listing.exit_code, 0);
  const std::string file = folder.write("call_soon.py", listing.out);
  const ProcessResult python = run_process({"/usr/bin/python3", file});
  EXPECT_EQ(python.out, loopscope_with({"run", "call-soon"}).out);
  EXPECT_NE(python.out, "");
}

TEST(List, Names_each_library_scenario_on_a_line_of_its_own) {
  const ProcessResult result = loopscope_with({"list"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("lifecycle "));
  EXPECT_THAT(result.out, HasSubstr("Two tasks share one loop"));
  EXPECT_GE(std::count(result.out.begin(), result.out.end(), '\n'), 12);
}

TEST(Info, Fails_on_the_rules_that_are_named) {
  EXPECT_EQ(loopscope_with({"info", "lifecycle", "--fail-on", "late_await"}).exit_code, 1);
  EXPECT_EQ(loopscope_with({"info", "lifecycle", "--fail-on", "deadlock,slow_callback"}).exit_code, 0);
  EXPECT_EQ(
      loopscope_with({"info", "lifecycle", "--json", "--fail-on", "slow_callback,late_await"}).exit_code, 1);
  const ProcessResult unknown = loopscope_with({"info", "lifecycle", "--fail-on", "no_such_rule"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("late_await"));
}

TEST(Info, Counts_what_a_trace_holds_as_text_and_as_JSON) {
  const ProcessResult text = loopscope_with({"info", "lifecycle"});
  EXPECT_EQ(text.exit_code, 0);
  EXPECT_THAT(text.out, HasSubstr("12"));
  const ProcessResult json = loopscope_with({"info", "lifecycle", "--json"});
  EXPECT_THAT(json.out, StartsWith("{"));
}

TEST(Explain, Tells_the_run_in_sentences) {
  const ProcessResult result = loopscope_with({"explain", "lifecycle"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("Iteration 3"));
  EXPECT_THAT(loopscope_with({"explain", "lifecycle", "--markdown"}).out, HasSubstr("#"));
}

TEST(Listing, Numbers_its_lines_when_asked) {
  const ProcessResult result = loopscope_with({"listing", "--numbers", "lifecycle"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, StartsWith(" 1  import asyncio\n 2\n 3  "));
}

TEST(Check, Says_what_of_a_world_does_not_work) {
  const TemporaryFolder folder;
  const std::string file = folder / "server.json";
  const std::string serve =
      "{\"async def\": \"h(r, w)\", \"do\": []},"
      "{\"async def\": \"main()\", \"do\": [\"s = await asyncio.start_server(h, '127.0.0.1', 8888)\", "
      "\"await s.serve_forever()\"]}, \"asyncio.run(main())\"";
  write_file(file, "{\"loopscope\": 1, \"program\": [" + serve +
                       "], \"world\": [{\"at\": 2, \"connect\": 7, \"as\": \"al\"}]}");
  const ProcessResult result = loopscope_with({"check", file});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("'al' is refused at 2 s: nobody listens on port 7 then"));
  EXPECT_THAT(result.err, HasSubstr("ended from outside: add {\"at\": 3, \"signal\": \"SIGINT\"}"));
  write_file(file, scenario("\"threading.Lock().acquire()\", \"threading.Event().wait()\""));
  EXPECT_THAT(loopscope_with({"check", file}).err, Not(HasSubstr("from outside")));
}

TEST(Explain, Tells_the_whole_of_a_deadlock) {
  const TemporaryFolder folder;
  const std::string file = folder / "stuck.json";
  write_file(
      file,
      scenario("\"a, b = threading.Lock(), threading.Lock()\","
               "{\"def\": \"take(x, y)\", \"do\": [\"x.acquire()\", \"time.sleep(1)\", \"y.acquire()\"]},"
               "\"threading.Thread(target=take, args=(a, b), name='T').start()\", \"take(b, a)\""));
  const std::string whole =
      "MainThread waits in Lock.acquire for ever, for a lock that T holds; "
      "T waits in Lock.acquire for ever, for a lock that MainThread holds";
  EXPECT_THAT(loopscope_with({"explain", file}).out, HasSubstr(whole));
  EXPECT_THAT(loopscope_with({"info", file}).out, HasSubstr(whole));
}

TEST(Export, Writes_the_run_as_JSON_Lines_equal_to_a_live_trace) {
  const TemporaryFolder folder;
  ASSERT_EQ(loopscope_with({"run", "lifecycle", "--trace", folder / "live.jsonl"}).exit_code, 0);
  ASSERT_EQ(loopscope_with({"export", folder / "live.jsonl", "--to", "jsonl", "-o", folder / "again.jsonl"})
                .exit_code,
            0);
  EXPECT_EQ(read_file(folder / "live.jsonl"), read_file(folder / "again.jsonl"));
}

TEST(Export, Writes_no_file_when_the_input_is_bad_or_the_format_unknown) {
  const TemporaryFolder folder;
  EXPECT_EQ(loopscope_with({"export", "nosuch", "--to", "chrome", "-o", folder / "x.json"}).exit_code, 2);
  EXPECT_EQ(loopscope_with({"export", "lifecycle", "--to", "word", "-o", folder / "x.json"}).exit_code, 2);
  EXPECT_EQ(
      loopscope_with({"export", "lifecycle", "--to", "chrome", "-o", folder / "no" / "x.json"}).exit_code, 2);
  EXPECT_THAT(folder.files(), IsEmpty());
}

struct BadInput {
  const char* name;
  const char* text;
  const char* message;  ///< what stderr must hold after the file's name
};

class WrongInput : public testing::TestWithParam<BadInput> {};

TEST_P(WrongInput, Gives_a_clear_line_with_its_place_and_exit_code_2) {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", GetParam().text);
  for (const char* command : {"run", "check", "listing"}) {
    const ProcessResult result = loopscope_with({command, file});
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_EQ(result.out, "") << command;
    EXPECT_THAT(result.err, StartsWith(file + GetParam().message)) << command;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios, WrongInput,
    testing::Values(
        BadInput{"truncated", "{\"loopscope\": 1,\n \"program\": [\"print(1)\"", ":2:24: error: "},
        BadInput{"empty", "", ":1:1: error: "},
        BadInput{"unknown_key", "{\"loopscope\": 1, \"progam\": [], \"program\": []}", ":1:18: error: "},
        BadInput{"bad_expression", "{\"loopscope\": 1,\n \"program\": [\"x = 1 +\"]}", ":2:"},
        BadInput{"not_json", "hello", ":1:1: error: "}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(Files, A_missing_file_suggests_the_nearest_library_name) {
  const ProcessResult result = loopscope_with({"run", "lifecylce"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("lifecylce: error: no such file"));
  EXPECT_THAT(result.err, HasSubstr("did you mean 'lifecycle'?"));
}

TEST(Files, A_directory_is_refused_by_every_command) {
  const TemporaryFolder folder;
  for (const char* command : {"run", "check", "listing", "info", "explain"}) {
    const ProcessResult result = loopscope_with({command, folder.path().string()});
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_THAT(result.err, HasSubstr("is a directory")) << command;
  }
}

TEST(Files, A_trace_of_a_later_format_is_refused_clearly) {
  const TemporaryFolder folder;
  const std::string file = folder.write("t.jsonl", "{\"loopscope_trace\":2,\"producer\":\"loopscope 9\"}\n");
  const ProcessResult result = loopscope_with({"info", file});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("format 2"));
}

TEST(Files, An_empty_or_broken_trace_is_not_called_a_scenario) {
  const TemporaryFolder folder;
  for (const std::string text : {"", "\n", "garbage\n"}) {
    const ProcessResult result = loopscope_with({"info", folder.write("t.jsonl", text)});
    EXPECT_EQ(result.exit_code, 2) << text;
    EXPECT_THAT(result.err, HasSubstr("t.jsonl:1:1: error: ")) << text;
    EXPECT_THAT(result.err, testing::Not(HasSubstr("scenario"))) << text;
  }
  // What is a scenario runs, however it is called.
  const std::string file = folder.write("s.jsonl", "{\"loopscope\": 1, \"program\": []}");
  EXPECT_EQ(loopscope_with({"info", file}).exit_code, 0);
}

TEST(Usage, Wrong_usage_is_told_on_one_line_with_exit_code_2) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"run"},
                                                    {"run", "lifecycle", "--wat"},
                                                    {"export", "lifecycle"},
                                                    {"run", "lifecycle", "--model", "nosuch"},
                                                    {"lifecycle", "--size", "12"},
                                                    {"check"}}) {
    const ProcessResult result = loopscope_with(arguments);
    EXPECT_EQ(result.exit_code, 2) << arguments[0];
    EXPECT_THAT(result.err, MatchesRegex("loopscope: error: .*\n")) << arguments[0];
  }
}

TEST(Usage, Help_and_version_go_to_stdout) {
  EXPECT_THAT(loopscope_with({"--help"}).out, HasSubstr("Usage"));
  EXPECT_EQ(loopscope_with({"--version"}).out, "loopscope 0.1.0\n");
  EXPECT_EQ(loopscope_with({"run", "--help"}).exit_code, 0);
}

}  // namespace
