// Runs one of the programs that stand beside this, on the core itself: core_programs NAME TRACE
#include <exception>
#include <fstream>
#include <iostream>
#include <map>

#include "tests/conformance/core_programs/stage.h"
#include "traces/formats/jsonl.h"

namespace loopscope::test {
namespace {

void run_program(Program program, const char* path) {
  std::ofstream file(path, std::ios::binary);
  traces::JsonlWriter writer(
      {.producer = "core_programs", .title = "A program of the core's own"}, [&](std::string_view bytes) {
        return static_cast<bool>(file.write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
      });
  Tracer tracer(&writer);
  Budget budget;
  VirtualWorld world(tracer, budget);
  AsyncioModel model;
  Stage stage(world.world(), tracer, budget);
  run(world.world(), tracer, budget, model, {}, program(stage));
  threading::shutdown(world.world());
  world.end();
  writer.flush();
}

const std::map<std::string_view, Program> kPrograms = {
    {"futures", futures},
    {"gathers", gathers},
    {"locks", locks},
    {"own_errors", own_errors},
    {"queue_workers", queue_workers},
    {"retries", retries},
    {"scopes", scopes},
    {"streams", streams},
    {"two_loops", two_loops},
    {"typed", typed},
    {"threads", threads},
    {"waits", waits},
};

}  // namespace
}  // namespace loopscope::test

int main(int argc, char** argv) {
  using namespace loopscope::test;
  const auto found = argc == 3 ? kPrograms.find(argv[1]) : kPrograms.end();
  if (found == kPrograms.end()) {
    std::cerr << "core_programs NAME TRACE\n";
    return 2;
  }
  try {
    run_program(found->second, argv[2]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
