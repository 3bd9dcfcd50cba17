#include "scenarios/load/report.h"

#include <algorithm>

namespace loopscope::scenarios {

namespace {

constexpr std::size_t kMaxCollected = 100'000;
constexpr std::size_t kMaxShown = 1'000;

}  // namespace

void Report::error(Diagnostic diagnostic) {
  if (diagnostics_.size() < kMaxCollected) diagnostics_.push_back(std::move(diagnostic));
}

void Report::add(std::vector<Diagnostic> diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) error(std::move(diagnostic));
}

std::vector<Diagnostic> Report::sorted() const {
  std::vector<Diagnostic> sorted = diagnostics_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.pos < b.pos; });
  if (sorted.size() > kMaxShown) {
    sorted.resize(kMaxShown);
    sorted.push_back({sorted.back().pos, "", "too many errors; the rest is left out"});
  }
  return sorted;
}

}  // namespace loopscope::scenarios
