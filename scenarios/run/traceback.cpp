#include "scenarios/run/traceback.h"

#include <algorithm>
#include <set>

#include "scenarios/run/suggestions.h"
#include "scenarios/values/repr.h"
#include "scenarios/values/sequences.h"
#include "scenarios/values/str.h"

namespace loopscope::scenarios {
namespace {

constexpr std::size_t kSameLinesShown = 3;
constexpr std::size_t kMostMembers = 15, kDeepestGroup = 10;  // CPython's
constexpr std::size_t kLongest = std::size_t{1} << 20;        // of groups that hold each other very often

std::string text_of_line(const std::vector<std::string>* listing, std::uint32_t number) {
  if (!listing || number == 0 || number > listing->size()) return "";
  const std::string& line = (*listing)[number - 1];
  const std::size_t begin = line.find_first_not_of(' ');
  return begin == std::string::npos ? "" : line.substr(begin);
}

std::string entry_text(const TracebackEntry& entry, const std::vector<std::string>* listing) {
  std::string text = "  File \"";
  text.append(kListingFile).append("\", line ").append(std::to_string(entry.line));
  text.append(", in ").append(entry.function).append("\n");
  const std::string line = text_of_line(listing, entry.line);
  return line.empty() ? text : text + "    " + line + "\n";
}

constexpr std::size_t kMostText = 8U << 20;  // bytes of one traceback, about

std::string levels(const std::vector<TracebackEntry>& entries, const std::vector<std::string>* listing) {
  std::string text;
  for (std::size_t i = entries.size(); i-- > 0;) {
    std::size_t same = 1;
    while (i >= same && entries[i - same] == entries[i]) ++same;
    for (std::size_t n = 0; n < std::min(same, kSameLinesShown); ++n) text += entry_text(entries[i], listing);
    if (same > kSameLinesShown) {
      const std::size_t more = same - kSameLinesShown;
      text +=
          "  [Previous line repeated " + std::to_string(more) + " more time" + (more == 1 ? "" : "s") + "]\n";
    }
    i -= same - 1;
  }
  return text;
}

/// One exception with its chain and its group, as traceback.py prints it: groups are drawn
/// as a tree, whose margin every line carries.
class TracebackText {
 public:
  TracebackText(Interpreter& in, bool suggests)
      : in_(in), listing_(in.environment().listing), suggests_(suggests) {}

