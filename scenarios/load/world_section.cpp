#include <algorithm>
#include <cmath>

#include "scenarios/load/fields.h"
#include "scenarios/load/nearest.h"
#include "scenarios/load/sections.h"
#include "scenarios/syntax/syntax_error.h"

namespace loopscope::scenarios {

namespace {

using What = WorldEvent::What;

/// Reads the events of one file. Peers are counted and named in the order of the file.
class WorldReader {
 public:
  explicit WorldReader(Report& report) : report_(report) {}

  std::vector<WorldEvent> read(const std::vector<JsonNode>& nodes) {
    std::vector<WorldEvent> events;
    for (const JsonNode& node : nodes)
      if (check_kind(node, JsonNode::Kind::object, "a world event", report_)) events.push_back(event(node));
    return events;
  }

 private:
  WorldEvent event(const JsonNode& node) {
    if (node.find("connect")) return connect(node);
    if (node.find("from")) return of_peer(node);
    if (node.find("signal")) return signal(node);
    report_.error(node, message_without_subject(node));
    return {};
  }

  static std::string message_without_subject(const JsonNode& node) {
    for (const char* doing : {"send", "close", "reset"})
      if (node.find(doing))
        return "who does '" + std::string(doing) +
               "'? write \"from\": \"NAME\", with the name that the connect event gave its peer by \"as\"";
    for (const JsonMember& member : node.members)
      if (const std::string near = did_you_mean(member.key, {"connect", "from", "signal"}); !near.empty())
        return "unknown key " + in_quotes(member.key) + " in a world event" + near;
    return "a world event has one of the keys 'connect', 'from' and 'signal'";
  }

  WorldEvent begin(const Fields& fields, What what) {
    fields.require("at", "say when, in seconds from the start");
    WorldEvent event{.what = what};
    event.at = fields.seconds("at", false).value_or(0);
    return event;
  }

  WorldEvent connect(const JsonNode& node) {
    const Fields fields(node, "a world event", {"at", "connect", "as"}, report_);
    WorldEvent event = begin(fields, What::connect);
    if (const JsonNode* port = fields.get("connect", JsonNode::Kind::number)) {
      if (port->number >= 1 && port->number <= 65535 && port->number == std::floor(port->number))
        event.port = static_cast<std::uint16_t>(port->number);
      else
        report_.error(*port, "'connect' takes a port from 1 to 65535");
    }
    ++connections_;
    event.peer = fields.text("as").value_or("peer" + std::to_string(connections_));
    if (event.peer.empty()) report_.error(*fields.get("as"), "a peer's name must not be empty");
    peers_.push_back(event.peer);
    return event;
  }

  /// {"from": PEER} with what it does.
  WorldEvent of_peer(const JsonNode& node) {
    const Fields fields(node, "a world event", {"at", "from", "send", "close", "reset"}, report_);
    WorldEvent event = begin(fields, What::send);
    event.peer = fields.text("from").value_or("");
    event.text = fields.text("send").value_or("");
    int actions = fields.get("send") ? 1 : 0;
    for (const auto& [flag, what] : {std::pair("close", What::close), std::pair("reset", What::reset)}) {
      const JsonNode* given = fields.get(flag);
      if (!given) continue;
      ++actions;
      event.what = what;
      if (fields.flag(flag) == false)
        report_.error(*given, std::string("'") + flag + "' is true, or left out");
    }
    if (actions != 1) report_.error(node, "an event of a peer has one of 'send', 'close' and 'reset'");
    check_peer(fields, event.peer);
    return event;
  }

  void check_peer(const Fields& fields, const std::string& peer) {
    const JsonNode* name = fields.get("from");
    if (!name->is(JsonNode::Kind::string) || std::ranges::find(peers_, peer) != peers_.end()) return;
    const std::vector<std::string_view> known(peers_.begin(), peers_.end());
    report_.error(*name, "no event before this one connects '" + peer + "'" + did_you_mean(peer, known));
  }

  WorldEvent signal(const JsonNode& node) {
    const Fields fields(node, "a world event", {"at", "signal"}, report_);
    WorldEvent event = begin(fields, What::signal);
    const std::optional<std::string> name = fields.text("signal");
    if (!name) return event;
    if (*name == "SIGINT" || *name == "SIGTERM")
      event.signal = signal_number(*name).value_or(0);
    else
      report_unknown_word(*fields.get("signal"), "'signal'", {"SIGINT", "SIGTERM"}, report_);
    return event;
  }

  Report& report_;
  int connections_ = 0;
  std::vector<std::string> peers_;
};

}  // namespace

std::vector<WorldEvent> read_world(const JsonNode& node, Report& report) {
  if (!check_kind(node, JsonNode::Kind::array, "'world'", report)) return {};
  return WorldReader(report).read(node.items);
}

}  // namespace loopscope::scenarios
