#include "app/world_notes.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <optional>

#include "core/trace/event_reader.h"

namespace loopscope::app {
namespace {

using What = WorldEvent::What;

struct Peer {
  double connects = 0;
  std::optional<double> ends;  ///< when it closes or resets
};

std::string_view verb(What what) {
  return what == What::send ? "sends" : what == What::close ? "closes" : "resets";
}

}  // namespace

std::vector<std::string> world_notes(const scenarios::Scenario& scenario) {
  // In the order in which they happen: at one instant, that of the file.
  std::vector<WorldEvent> events = scenario.world;
  std::map<std::string, Peer> peers;
  std::vector<std::string> notes;
  for (const auto& event : events) {
    if (event.what != What::connect) continue;
    if (!peers.emplace(event.peer, Peer{event.at, {}}).second)
      notes.push_back(
          fmt::format("two peers are called '{}': give each its own name with \"as\"", event.peer));
  }
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  for (const auto& event : events) {
    const bool of_peer = event.what == What::send || event.what == What::close || event.what == What::reset;
    const auto found = of_peer ? peers.find(event.peer) : peers.end();
    if (found == peers.end()) continue;
    Peer& peer = found->second;
    if (event.at < peer.connects)
      notes.push_back(fmt::format("'{}' {} at {} s and connects only at {} s: nothing comes of it",
                                  event.peer, verb(event.what), event.at, peer.connects));
    else if (peer.ends)
      notes.push_back(
          fmt::format("'{}' {} at {} s, when its connection is closed since {} s: nothing comes of it",
                      event.peer, verb(event.what), event.at, *peer.ends));
    if (event.what != What::send && !peer.ends) peer.ends = event.at;
  }
  return notes;
}

std::vector<std::string> refused_connects(const scenarios::Scenario& scenario,
                                          const traces::TraceStore& store) {
  std::vector<std::string> notes;
  for (auto i = store.next_of({EventKind::net_peer}, 0); i;
       i = store.next_of({EventKind::net_peer}, *i + 1)) {
    const TraceEvent event = store.event(*i);
    if (static_cast<PeerWhat>(event.arg) != PeerWhat::refused) continue;
    const std::string peer(store.label(field::label(event)));
    const auto connect = std::ranges::find_if(
        scenario.world, [&](const WorldEvent& one) { return one.what == What::connect && one.peer == peer; });
    if (connect == scenario.world.end()) continue;
    notes.push_back(
        fmt::format("'{}' is refused at {} s: nobody listens on port {} then; connect later, or to the "
                    "port that the program listens on",
                    peer, connect->at, connect->port));
  }
  return notes;
}

std::string server_advice(const scenarios::Scenario& scenario, const traces::TraceStore& store) {
  const traces::LoopState last = store.state_at(store.size() - 1);
  for (const traces::OneLoopState& loop : last.loops)
    for (const traces::WatchedFd& fd : loop.fds)
      if (store.label(fd.reader_label).find("_accept") != std::string_view::npos)
        return fmt::format(
            "a server that waits for ever is ended from outside: add {{\"at\": {}, \"signal\": "
            "\"SIGINT\"}} to \"world\", or close it; or say \"error\": \"deadlock: {{*}}\" in "
            "\"expect\"",
            scenario.world.empty() ? 5 : std::ceil(scenario.world.back().at) + 1);
  return {};
}

}  // namespace loopscope::app
