#pragma once

#include <string>

#include "core/trace/tracer.h"
#include "core/world/peers.h"
#include "core/world/signals.h"

namespace loopscope {

/// Something that happens outside the program at a given time.
struct WorldEvent {
  enum class What { connect, send, close, reset, signal };
  double at = 0;  ///< seconds on the loop clock
  What what = What::connect;
  std::string peer = {};   ///< all but signals
  std::uint16_t port = 0;  ///< connect
  std::string text = {};   ///< send
  int signal = 0;

  /// "alice sends 'hello\n'".
  std::string describe() const;
};

/// Carries events out, each after its `world` event in the trace.
class WorldScript final {
 public:
  /// All must outlive it.
  WorldScript(VirtualNetwork& network, Signals& signals, Tracer& tracer, Peers::Later later)
      : peers_(network, tracer, std::move(later)), signals_(signals), tracer_(tracer) {}

  void carry_out(const WorldEvent& event);

 private:
  Peers peers_;
  Signals& signals_;
  Tracer& tracer_;
};

}  // namespace loopscope
