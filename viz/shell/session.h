#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/model/scenario_editor.h"
#include "viz/model/viewer.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {

/// What a window shows at one moment.
struct SessionView {
  ViewedRun run;                    ///< its store may be null or still empty
  std::uint64_t generation = 0;     ///< changes whenever another store is shown
  bool same_program = false;        ///< that store is a new run of the same file: keep the cursor
  std::string failure;              ///< why the run ended badly ("deadlock: ..."), or empty
  std::vector<Bookmark> bookmarks;  ///< those kept for the run; taken over when the generation changes
  std::shared_ptr<const SourceText>
      source;  ///< the scenario's text as its file has it; null: the trace's own
  /// What is wrong with the text that was last to be run; null or empty: nothing.
  std::shared_ptr<const std::vector<TextProblem>> problems;
  /// What the last check asked for by check_text() found; null: none is done yet.
  std::shared_ptr<const CheckedText> checked;
  std::uint64_t file_saves = 0;  ///< grows whenever somebody else has saved the file
  std::string message;           ///< one line to show for a few seconds whenever it changes
  std::optional<Work> work;      ///< long work under way, told once it has taken a while
  std::optional<Notice> notice;  ///< shown instead of the run: a file that does not load
};

/// Where a window gets its runs from. Called on the window's thread only; the store in
/// a SessionView may grow meanwhile.
class Session {
 public:
  virtual ~Session() = default;

  /// What to show now. Called every frame: must be cheap.
  virtual SessionView view() = 0;
  /// Opens another file; what comes of it shows in view().
  virtual void open(const std::string& path) = 0;
  /// Reads the file anew and runs it again. The run before stays when it does not load.
  virtual void restart() = 0;
  /// Runs `text` as the file's. The run before stays when it does not load.
  virtual void run_text(const std::string& text) = 0;
  /// Looks beside the window for what is wrong with `text`; the answer shows in view() with its revision.
  virtual void check_text(std::uint64_t revision, const std::string& text) = 0;
  /// Writes `text` to `path`, whole or not at all, and shows that file from now on. Returns why
  /// not, or nothing.
  virtual std::string save_as(const std::string& path, const std::string& text) = 0;
  /// Keeps edited text that nobody saved, so that it can be opened again. Returns where, or
  /// nothing.
  virtual std::string keep_unsaved(const std::string& text) = 0;
  /// What the open list offers now.
  virtual std::vector<FileChoice> files() = 0;
  /// Remembers them; the recent files are the session's own.
  virtual void keep_settings(const traces::ViewerSettings& settings) = 0;
  /// Stops the work that is told in view(): a file that is read is not shown, a run ends where it is.
  virtual void cancel() = 0;
  /// Keeps them beside the file that is shown.
  virtual void keep_bookmarks(const std::vector<Bookmark>& bookmarks) = 0;
};

}  // namespace loopscope::viz
