#include "core/world/world_script.h"

#include "core/base/repr.h"
#include "core/trace/events.h"

namespace loopscope {

std::string WorldEvent::describe() const {
  switch (what) {
    case What::connect:
      return peer + " connects to port " + std::to_string(port);
    case What::send:
      return peer + " sends " + repr_of_text(text);
    case What::close:
      return peer + " closes";
    case What::reset:
      return peer + " resets";
    case What::signal:
      break;
  }
  return "signal " + std::string(signal_name(signal));
}

void WorldScript::carry_out(const WorldEvent& event) {
  tracer_.emit(make::world(), {{TextField::text, event.describe()}});
  switch (event.what) {
    case WorldEvent::What::connect:
      return peers_.connect(event.peer, event.port);
    case WorldEvent::What::send:
      return peers_.send(event.peer, event.text);
    case WorldEvent::What::close:
      return peers_.close(event.peer);
    case WorldEvent::What::reset:
      return peers_.reset(event.peer);
    case WorldEvent::What::signal:
      return signals_.raise(event.signal);
  }
}

}  // namespace loopscope
