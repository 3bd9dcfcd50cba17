#include "traces/search.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <unordered_map>

#include "core/trace/event_reader.h"
#include "core/trace/event_schema.h"
#include "traces/names.h"
#include "traces/narration.h"
#include "traces/narration_scene.h"

namespace loopscope::traces {
namespace {

using Kind = SearchHit::Kind;

constexpr std::size_t kMostMarks = 10000;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

/// `needle` is lower case.
bool contains(std::string_view text, std::string_view needle) {
  return std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                     [](char a, char b) { return lower(a) == b; }) != text.end();
}

std::optional<std::uint64_t> number_after(std::string_view query, std::string_view word) {
  if (!query.starts_with(word)) return std::nullopt;
  query.remove_prefix(word.size());
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(query.data(), query.data() + query.size(), value);
  if (error != std::errc{} || end != query.data() + query.size()) return std::nullopt;
  return value;
}

bool names_handle(EventKind kind) {
  using K = EventKind;
  static constexpr KindSet kSet{
      K::handle_queued,   K::handle_begin,    K::handle_end,     K::handle_skipped, K::handle_cancelled,
      K::timer_scheduled, K::timer_cancelled, K::timer_promoted, K::timer_purged,   K::io_ready};
  return kSet.has(kind);
}

bool names_fd(EventKind kind) {
  using K = EventKind;
  static constexpr KindSet kSet{K::fd_watched, K::fd_unwatched, K::io_ready, K::net_sent, K::net_received};
  return kSet.has(kind);
}

std::string fields_of(const TraceStore& store, const TraceEvent& e) {
  if (e.kind == EventKind::handle_queued)
    return fmt::format("#{} {}", field::handle(e).value, callback_name(store.label(field::high_label(e))));
  if (names_fd(e.kind)) return fmt::format("fd {}", field::fd(e));
  if (names_handle(e.kind)) return fmt::format("#{}", field::handle(e).value);
  if (e.kind == EventKind::iteration_begin || e.kind == EventKind::iteration_end)
    return fmt::format("{}", field::n(e));
  return {};
}

class Search {
 public:
  Search(const TraceStore& store, std::string_view query, std::size_t most)
      : store_(store), size_(store.size()), most_(most), query_(lower(query)) {}

  SearchResult run() {
    if (query_.empty() || size_ == 0) return {};
    last_ = store_.state_at(size_ - 1);
    look_at_numbers();
    look_at_tasks();
    look_at_names();
    for (EventIndex i = 0; i < size_; ++i) look_at(i);
    look_at_lines();
    std::sort(out_.matches.begin(), out_.matches.end());
    return std::move(out_);
  }

 private:
  SearchResult::Group& group(Kind kind) {
    auto at =
        std::find_if(out_.groups.begin(), out_.groups.end(), [&](const auto& g) { return g.kind >= kind; });
    if (at == out_.groups.end() || at->kind != kind) at = out_.groups.insert(at, {kind, 0, {}});
    return *at;
  }
  template <class Make>
  void add(Kind kind, Make make) {
    SearchResult::Group& g = group(kind);
    if (g.count++ < most_) g.hits.push_back(make());
  }
  void mark(EventIndex i) {
    if (out_.matches.size() < kMostMarks) out_.matches.push_back(i);
  }

  void look_at_numbers() {
    handle_ = number_after(query_, "#");
    fd_ = number_after(query_, "fd ");
    iteration_ = number_after(query_, "iteration ");
    if (const auto n = number_after(query_, "event "); n && *n >= 1 && *n <= size_) event_ = *n - 1;
  }

  void look_at_tasks() {
    for (const TaskId id : store_.tasks()) {
      const TaskState* t = last_.task(id);
      const auto created = store_.created_at(id);
      if (!t || !created) continue;
      const std::string title = task_title(store_, *t);
      const bool found = contains(title, query_) || contains(store_.label(t->name), query_) ||
                         contains(store_.label(t->coro), query_) || contains(t->args, query_);
      if (!found) continue;
      mark(*created);
      add(Kind::task, [&] {
        return SearchHit{
            .kind = Kind::task, .title = title, .detail = state_word(*t), .event = *created, .task = id};
      });
    }
  }

