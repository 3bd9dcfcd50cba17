#include "viz/panels/rich_text.h"

#include <string>
#include <vector>

namespace loopscope::viz {
namespace {

/// A run of letters that stays together, and what stands before it.
struct Word {
  std::string text;
  bool code = false, space_before = false, paragraph_before = false;
};

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  Word word;
  bool code = false;
  const auto flush = [&](bool space, bool paragraph) {
    if (!word.text.empty())
      words.push_back(std::move(word));
    else {
      space = space || word.space_before;
      paragraph = paragraph || word.paragraph_before;
    }
    word = {{}, code, space, paragraph};
  };
  for (const char c : text) {
    if (c == '`') {
      code = !code;
      flush(false, false);
    } else if (c == '\n') {
      flush(true, true);
    } else if (c == ' ') {
      flush(true, false);
    } else {
      word.text += c;
    }
  }
  if (!word.text.empty()) words.push_back(std::move(word));
  return words;
}

}  // namespace

float rich_text(Paint& paint, float x, float baseline, float width, std::string_view text,
                const RichStyle& style, float bottom, bool draw) {
  const TextStyle plain{style.size, style.face, style.color}, code{style.size, Face::mono, style.code};
  const float space = paint.width(" ", plain), code_space = paint.width(" ", code),
              line = paint.s(style.line_height);
  float at = 0;
  bool first = true, after_code = false;
  for (const Word& word : words_of(text)) {
    const TextStyle& look = word.code ? code : plain;
    const float w = paint.width(word.text, look);
    const float between = word.code && after_code ? code_space : space;
    const float gap = word.space_before && at > 0 ? between : 0;
    const bool wraps = at > 0 && word.space_before && at + gap + w > width;
    if (!first && (word.paragraph_before || wraps)) {
      const float next = baseline + line + (word.paragraph_before ? paint.s(style.paragraph_gap) : 0);
      if (next > bottom) {
        if (draw) paint.text(x + at, baseline, " …", plain);
        return baseline;
      }
      baseline = next;
      at = 0;
    } else {
      at += gap;
    }
    if (draw) {
      TextStyle cut = look;
      cut.max_width = std::max(1.0F, width - at + space);
      paint.text(x + at, baseline, word.text, cut);
    }
    at += w;
    first = false;
    after_code = word.code;
  }
  return baseline;
}

}  // namespace loopscope::viz
