#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace loopscope::viz {

/// One row of a line that is broken: bytes [begin, end), drawn `indent` columns in.
struct WrapPiece {
  std::size_t begin = 0, end = 0;
  std::size_t indent = 0;
  friend bool operator==(const WrapPiece&, const WrapPiece&) = default;
};

/// Breaks `line`, in type where every character is one column wide, into rows of at most `columns`:
/// in the second half of a row, after a space or a comma, else after an opening bracket, else at a
/// joint of a long name; where there is none, between any two characters. Rows after the first stand
/// `hanging` columns further in than the line itself, but never past the middle. At most `most` rows;
/// the last one then holds all the rest. `first`: columns of the first row where these are other ones;
/// 0: the same.
std::vector<WrapPiece> wrap_columns(std::string_view line, std::size_t columns, std::size_t hanging,
                                    std::size_t most, std::size_t first = 0);

/// Lines of several rows each, one below the other.
class RowTable {
 public:
  RowTable() = default;
  /// `counts`: the rows of each line.
  explicit RowTable(std::span<const std::uint32_t> counts);

  /// Lines that are added at the end.
  void add(std::uint32_t rows) { ends_.push_back(total() + rows); }
  void drop_last() { ends_.pop_back(); }
  void clear() { ends_.clear(); }

  std::size_t lines() const { return ends_.size(); }
  std::size_t total() const { return ends_.empty() ? 0 : ends_.back(); }
  /// Rows of the first `lines` lines; also the row at which the next one begins.
  std::size_t before(std::size_t lines) const { return lines == 0 ? 0 : ends_[lines - 1]; }
  std::size_t rows_of(std::size_t line) const { return ends_[line] - before(line); }
  /// The line that `row` belongs to; lines() behind the last.
  std::size_t line_at(std::size_t row) const;

 private:
  std::vector<std::size_t> ends_;
};

}  // namespace loopscope::viz
