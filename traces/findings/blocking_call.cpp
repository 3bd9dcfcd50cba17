#include <fmt/format.h>

#include "traces/findings/rule.h"

namespace loopscope::traces {
namespace {

/// One statement of a handle's run waits or works for long: a call that blocks the thread.
class BlockingCall final : public FindingRule {
 public:
  static constexpr std::int64_t kThreshold = 50'000'000;  // ns

  std::string_view name() const override { return "blocking_call"; }

  void find(const Evidence& e, std::vector<Finding>& out) const override {
    WorstByPlace worst;
    for (std::size_t k = 0; k < e.store().run_count(); ++k) {
      const HandleRun run = e.store().run(k);
      if (e.between(run.begin, run.end) < kThreshold || !e.whole(run.begin, run.end)) continue;
      const auto statement = e.slowest_statement(run);
      const std::string call = blocking_call_in(e.source(statement.line));
      if (statement.duration < kThreshold || call.empty()) continue;
      const WorstByPlace::Key key{e.owner(run), statement.line};
      if (worst.add(key, statement.duration)) worst.set(key, finding(e, run, statement, call));
    }
    worst.take(out);
  }

 private:
  struct Known {
    std::string_view call, instead;
  };
  static constexpr Known kKnown[] = {
      {"time.sleep(", "await asyncio.sleep(...)"},
      {"subprocess.run(", "await asyncio.create_subprocess_exec(...)"},
      {"requests.", "await asyncio.to_thread(requests.get, ...)"},
      {"urlopen(", "await asyncio.to_thread(urlopen, ...)"},
      {"input(", "await asyncio.to_thread(input)"},
      {".recv(", "await loop.sock_recv(...)"},
      {".accept(", "await loop.sock_accept(...)"},
      {".sendall(", "await loop.sock_sendall(...)"},
      {".result(", "await asyncio.wrap_future(...)"},
      {".join(", "await asyncio.to_thread(thread.join)"},
      {".acquire(", "asyncio.Lock instead of threading.Lock"},
      {".get(", "asyncio.Queue instead of queue.Queue"},
      {".put(", "asyncio.Queue instead of queue.Queue"},
      {".wait(", "asyncio.Event instead of threading.Event"},
      {".shutdown(", "await asyncio.to_thread(pool.shutdown)"},
      {".select(", "loop.add_reader(...)"},
      {"work(", "await asyncio.to_thread(...)"},
  };

  // The call in a line that is known to block; an awaited one does not.
  static std::string blocking_call_in(const std::string& line) {
    for (const Known& known : kKnown) {
      const std::size_t at = line.find(known.call);
      if (at == std::string::npos || line.substr(0, at).find("await ") != std::string::npos) continue;
      return std::string(known.call.substr(0, known.call.size() - 1));
    }
    return {};
  }
  static std::string_view instead_of(std::string_view call) {
    for (const Known& known : kKnown)
      if (known.call.starts_with(call)) return known.instead;
    return {};
  }

  static Finding finding(const Evidence& e, const HandleRun& run, const Evidence::Statement& at,
                         const std::string& call) {
    Finding f;
    f.title = fmt::format("Blocking call: {} takes {}", call, e.time(at.duration));
    f.place = e.place(e.owner(run), at.line, run.begin);
    f.why = "It waits on the loop's own thread, so that the whole loop stands still with it.";
    f.remedy = instead_of(call);
    f.at = f.begin = at.begin;
    f.end = run.end;
    f.task = run.task;
    f.line = at.line;
    return f;
  }
};

}  // namespace

std::unique_ptr<FindingRule> blocking_call() { return std::make_unique<BlockingCall>(); }

}  // namespace loopscope::traces
