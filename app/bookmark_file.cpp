#include "app/bookmark_file.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/output_file.h"
#include "traces/formats/bookmarks.h"

namespace loopscope::app {
namespace {

std::string beside(const std::string& file) { return file + ".bookmarks.json"; }

}  // namespace

std::vector<viz::Bookmark> read_bookmarks(const std::string& file) {
  std::ifstream in(beside(file), std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  std::vector<viz::Bookmark> bookmarks;
  if (const auto list = in ? traces::parse_bookmarks(text.str()) : std::nullopt)
    for (const auto& [event, note] : *list) bookmarks.push_back({event, note});
  return bookmarks;
}

void write_bookmarks(const std::string& file, const std::vector<viz::Bookmark>& bookmarks) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return;
  if (bookmarks.empty()) {
    std::filesystem::remove(beside(file), ignored);
    return;
  }
  traces::BookmarkList list;
  for (const viz::Bookmark& b : bookmarks) list.emplace_back(b.event, b.note);
  OutputFile out(beside(file));
  if (out.ok() && out.write(traces::bookmarks_json(list))) out.commit();
}

}  // namespace loopscope::app