  void chain(Exception& exception) {
    // From the first exception of the chain to this one.
    std::vector<std::pair<Exception*, const char*>> links;
    seen_.insert(&exception);
    for (Exception* at = &exception; at;) {
      Exception* cause = unseen(at->cause);
      Exception* context = cause || at->suppress_context ? nullptr : unseen(at->context);
      const char* link = cause ? "\nThe above exception was the direct cause of the following exception:\n\n"
                         : context
                             ? "\nDuring handling of the above exception, another exception occurred:\n\n"
                             : "";
      links.emplace_back(at, link);
      at = cause ? cause : context;
    }
    for (auto link = links.rbegin(); link != links.rend(); ++link) {
      const auto left = links.rend() - link - 1;
      if (text_.size() > kMostText && left > 1) {  // a program that means harm
        emit("\n[" + std::to_string(left) + " exceptions of the chain are left out]\n", '|');
        link += left;
      }
      if (link != links.rbegin()) emit(link->second, '|');
      one(*link->first);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  Exception* unseen(const Value& value) {
    Exception* exception = value.get_if<Exception>();
    return exception && seen_.insert(exception).second ? exception : nullptr;
  }

  void one(Exception& exception) {
    const Tuple* members = exception.grouped.get_if<Tuple>();
    in_.spend_work();
    in_.check_room(text_.size());
    if (!members) {
      if (!exception.traceback.empty())
        emit("Traceback (most recent call last):\n" + levels(exception.traceback, listing_), '|');
      return emit(last_line(exception), '|');
    }
    if (depth_ > kDeepestGroup)
      return emit("... (max_group_depth is " + std::to_string(kDeepestGroup) + ")\n", '|');
    const bool top = depth_ == 0;
    if (top) ++depth_;
    if (!exception.traceback.empty()) {
      emit("Exception Group Traceback (most recent call last):\n", top ? '+' : '|');
      emit(levels(exception.traceback, listing_), '|');
    }
    emit(last_line(exception), '|');
    group(*members);
    if (top) depth_ = 0;
  }

  void group(const Tuple& members) {
    const std::size_t all = members.items().size(), shown = std::min(all, kMostMembers + 1);
    needs_close_ = false;
    for (std::size_t i = 0; i < shown && text_.size() < kLongest; ++i) {
      const bool last = i + 1 == shown, truncated = i >= kMostMembers;
      if (last) needs_close_ = true;  // the innermost last one draws the end
      const std::string title = truncated ? "..." : std::to_string(i + 1);
      text_ += margin() + (i == 0 ? "+-" : "  ") + "+---------------- " + title + " ----------------\n";
      ++depth_;
      if (truncated) {
        const std::size_t more = all - kMostMembers;
        emit("and " + std::to_string(more) + " more exception" + (more == 1 ? "\n" : "s\n"), '|');
      } else {
        chain(*members.items()[i].get_if<Exception>());
      }
      if (last && needs_close_) {
        text_ += margin() + "+------------------------------------\n";
        needs_close_ = false;
      }
      --depth_;
    }
  }

  std::string margin() const { return std::string(2 * depth_, ' '); }

  /// Adds lines, each behind the margin of the group that they belong to.
  void emit(std::string_view lines, char sign) {
    if (depth_ == 0) {
      text_ += lines;
      return;
    }
    while (!lines.empty()) {
      const std::size_t end = std::min(lines.find('\n'), lines.size() - 1) + 1;
      text_ += margin() + sign + " ";
      text_ += lines.substr(0, end);
      lines.remove_prefix(end);
    }
  }

  /// What the exception is, and its notes.
  std::string last_line(Exception& exception) {
    try {
      return describe(in_, exception) + (suggests_ ? suggested_name(in_, exception) : "") + "\n" +
             notes(exception);
    } catch (const PyError&) {
      return exception.type().full_name() + ": <exception str() failed>\n" + notes(exception);
    }
  }

  std::string notes(Exception& exception) {
    const Value given = exception.own_attribute(in_, "__notes__");
    if (given.is_missing() || given.is_none()) return "";
    const bool several =
        given.get_if<List>() || given.get_if<Tuple>() || given.get_if<Str>() || given.get_if<Bytes>();
    if (!several) return shown(given, true, "__notes__") + "\n";
    std::string text;
    for (const Value& note : collect(in_, given)) {
      text += shown(note, false, "note") + "\n";
      in_.check_room(text.size());
    }
    return text;
  }

  std::string shown(const Value& value, bool as_repr, const std::string& what) {
    try {
      return as_repr ? repr(in_, value) : str(in_, value);
    } catch (const PyError&) {
      return "<" + what + (as_repr ? " repr() failed>" : " str() failed>");
    }
  }

  Interpreter& in_;
  const std::vector<std::string>* listing_;
  const bool suggests_;
  std::string text_;
  std::size_t depth_ = 0;
  bool needs_close_ = false;
  std::set<const Exception*> seen_;
};

}  // namespace

std::string source_line(Interpreter& interpreter, std::uint32_t line) {
  return text_of_line(interpreter.environment().listing, line);
}

std::string stack_text(Interpreter& interpreter, const std::vector<TracebackEntry>& calls) {
  std::string text = levels(calls, interpreter.environment().listing);
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string format_unraisable(Interpreter& interpreter, Exception& exception) {
  std::string text;
  if (!exception.traceback.empty())
    text = "Traceback (most recent call last):\n" +
           levels(exception.traceback, interpreter.environment().listing);
  text += exception.type().full_name() + ": ";
  try {
    text += exception.str(interpreter);
  } catch (const PyError&) {
    text += "<exception str() failed>";
  }
  return text + "\n";
}

std::string format_traceback(Interpreter& interpreter, Exception& exception) {
  TracebackText text(interpreter, false);
  text.chain(exception);
  return text.take();
}

std::string uncaught_traceback(Interpreter& interpreter, Exception& exception) {
  TracebackText text(interpreter, true);
  text.chain(exception);
  return text.take() + missing_in_format(interpreter, exception);
}

}  // namespace loopscope::scenarios
