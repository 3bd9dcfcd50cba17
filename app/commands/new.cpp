#include <filesystem>
#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/output_file.h"
#include "scenarios/load/loader.h"

namespace loopscope::app {
namespace {

constexpr std::string_view kStarter =
    R"json(// A scenario: an asyncio program that Loopscope runs, traces and shows.
// Check it with `loopscope check FILE`, see it with `loopscope FILE`.
{
  "loopscope": 1, // the version of the format
  "title": "@",
  "about": "What to look at, in *Markdown*.",
  "tags": ["tasks", "sleep"],

  // Each string is one simple statement of Python. What has a body is an object: its header
  // stands under the keyword, its body under "do". Modules need no import.
  "program": [
    { "async def": "worker(name, delay)", "do": [
      "print(f'{name}: starting')",
      "await asyncio.sleep(delay)", // await stands at the head of a statement, or behind = or return
      "print(f'{name}: done')",
      "return name" ] },

    { "async def": "main()", "do": [
      "first = asyncio.create_task(worker('A', 2))",
      "second = asyncio.create_task(worker('B', 1))",
      { "for": "task in [first, second]", "do": [
        "result = await task",
        "print(f'main: {result} is done')" ] } ] },

    "asyncio.run(main())"
  ],

  // What a run must show. Leave keys out that should not be compared.
  "expect": {
    "output": ["A: starting", "B: starting", "B: done", "A: done", "main: A is done", "main: B is done"],
    "duration": 2.0
  }
}
)json";

std::string escaped(const std::string& name) {
  std::string out;
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out;
}

int refuse(const std::string& file, const std::string& what) {
  print_error(file + ": error: " + what + "\n");
  return kBadInput;
}

}  // namespace

int new_command(const std::string& name) {
  std::filesystem::path file(name);
  if (file.extension() != ".json") file += ".json";
  if (file.stem().empty() || file.filename() == ".json")
    return refuse(name, "is no name; write `loopscope new my-scenario`");
  std::error_code none;
  if (std::filesystem::exists(file, none))
    return refuse(file.string(), "is there already; choose another name");
  std::string text(kStarter);
  text.replace(text.find('@'), 1, escaped(file.stem().string()));
  OutputFile out(file.string());
  out.write(text);
  if (!out.ok() || !out.commit()) return refuse(file.string(), out.error());
  return finish_stdout(fmt::format("{}: a scenario to start from; `loopscope check {}` checks it\n",
                                   file.string(), file.string()));
}

}  // namespace loopscope::app
