#pragma once

#include "viz/panels/fonts.h"

namespace loopscope::viz {

/// The font files that travel inside the binary, in the order of `Face`. They live for
/// the whole program.
const FontFiles& embedded_fonts();

}  // namespace loopscope::viz
