#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/syntax/source.h"

namespace loopscope::scenarios {

/// One JSON string of a scenario file, decoded, that knows where each of its bytes stands.
class SourceText {
 public:
  /// A string without escapes whose first character stands at `start`.
  SourceText(std::string text, SourcePos start);
  /// `file_columns`: for each byte of `text` and for its end, the column in the file
  /// (line `start.line`) of the character that it belongs to.
  SourceText(std::string text, SourcePos start, std::vector<std::uint32_t> file_columns);

  const std::string& text() const { return text_; }
  /// `text` without white space at its ends.
  std::string_view trimmed() const;
  std::size_t trimmed_begin() const { return begin_; }
  std::size_t trimmed_end() const { return end_; }

  /// What stands before the trimmed text in the listing: "async def ". Counts in `column`.
  void set_prefix(std::string prefix) { prefix_ = std::move(prefix); }
  const std::string& prefix() const { return prefix_; }

  /// Where byte `offset` (at most the size) stands in the file.
  SourcePos pos(std::size_t offset) const;
  /// Its column in the listing's line, without indentation, from 1.
  std::uint32_t column(std::size_t offset) const;

 private:
  void measure();

  std::string text_;
  SourcePos start_;
  std::string prefix_;
  std::size_t begin_ = 0, end_ = 0;          ///< the trimmed part
  std::vector<std::uint32_t> file_columns_;  ///< empty: one byte, one column
  std::vector<std::uint32_t> code_points_;   ///< before each byte; empty: all ASCII
};

}  // namespace loopscope::scenarios
