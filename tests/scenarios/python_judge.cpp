#include "tests/scenarios/python_judge.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unistd.h>

#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using nlohmann::json;

// Comprehensions have a frame of their own in CPython 3.11; scenarios count them to the
// line that they stand on.
constexpr const char* kDriver = R"py(
import contextlib, io, json, sys
import asyncio, functools, time

def run(source):
    out, lines = io.StringIO(), []
    imports = {n for n, line in enumerate(source.split('\n'), 1) if line.startswith('import ')}
    def trace(frame, event, arg):
        if frame.f_code.co_filename != '<listing>' or frame.f_code.co_name == '<listcomp>':
            return None
        if event == 'line' and frame.f_lineno not in imports:
            lines.append(frame.f_lineno)
        return trace
    names = {'__name__': '__main__', 'asyncio': asyncio, 'functools': functools, 'time': time}
    error = ''
    code = compile(source, '<listing>', 'exec')
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        sys.settrace(trace)
        try:
            exec(code, names)
        except BaseException as e:
            sys.settrace(None)
            kind = type(e)
            name = kind.__qualname__ if kind.__module__ in ('builtins', '__main__') else f'{kind.__module__}.{kind.__qualname__}'
            error = f'{name}: {e}' if str(e) else name
        finally:
            sys.settrace(None)
    return {'out': out.getvalue(), 'error': error, 'lines': lines}

with open(sys.argv[1]) as file:
    programs = json.load(file)
with open(sys.argv[2], 'w') as file:
    json.dump([run(program) for program in programs], file)
)py";

constexpr const char* kEvaluator = R"py(
import asyncio, concurrent.futures, functools, json, queue, signal, socket, sys, threading, time

def value(expression):
    try:
        return repr(eval(expression))
    except Exception as e:
        return f'{type(e).__name__} {e.args!r}'

with open(sys.argv[1]) as file:
    expressions = json.load(file)
with open(sys.argv[2], 'w') as file:
    json.dump([value(expression) for expression in expressions], file)
)py";

std::string temporary_file() {
  std::string path = testing::TempDir() + "loopscope_judge_XXXXXX";
  const int fd = mkstemp(path.data());
  if (fd >= 0) close(fd);
  return path;
}

/// What `driver`, a Python script, makes of the texts: a list.
json ask_python(const char* driver_text, const std::vector<std::string>& texts) {
  const std::string python = python_path();
  if (python.empty()) return json::array();
  const std::string driver = temporary_file(), input = temporary_file(), output = temporary_file();
  std::ofstream(driver) << driver_text;
  std::ofstream(input) << json(texts).dump();
  const std::string command = python + " -W ignore " + driver + " " + input + " " + output;
  EXPECT_EQ(std::system(command.c_str()), 0) << "the programs are no Python";
  std::ifstream file(output);
  const json read = json::parse(file, nullptr, false);
  for (const std::string& path : {driver, input, output}) std::remove(path.c_str());
  return read.is_array() ? read : json::array();
}

}  // namespace

std::vector<Verdict> judge(const std::vector<std::string>& programs) {
  std::vector<Verdict> verdicts;
  for (const json& one : ask_python(kDriver, programs))
    verdicts.push_back({one["out"], one["error"], one["lines"].get<std::vector<int>>()});
  return verdicts;
}

std::vector<std::string> judge_expressions(const std::vector<std::string>& expressions) {
  return ask_python(kEvaluator, expressions).get<std::vector<std::string>>();
}

}  // namespace loopscope::scenarios::test
