#include "traces/formats/bookmarks.h"

#include <nlohmann/json.hpp>

namespace loopscope::traces {

std::string bookmarks_json(const BookmarkList& bookmarks) {
  nlohmann::ordered_json json;
  json["loopscope_bookmarks"] = 1;
  json["bookmarks"] = nlohmann::ordered_json::array();
  for (const auto& [event, note] : bookmarks)
    json["bookmarks"].push_back({{"event", event + 1}, {"note", note}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::optional<BookmarkList> parse_bookmarks(const std::string& text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("loopscope_bookmarks") || !json.contains("bookmarks"))
    return std::nullopt;
  BookmarkList list;
  for (const auto& entry : json["bookmarks"]) {
    if (!entry.is_object()) continue;
    const auto event = entry.find("event"), note = entry.find("note");
    if (event == entry.end() || !event->is_number_unsigned() || event->get<std::uint64_t>() == 0) continue;
    list.emplace_back(event->get<std::uint64_t>() - 1,
                      note != entry.end() && note->is_string() ? note->get<std::string>() : std::string());
  }
  return list;
}

}  // namespace loopscope::traces
