// Programs with random mistakes in them must fail as programs do, never as the tool.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

#include "scenarios/library.h"
#include "scenarios/load/loader.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/script.h"

namespace loopscope::scenarios::test {
namespace {

using nlohmann::json;

/// Dense programs beside the library's: much can go wrong in them.
const std::vector<std::string>& dense_programs() {
  static const std::vector<std::string> programs = {
      R"(
def make(n):
    total = [0]
    def add(x, *rest, by=1):
        nonlocal n
        n += by
        total.append(x * n)
        return total
    return add
async def worker(name, jobs):
    done = {}
    try:
        for i, job in enumerate(jobs):
            await asyncio.sleep(job)
            done[name] = done.get(name, 0) + i
            if i > 2:
                raise ValueError(name)
    except (ValueError, KeyError) as e:
        print(f'{name!r:>8}', repr(e))
    except asyncio.CancelledError:
        print(name, 'cancelled')
        raise
    finally:
        await asyncio.sleep(0)
        done.clear if 0 else None
    return sorted(done.items(), key=lambda pair: pair[1])
async def main():
    add = make(3)
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(worker(str(i), [0, 0.1, i])) for i in range(3)]
    tasks[0].add_done_callback(lambda t: print(t.cancelled(), add(1, 2)))
    handle = loop.call_later(0.05, tasks[1].cancel)
    loop.call_soon(print, *add(5, by=2), sep='-')
    future = loop.create_future()
    loop.call_later(0.2, future.set_result, {1, 2})
    first, *others = await asyncio.gather(*tasks, return_exceptions=True)
    got = await future
    handle.cancel()
    print(first, others, got, '%s %d' % ('x', 3), 'a,b'.split(','))
    while tasks:
        t = tasks.pop()
        if t.done() and not t.cancelled():
            continue
        break
asyncio.run(main())
)",
      R"(
xs = list(range(10))
d = {'a': [1, 2], 'b': (3, 4), 5: {6}}
def f(a, b=2, *args, key=None, **rest):
    try:
        return a + b, args, key, rest
    finally:
        xs.append(a)
for k, v in d.items():
    for x in v:
        try:
            print(f(x, *xs[:2], key=k, **{'z': v}), xs[x], xs[::-x])
        except (TypeError, IndexError) as e:
            print(type(e).__name__, e)
            continue
        else:
            xs[x] = [y * x for y in xs if y != x]
        finally:
            del xs[0]
p = functools.partial(f, 1, key='k')
print(p(2), list(map(lambda x: -x, [1, 2])), list(zip('ab', [1, 2])), max([3, 1], key=lambda x: -x))
print('{0!r:>5} {x}'.format('a', x=1.5), b'abc'.decode().upper().replace('A', 'xx'), d.get('q', 'none'))
it = iter([1, 2])
print(next(it), next(it, 0), next(it, 'end'), any([0, 1]), sum([1, 2.5]), round(2.567, 1), divmod(7, -2))
loop = asyncio.new_event_loop()
fut = loop.create_future()
loop.call_soon(fut.set_exception, ValueError('x'))
try:
    loop.run_until_complete(fut)
except ValueError as e:
    err = e
    raise RuntimeError('chained') from err
finally:
    loop.close()
)"};
  return programs;
}

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  json mutate(json program, int times) {
    for (; times > 0; --times) {
      std::vector<json*> blocks;
      collect(program, blocks);
      json& block = *blocks[pick(blocks.size())];
      if (block.empty()) continue;
      json& statement = block[pick(block.size())];
      switch (pick(5)) {
        case 0:
          block.erase(block.begin() + static_cast<std::ptrdiff_t>(pick(block.size())));
          break;
        case 1:
          std::swap(statement, block[pick(block.size())]);
          break;
        case 2:
          block.insert(block.begin() + static_cast<std::ptrdiff_t>(pick(block.size())), json(statement));
          break;
        default:
          if (statement.is_string()) statement = replace_word(statement, program);
      }
    }
    return program;
  }

 private:
  void collect(json& node, std::vector<json*>& blocks) {
    if (node.is_array()) blocks.push_back(&node);
    for (json& child : node)
      if (child.is_structured()) collect(child, blocks);
  }

  static std::vector<std::pair<std::size_t, std::size_t>> words(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
        ++end;
      if (end > at) found.emplace_back(at, end - at);
      at = std::max(end, at + 1);
    }
    return found;
  }

  std::string replace_word(const std::string& text, const json& program) {
    static const std::vector<std::string> spare = {"0",
                                                   "-1",
                                                   "None",
                                                   "[]",
                                                   "'s'",
                                                   "1e400",
                                                   "print",
                                                   "len",
                                                   "True",
                                                   "xs",
                                                   "{}",
                                                   "asyncio",
                                                   "()",
                                                   "e",
                                                   "main()",
                                                   "2.5",
                                                   "9223372036854775807",
                                                   "lambda x: x",
                                                   "loop",
                                                   "asyncio.sleep(1)"};
    const auto places = words(text);
    if (places.empty()) return text;
    const auto [at, length] = places[pick(places.size())];
    std::string word = spare[pick(spare.size())];
    if (pick(2) == 0) {
      const std::string all = program.dump();
      const auto others = words(all);
      const auto [from, count] = others[pick(others.size())];
      word = all.substr(from, count);
    }
    return text.substr(0, at) + word + text.substr(at + length);
  }

  std::size_t pick(std::size_t n) { return random_() % n; }
  std::mt19937 random_;
};

TEST(MutatedPrograms, End_with_a_result_and_a_trace_whose_pairs_are_closed) {
  std::vector<json> programs;
  for (const LibraryFile& file : library_files())
    programs.push_back(json::parse(file.text, nullptr, true, true)["program"]);
  for (const std::string& source : dense_programs())
    for (int i = 0; i < 6; ++i) programs.push_back(json::parse(scenario_json(source))["program"]);
  int ran = 0;
  for (unsigned seed = 1; seed <= 1500; ++seed) {
    Mutator mutator(seed);
    const json program = mutator.mutate(programs[seed % programs.size()], 1 + static_cast<int>(seed % 4));
    const json file = {
        {"loopscope", 1},
        {"program", program},
        {"loop", {{"limits", {{"steps", 20000}, {"iterations", 2000}, {"memory", 20000000}}}}}};
    LoadResult loaded = load_scenario(file.dump(), "mutated");
    if (!std::holds_alternative<Scenario>(loaded)) continue;
    ++ran;
    loopscope::test::RecordingSink sink;
    std::string err;
    scenarios::Run run(std::get<Scenario>(loaded), {}, &sink,
                       {.out = {}, .err = [&](std::string_view t) { err += t; }});
    const RunResult result = run.execute();
    EXPECT_EQ(result.exit_code == 1, !result.error.empty()) << program.dump(1) << err;
    for (const auto& [begin, end] :
         {std::pair("iteration.begin", "iteration.end"), std::pair("handle.begin", "handle.end"),
          std::pair("loop.run", "loop.idle"), std::pair("ready.begin", "ready.end")})
      EXPECT_EQ(sink.count(begin), sink.count(end)) << program.dump(1);
  }
  EXPECT_GT(ran, 300);
}

}  // namespace
}  // namespace loopscope::scenarios::test
