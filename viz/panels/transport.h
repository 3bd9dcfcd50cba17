#pragma once

#include "viz/model/transport_layout.h"
#include "viz/model/view_state.h"
#include "viz/panels/paint.h"

namespace loopscope::viz {

/// Where the transport bar's parts stand in this frame: the layout for the texts that
/// it shows, as wide as `paint` draws them.
TransportLayout place_transport(const FrameView& frame, ViewState& view, Paint& paint);

}  // namespace loopscope::viz