  // The labels and kinds in which the query occurs, so that an event is one look-up.
  void look_at_names() {
    for (int k = 0; k < kEventKinds; ++k)
      if (contains(to_string(static_cast<EventKind>(k)), query_)) kinds_ |= std::uint64_t{1} << k;
  }

  bool label_matches(LabelId id) {
    if (!id) return false;
    const auto [at, fresh] = labels_.try_emplace(id.value, false);
    if (fresh)
      at->second = contains(store_.label(id), query_) || contains(callback_name(store_.label(id)), query_);
    return at->second;
  }

  void look_at(EventIndex i) {
    const TraceEvent e = store_.event(i);
    switch (e.kind) {
      case EventKind::output:
        return look_at_text(i, e, Kind::output);
      case EventKind::error:
      case EventKind::warning:
        return look_at_text(i, e, Kind::problem);
      case EventKind::line:
        if (const std::uint32_t line = field::line(e); line != 0) first_run_.try_emplace(line, i);
        break;
      default:
        break;
    }
    if (!matches(i, e)) return;
    mark(i);
    add(Kind::event, [&] {
      const std::string fields = fields_of(store_, e);
      return SearchHit{.kind = Kind::event,
                       .title = std::string(to_string(e.kind)) + (fields.empty() ? "" : " " + fields),
                       .event = i};
    });
  }

  bool matches(EventIndex i, const TraceEvent& e) {
    if ((kinds_ & KindSet::bit(e.kind)) != 0 || event_ == i) return true;
    if (handle_ && names_handle(e.kind) && field::handle(e).value == *handle_) return true;
    if (fd_ && names_fd(e.kind) && field::fd(e) == *fd_) return true;
    if (iteration_ && e.kind == EventKind::iteration_begin && field::n(e) == *iteration_) return true;
    switch (e.kind) {
      case EventKind::handle_queued:
      case EventKind::fd_watched:
        return label_matches(field::high_label(e));
      case EventKind::timer_scheduled:
      case EventKind::signal:
      case EventKind::thread_started:
      case EventKind::net_peer:
      case EventKind::job_queued:
        return label_matches(field::label(e));
      case EventKind::world:
      case EventKind::net_sent:
      case EventKind::net_received:
        return contains(store_.text(i, TextField::text).value_or(""), query_);
      default:
        return false;
    }
  }

  void look_at_text(EventIndex i, const TraceEvent& e, Kind kind) {
    const std::string_view text = store_.text(i, TextField::text).value_or("");
    const bool rule = e.kind == EventKind::warning && label_matches(field::label(e));
    if (!contains(text, query_) && !rule && (kinds_ & KindSet::bit(e.kind)) == 0 && event_ != i) return;
    mark(i);
    add(kind, [&] {
      return SearchHit{.kind = kind,
                       .title = excerpt(text),
                       .detail = format_seconds(static_cast<double>(e.ts) / 1e9),
                       .event = i,
                       .line = field::line(e)};
    });
  }

  void look_at_lines() {
    const auto& lines = store_.header().listing;
    for (std::uint32_t n = 1; n <= lines.size(); ++n) {
      if (!contains(lines[n - 1], query_)) continue;
      const auto ran = first_run_.find(n);
      add(Kind::line, [&] {
        return SearchHit{.kind = Kind::line,
                         .title = excerpt(lines[n - 1]),
                         .detail = fmt::format("line {}{}", n, ran == first_run_.end() ? ", never runs" : ""),
                         .event = ran == first_run_.end() ? 0 : ran->second,
                         .line = n};
      });
    }
  }

  const TraceStore& store_;
  const std::size_t size_, most_;
  const std::string query_;
  LoopState last_;
  std::optional<std::uint64_t> handle_, fd_, iteration_, event_;
  std::uint64_t kinds_ = 0;
  std::unordered_map<std::uint32_t, bool> labels_;
  std::unordered_map<std::uint32_t, EventIndex> first_run_;  // line -> the first event that runs it
  SearchResult out_;
};

}  // namespace

std::size_t SearchResult::count() const {
  std::size_t n = 0;
  for (const Group& g : groups) n += g.count;
  return n;
}

SearchResult search(const TraceStore& store, std::string_view query, std::size_t most) {
  return Search(store, query, most).run();
}

}  // namespace loopscope::traces
