#pragma once

#include <optional>
#include <string>
#include <vector>

/// The commands of the command line. Each prints its errors on stderr and returns the
/// exit code: 0 fine, 1 the program ended badly or a check found a difference, 2 bad
/// usage or input or an output that cannot be written, n for SystemExit(n).
namespace loopscope::app {

inline constexpr int kFine = 0, kFailed = 1, kBadInput = 2;

struct RunArgs {
  std::string file;
  std::string model;  ///< empty: the scenario's
  bool debug = false;
  std::string trace;  ///< empty: untraced
  bool stats = false;
};
int run_command(const RunArgs& args);

struct CheckArgs {
  std::vector<std::string> files;
  bool watch = false;  ///< check again whenever one of the files is saved, until interrupted
};
int check_command(const CheckArgs& args);
/// Writes a commented scenario to start from.
int new_command(const std::string& name);
struct ListingArgs {
  std::string file;
  bool numbers = false;  ///< with the numbers of the lines
};
int listing_command(const ListingArgs& args);
int list_command();

struct InfoArgs {
  std::string file;
  bool json = false;
  std::vector<std::string> fail_on;  ///< rules: exit 1 when one of them found something
};
/// The rules that `--fail-on` knows.
std::vector<std::string> finding_names();
int info_command(const InfoArgs& args);

struct ExplainArgs {
  std::string file;
  bool markdown = false;
  std::string out = "-";
};
int explain_command(const ExplainArgs& args);

struct ExportArgs {
  std::string file, to, out;
};
int export_command(const ExportArgs& args);

/// The formats that `export --to` knows.
std::vector<std::string> export_formats();

#ifdef LOOPSCOPE_VIEWER
struct ShotArgs {
  std::string file;
  std::string model;  ///< of a scenario's run; empty: the scenario's
  std::string at = "end";
  std::string size = "1600x1000";
  std::string theme = "dark";
  double scale = 1;
  std::string keys;  ///< pressed before the picture, a character each
  std::size_t lesson = 0;      ///< the lesson's stop to show, from 1; 0: no lesson
  std::size_t answer = 0;      ///< the answer given there, from 1; 0: none yet
  bool predict = false;        ///< the question before the next handle's run
  bool presenter = false;
  std::string out;
};
int shot_command(const ShotArgs& args);

struct OpenArgs {
  std::string file = "lifecycle";
  std::string theme;            ///< empty: as remembered
  std::optional<double> scale;  ///< none: as remembered
  std::string size;             ///< empty: as remembered
  bool lesson = false;          ///< begins with the scenario's lesson
  bool presenter = false;       ///< large type, few panels
};
int open_command(const OpenArgs& args);
#endif

/// Prints `text` on stderr.
void print_error(const std::string& text);
/// Writes `text` to stdout; kBadInput (and a message) when that fails, else `code`.
int finish_stdout(const std::string& text, int code = kFine);

/// "1600x1000", or nothing.
struct Size {
  int width, height;
};
std::optional<Size> parse_size(const std::string& text);

}  // namespace loopscope::app
