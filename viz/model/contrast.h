#pragma once

#include "viz/model/theme.h"

namespace loopscope::viz {

/// What text needs against its ground.
inline constexpr double kReadable = 4.5;

/// WCAG 2's contrast of two opaque colours, 1 to 21.
double contrast(Color a, Color b);

/// `top`, with its alpha, over the opaque `under`.
Color over(Color top, Color under);

/// `wished`, where it can be read on `ground`; else as little nearer to the theme's text as it takes.
Color readable_on(const Theme& theme, Color wished, Color ground);

}  // namespace loopscope::viz
