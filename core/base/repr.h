#pragma once

#include <string>
#include <string_view>

/// How Python shows plain values.
namespace loopscope {

/// repr of a str: 'it', "it's". Control characters are escaped; UTF-8 is kept.
std::string repr_of_text(std::string_view text);
/// repr of a float: 0.1, 1.0, 1e-07, inf.
std::string repr_of_number(double value);
/// printf's %.Nf: 0.120.
std::string fixed_number(double value, int digits);
/// A number as people write it: like repr_of_number, but whole numbers have no ".0".
std::string short_number(double value);

}  // namespace loopscope
