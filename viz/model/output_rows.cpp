#include "viz/model/output_rows.h"

#include <algorithm>

namespace loopscope::viz {

std::string_view OutputRow::text_at(traces::EventIndex cursor) const {
  const auto after = std::upper_bound(growth.begin(), growth.end(), cursor,
                                      [](traces::EventIndex c, const auto& step) { return c < step.first; });
  if (after == growth.begin()) return {};
  return std::string_view(text).substr(0, std::prev(after)->second);
}

void OutputRows::rebuild(const traces::TraceStore& store, std::size_t size) {
  rows_.clear();
  open_ = false;
  for (const traces::OutputLine& line : store.output()) {
    if (line.event >= size) break;
    add(line, store.event(line.event).ts, store.text(line.event, TextField::end).value_or("\n"));
  }
}

void OutputRows::add(const traces::OutputLine& line, std::int64_t ts, std::string_view end) {
  const auto start_row = [&] {
    rows_.push_back({.text = {},
                     .event = line.event,
                     .ts = ts,
                     .loop = line.loop,
                     .iteration = line.iteration,
                     .task = line.task,
                     .growth = {}});
  };
  const auto grow = [&](std::string_view text) {
    if (!open_) start_row();
    open_ = true;
    OutputRow& row = rows_.back();
    row.text += text;
    if (row.growth.empty() || row.growth.back().first != line.event) row.growth.emplace_back(line.event, 0);
    row.growth.back().second = row.text.size();
  };
  std::string all = line.text;
  all += end;
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t newline = rest.find('\n');
    grow(rest.substr(0, newline));
    if (newline == std::string_view::npos) return;
    open_ = false;
    rest.remove_prefix(newline + 1);
  }
}

std::size_t OutputRows::rows_at(traces::EventIndex cursor) const {
  const auto after =
      std::upper_bound(rows_.begin(), rows_.end(), cursor,
                       [](traces::EventIndex c, const OutputRow& row) { return c < row.event; });
  return static_cast<std::size_t>(after - rows_.begin());
}

}  // namespace loopscope::viz
