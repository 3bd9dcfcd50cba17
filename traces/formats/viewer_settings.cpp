#include "traces/formats/viewer_settings.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

namespace loopscope::traces {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kLeastWindow = 64, kLargestWindow = 32'768, kFarthest = 100'000;
constexpr double kLeastScale = 0.5, kLargestScale = 4;

/// Takes values over one by one and remembers the first that is wrong.
class Reader {
 public:
  Reader(const Json& json, std::string& problem) : json_(json), problem_(problem) {}

  void choice(const char* key, std::string& value, std::initializer_list<std::string_view> known) const {
    const Json* found = find(key);
    if (!found) return;
    if (!found->is_string()) return wrong(key, "is no text");
    const auto& text = found->get_ref<const std::string&>();
    if (std::find(known.begin(), known.end(), text) == known.end())
      return wrong(key, "is not one of its values");
    value = text;
  }
  void flag(const char* key, bool& value) const {
    if (const Json* found = find(key)) {
      if (!found->is_boolean()) return wrong(key, "is neither true nor false");
      value = found->get<bool>();
    }
  }
  void number(const char* key, double& value, double least, double most) const {
    const Json* found = find(key);
    if (!found) return;
    if (!found->is_number()) return wrong(key, "is no number");
    const double number = found->get<double>();
    if (!(number >= least && number <= most)) return wrong(key, "is out of range");
    value = number;
  }
  void whole(const char* key, int& value, int least, int most) const {
    double number = value;
    this->number(key, number, least, most);
    value = static_cast<int>(std::lround(number));
  }
  void texts(const char* key, std::vector<std::string>& value) const {
    const Json* found = find(key);
    if (!found) return;
    if (!found->is_array()) return wrong(key, "is no list");
    for (const Json& element : *found) {
      if (!element.is_string()) return wrong(key, "holds what is no text");
      if (value.size() < kMostRecent) value.push_back(element.get<std::string>());
    }
  }
  const Json* find(const char* key) const {
    const auto it = json_.find(key);
    return it == json_.end() ? nullptr : &*it;
  }
  void wrong(const char* key, const char* what) const {
    if (problem_.empty()) problem_ = std::string("'") + key + "' " + what;
  }

 private:
  const Json& json_;
  std::string& problem_;
};

void read_window(const Json& json, std::optional<ViewerSettings::Place>& window, std::string& problem) {
  if (!json.is_object()) {
    problem = "'window' is no object";
    return;
  }
  ViewerSettings::Place place;
  std::string bad;
  const Reader reader(json, bad);
  reader.whole("x", place.x, -kFarthest, kFarthest);
  reader.whole("y", place.y, -kFarthest, kFarthest);
  reader.whole("width", place.width, kLeastWindow, kLargestWindow);
  reader.whole("height", place.height, kLeastWindow, kLargestWindow);
  reader.flag("maximized", place.maximized);
  if (!bad.empty())
    problem = "in 'window' " + bad;
  else if (place.width > 0 && place.height > 0)
    window = place;
}

}  // namespace

ReadSettings parse_settings(const std::string& text) {
  ReadSettings read;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) {
    read.problem = json.is_discarded() ? "the text is not JSON" : "it is no JSON object";
    return read;
  }
  ViewerSettings& s = read.settings;
  const Reader reader(json, read.problem);
  reader.choice("theme", s.theme, {"dark", "light"});
  reader.number("scale", s.scale, kLeastScale, kLargestScale);
  reader.flag("reduced_motion", s.reduced_motion);
  reader.choice("axis", s.axis, {"steps", "clock"});
  reader.choice("program", s.program, {"listing", "json", "output"});
  reader.choice("side", s.side, {"tasks", "why", "findings", "await"});
  reader.flag("await_tree", s.await_tree);
  reader.texts("recent", s.recent);
  if (const Json* window = reader.find("window")) {
    std::string problem;
    read_window(*window, s.window, problem);
    if (read.problem.empty()) read.problem = problem;
  }
  return read;
}

std::string settings_json(const ViewerSettings& s) {
  Json json;
  json["loopscope_settings"] = 1;
  if (s.window)
    json["window"] = {{"x", s.window->x},
                      {"y", s.window->y},
                      {"width", s.window->width},
                      {"height", s.window->height},
                      {"maximized", s.window->maximized}};
  json["theme"] = s.theme;
  json["scale"] = s.scale;
  json["reduced_motion"] = s.reduced_motion;
  json["axis"] = s.axis;
  json["program"] = s.program;
  json["side"] = s.side;
  json["await_tree"] = s.await_tree;
  json["recent"] = s.recent;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace loopscope::traces
