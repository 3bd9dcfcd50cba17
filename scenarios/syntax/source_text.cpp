#include "scenarios/syntax/source_text.h"

#include <algorithm>

#include "scenarios/syntax/unicode.h"

namespace loopscope::scenarios {

SourceText::SourceText(std::string text, SourcePos start) : text_(std::move(text)), start_(start) {
  measure();
}

SourceText::SourceText(std::string text, SourcePos start, std::vector<std::uint32_t> file_columns)
    : text_(std::move(text)), start_(start), file_columns_(std::move(file_columns)) {
  measure();
}

void SourceText::measure() {
  constexpr std::string_view kSpace = " \t\f";
  begin_ = std::min(text_.find_first_not_of(kSpace), text_.size());
  end_ = std::max(text_.find_last_not_of(kSpace) + 1, begin_);
  const bool ascii = std::none_of(text_.begin(), text_.end(), [](char c) { return (c & 0x80) != 0; });
  if (ascii) return;
  code_points_.reserve(text_.size() + 1);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < text_.size();) {
    const std::size_t size = std::max<std::size_t>(decode_utf8(text_, i).size, 1);
    code_points_.insert(code_points_.end(), size, count++);
    i += size;
  }
  code_points_.push_back(count);
}

std::string_view SourceText::trimmed() const { return std::string_view(text_).substr(begin_, end_ - begin_); }

SourcePos SourceText::pos(std::size_t offset) const {
  if (!file_columns_.empty()) return {start_.line, file_columns_[offset]};
  const std::size_t points = code_points_.empty() ? offset : code_points_[offset];
  return {start_.line, start_.column + static_cast<std::uint32_t>(points)};
}

std::uint32_t SourceText::column(std::size_t offset) const {
  const auto points = [&](std::size_t i) { return code_points_.empty() ? i : std::size_t{code_points_[i]}; };
  return static_cast<std::uint32_t>(points(offset) - points(begin_) + count_code_points(prefix_) + 1);
}

}  // namespace loopscope::scenarios
