#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "traces/trace_store.h"

namespace loopscope::traces {

/// A bookmark file: the marked events of one trace (counted from 1 in the file), with notes.
using BookmarkList = std::vector<std::pair<EventIndex, std::string>>;

std::string bookmarks_json(const BookmarkList& bookmarks);
/// Nothing when `text` is no bookmark file; entries that make no sense are left out.
std::optional<BookmarkList> parse_bookmarks(const std::string& text);

}  // namespace loopscope::traces
