#include <cmath>

#include "scenarios/load/fields.h"
#include "scenarios/load/sections.h"

namespace loopscope::scenarios {

namespace {

void check_port(const Fields& fields, Report& report) {
  const JsonNode* port = fields.get("connect", JsonNode::Kind::number);
  if (port == nullptr) return;
  if (port->number >= 1 && port->number <= 65535 && port->number == std::floor(port->number)) return;
  report.error(*port, "'connect' takes a port from 1 to 65535");
}

/// {"from": PEER} with what it does.
void check_peer_event(const JsonNode& node, const Fields& fields, Report& report) {
  fields.text("from");
  fields.text("send");
  int actions = fields.get("send") != nullptr ? 1 : 0;
  for (std::string_view flag : {"close", "reset"}) {
    fields.flag(flag);
    if (fields.get(flag) != nullptr) ++actions;
  }
  if (actions != 1) report.error(node, "an event of a peer has one of 'send', 'close' and 'reset'");
}

void check_event(const JsonNode& node, Report& report) {
  if (!check_kind(node, JsonNode::Kind::object, "a world event", report)) return;
  std::vector<std::string_view> known = {"at"};
  if (node.find("connect") != nullptr) {
    known = {"at", "connect", "as"};
  } else if (node.find("from") != nullptr) {
    known = {"at", "from", "send", "close", "reset"};
  } else if (node.find("signal") != nullptr) {
    known = {"at", "signal"};
  } else {
    return report.error(node, "a world event has one of the keys 'connect', 'from' and 'signal'");
  }
  const Fields fields(node, "a world event", known, report);
  fields.require("at", "say when, in seconds from the start");
  fields.seconds("at", false);
  check_port(fields, report);
  fields.text("as");
  fields.text("signal");
  if (node.find("from") != nullptr && node.find("connect") == nullptr) check_peer_event(node, fields, report);
}

}  // namespace

void check_world(const JsonNode& node, Report& report) {
  if (!check_kind(node, JsonNode::Kind::array, "'world'", report)) return;
  for (const JsonNode& event : node.items) check_event(event, report);
  if (!node.items.empty()) report.error(node, "world events are not supported by this version of loopscope");
}

}  // namespace loopscope::scenarios
