#include "viz/model/wrap.h"

#include <algorithm>

namespace loopscope::viz {
namespace {

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// How well a row ends behind `c`: not at all, behind a bracket or a joint of a name, between words.
int ends_well(char c) {
  if (c == ' ' || c == ',') return 3;
  if (c == '(' || c == '[' || c == '{') return 2;
  return c == '.' || c == '_' ? 1 : 0;
}

/// Where the row that begins at `from` ends: as far as `columns` characters reach, and back to the
/// best place of its second half.
std::size_t row_end(std::string_view line, std::size_t from, std::size_t columns) {
  std::size_t seen = 0, end = from, good = 0;
  int best = 0;
  while (end < line.size()) {
    if (begins_character(line[end]) && seen++ == columns) break;
    const int here = ends_well(line[end++]);
    if (here < std::max(best, 1) || seen * 2 <= columns) continue;
    best = here;
    good = end;
  }
  if (end == line.size()) return end;
  if (line[end] == ' ') return end;  // a word that just fits
  return best > 0 ? good : end;
}

}  // namespace

std::vector<WrapPiece> wrap_columns(std::string_view line, std::size_t columns, std::size_t hanging,
                                    std::size_t most, std::size_t first) {
  columns = std::max<std::size_t>(columns, 2);
  first = first > 0 ? std::max<std::size_t>(first, 2) : columns;
  most = std::max<std::size_t>(most, 1);
  std::vector<WrapPiece> rows;
  const std::size_t own = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t indent = std::min(own + hanging, columns / 2);
  std::size_t at = 0;
  do {
    const std::size_t in = rows.empty() ? 0 : indent;
    const std::size_t room = rows.empty() ? first : columns - in;
    const std::size_t end = rows.size() + 1 == most ? line.size() : row_end(line, at, room);
    std::size_t last = end;  // without the space at the break
    while (end < line.size() && last > at + 1 && line[last - 1] == ' ') --last;
    rows.push_back({at, last, in});
    at = end;
    while (at < line.size() && line[at] == ' ') ++at;
  } while (at < line.size());
  return rows;
}

RowTable::RowTable(std::span<const std::uint32_t> counts) {
  ends_.reserve(counts.size());
  for (const std::uint32_t rows : counts) add(rows);
}

std::size_t RowTable::line_at(std::size_t row) const {
  return static_cast<std::size_t>(std::upper_bound(ends_.begin(), ends_.end(), row) - ends_.begin());
}

}  // namespace loopscope::viz
