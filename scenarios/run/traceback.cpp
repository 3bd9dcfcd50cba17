#include "scenarios/run/traceback.h"

#include <algorithm>
#include <set>

namespace loopscope::scenarios {
namespace {

constexpr std::size_t kSameLinesShown = 3;

std::string entry_text(const TracebackEntry& entry, const std::vector<std::string>* listing) {
  std::string text =
      "  File \"<listing>\", line " + std::to_string(entry.line) + ", in " + entry.function + "\n";
  if (!listing || entry.line == 0 || entry.line > listing->size()) return text;
  const std::string& line = (*listing)[entry.line - 1];
  const std::size_t begin = line.find_first_not_of(' ');
  return begin == std::string::npos ? text : text + "    " + line.substr(begin) + "\n";
}

std::string levels(const Exception& exception, const std::vector<std::string>* listing) {
  std::string text;
  const auto& entries = exception.traceback;
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

}  // namespace

std::string format_traceback(Interpreter& interpreter, Exception& exception) {
  // From the first exception of the chain to this one.
  std::vector<std::pair<Exception*, const char*>> chain;
  std::set<const Exception*> seen;
  for (Exception* at = &exception; at && seen.insert(at).second;) {
    Exception* cause = at->cause.get_if<Exception>();
    Exception* context = at->suppress_context ? nullptr : at->context.get_if<Exception>();
    const char* link = cause ? "\nThe above exception was the direct cause of the following exception:\n\n"
                       : context ? "\nDuring handling of the above exception, another exception occurred:\n\n"
                                 : "";
    chain.emplace_back(at, link);
    at = cause ? cause : context;
  }
  std::string text;
  for (auto link = chain.rbegin(); link != chain.rend(); ++link) {
    const bool first = link == chain.rbegin();
    if (!first) text += link->second;
    if (!link->first->traceback.empty())
      text +=
          "Traceback (most recent call last):\n" + levels(*link->first, interpreter.environment().listing);
    std::string last;
    try {
      last = describe(interpreter, *link->first);
    } catch (const PyError&) {
      last = link->first->type().full_name() + ": <exception str() failed>";
    }
    text += last + "\n";
  }
  return text;
}

}  // namespace loopscope::scenarios
