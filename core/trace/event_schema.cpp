#include "core/trace/event_schema.h"

#include <array>
#include <bit>

namespace loopscope {
namespace {

using Word = FieldBits::Word;
using Names = std::span<const std::string_view>;

constexpr std::string_view kCauses[] = {"call_soon", "threadsafe", "timer",       "io",
                                        "signal",    "task_step",  "task_wakeup", "future_callback"};
constexpr std::string_view kOutcomes[] = {"returned", "raised", "cancelled"};
constexpr std::string_view kHows[] = {"run_forever", "run_until_complete"};
constexpr std::string_view kWhats[] = {"connected", "refused", "received", "closed", "reset"};
constexpr std::string_view kWaits[] = {"yield",     "sleep",   "future",       "task", "gather",
                                       "wait",      "wait_for", "shield",      "as_completed",
                                       "taskgroup", "lock",    "semaphore",    "event",
                                       "condition", "barrier", "queue",        "io",
                                       "executor"};

constexpr FieldBits kSubject{Word::subject, 0, 64};
constexpr FieldBits kSubjectLow{Word::subject, 0, 32};
constexpr FieldBits kSubjectHigh{Word::subject, 32, 32};
constexpr FieldBits kArg{Word::arg, 0, 64};
constexpr FieldBits kArgLow{Word::arg, 0, 32};
constexpr FieldBits kArgHigh{Word::arg, 32, 32};
constexpr FieldBits kAux{Word::aux, 0, 32};
constexpr FieldBits kAuxByte{Word::aux, 0, 8};
constexpr FieldBits kAuxLabel{Word::aux, 8, 24};

constexpr FieldSpec id(std::string_view name, FieldBits bits) { return {name, FieldType::id, bits}; }
constexpr FieldSpec integer(std::string_view name, FieldBits bits) { return {name, FieldType::integer, bits}; }
constexpr FieldSpec boolean(std::string_view name, FieldBits bits) { return {name, FieldType::boolean, bits}; }
constexpr FieldSpec seconds(std::string_view name) { return {name, FieldType::seconds, kArg}; }
constexpr FieldSpec label(std::string_view name, FieldBits bits) { return {name, FieldType::label, bits}; }
constexpr FieldSpec mask(FieldBits bits) { return {"mask", FieldType::mask, bits}; }
constexpr FieldSpec line(FieldBits bits) { return {"line", FieldType::line, bits}; }
constexpr FieldSpec choice(std::string_view name, FieldBits bits, Names names) {
  return {name, FieldType::choice, bits, names};
}
constexpr FieldSpec text(std::string_view name, TextField field) {
  return {name, FieldType::text, {}, {}, field};
}

constexpr FieldSpec kThread{"thread", FieldType::thread};
constexpr FieldSpec kBy{"by", FieldType::by};
constexpr FieldSpec kHandle = id("handle", kSubjectLow);
constexpr FieldSpec kTask = id("task", kSubjectLow);
constexpr FieldSpec kFuture = id("future", kSubjectLow);
constexpr FieldSpec kJob = id("job", kSubjectLow);
constexpr FieldSpec kFd = integer("fd", kSubject);
constexpr FieldSpec kLine = line(kSubjectHigh);
constexpr FieldSpec kOutcome = choice("outcome", kArg, kOutcomes);
constexpr FieldSpec kValue = text("value", TextField::value);
constexpr FieldSpec kText = text("text", TextField::text);
constexpr FieldSpec kN = integer("n", kSubject);

constexpr FieldSpec kLoopCreated[] = {kThread, label("model", kAux), boolean("debug", kArg)};
constexpr FieldSpec kLoopRun[] = {choice("how", kArg, kHows), kTask};
constexpr FieldSpec kLoopStop[] = {kBy};
constexpr FieldSpec kIteration[] = {kN};
constexpr FieldSpec kTimerPurged[] = {kHandle, boolean("bulk", kArg)};
constexpr FieldSpec kSelectBegin[] = {seconds("timeout")};
constexpr FieldSpec kSelectEnd[] = {integer("ready", kArg)};
constexpr FieldSpec kIoReady[] = {integer("fd", kArg), mask(kAuxByte), kHandle};
constexpr FieldSpec kTimersEnd[] = {integer("promoted", kArgLow), integer("purged", kArgHigh)};
constexpr FieldSpec kTimerPromoted[] = {kHandle, seconds("when")};
constexpr FieldSpec kReadyBegin[] = {integer("count", kArg)};
constexpr FieldSpec kHandleQueued[] = {kHandle,
                                       label("label", kAuxLabel),
                                       choice("cause", kAuxByte, kCauses),
                                       kBy,
                                       id("task", kArgHigh),
                                       id("future", kArgLow),
                                       id("of_task", kSubjectHigh)};
constexpr FieldSpec kHandleOnly[] = {kHandle};
constexpr FieldSpec kTimerScheduled[] = {kHandle, seconds("when"), label("label", kAux), kBy};
constexpr FieldSpec kTaskCreated[] = {kTask,
                                      label("name", kAux),
                                      boolean("named", {Word::arg, 63, 1}),
                                      label("coro", kArgLow),
                                      text("args", TextField::args),
                                      id("parent", kSubjectHigh),
                                      line({Word::arg, 32, 31})};
constexpr FieldSpec kTaskRenamed[] = {kTask, label("name", kAux)};
constexpr FieldSpec kTaskStep[] = {kTask, label("throws", kAux)};
constexpr FieldSpec kTaskSuspended[] = {
    kTask, {"on", FieldType::on}, kLine, {"stack", FieldType::stack, kArgHigh}};
constexpr FieldSpec kTaskCancel[] = {kTask, kBy};
constexpr FieldSpec kTaskDone[] = {kTask, kOutcome, kValue};
constexpr FieldSpec kFutureCreated[] = {kFuture, label("label", kAux)};
constexpr FieldSpec kFutureDone[] = {kFuture, kOutcome, kValue};
constexpr FieldSpec kFdWatched[] = {kFd, mask(kAuxByte), id("handle", kArg), label("label", kAuxLabel)};
constexpr FieldSpec kFdUnwatched[] = {kFd, mask(kAuxByte)};
constexpr FieldSpec kNet[] = {kFd, integer("bytes", kArg), kText};
constexpr FieldSpec kNetPeer[] = {label("peer", kAux), choice("what", kArg, kWhats), kText};
constexpr FieldSpec kThreadStarted[] = {kThread, label("name", kAux)};
constexpr FieldSpec kThreadEnded[] = {kThread};
constexpr FieldSpec kJobQueued[] = {kJob, label("pool", kAux), label("label", kArg), id("future", kSubjectHigh)};
constexpr FieldSpec kJobBegin[] = {kJob, kThread};
constexpr FieldSpec kJobEnd[] = {kJob, kOutcome};
constexpr FieldSpec kSignal[] = {label("name", kAux)};
constexpr FieldSpec kWorld[] = {kText};
constexpr FieldSpec kOutput[] = {kText, text("end", TextField::end), kTask, kLine};
constexpr FieldSpec kLineRuns[] = {kTask, kLine};
constexpr FieldSpec kError[] = {kText, kTask, kLine};
constexpr FieldSpec kWarning[] = {label("rule", kAux), kText, kLine};
constexpr FieldSpec kGap[] = {integer("dropped", kSubject)};

using K = EventKind;
constexpr std::array<KindSpec, kEventKinds> kKinds = {{
    {K::loop_created, "loop.created", kLoopCreated},
    {K::loop_run, "loop.run", kLoopRun},
    {K::loop_idle, "loop.idle", {}},
    {K::loop_stop, "loop.stop", kLoopStop},
    {K::loop_closed, "loop.closed", {}},
    {K::iteration_begin, "iteration.begin", kIteration},
    {K::iteration_end, "iteration.end", kIteration},
    {K::timer_purged, "timer.purged", kTimerPurged},
    {K::select_begin, "select.begin", kSelectBegin},
    {K::select_end, "select.end", kSelectEnd},
    {K::io_ready, "io.ready", kIoReady},
    {K::timers_begin, "timers.begin", {}},
    {K::timers_end, "timers.end", kTimersEnd},
    {K::timer_promoted, "timer.promoted", kTimerPromoted},
    {K::ready_begin, "ready.begin", kReadyBegin},
    {K::ready_end, "ready.end", {}},
    {K::handle_queued, "handle.queued", kHandleQueued},
    {K::handle_begin, "handle.begin", kHandleOnly},
    {K::handle_end, "handle.end", kHandleOnly},
    {K::handle_skipped, "handle.skipped", kHandleOnly},
    {K::handle_cancelled, "handle.cancelled", kHandleOnly},
    {K::timer_scheduled, "timer.scheduled", kTimerScheduled},
    {K::timer_cancelled, "timer.cancelled", kHandleOnly},
    {K::task_created, "task.created", kTaskCreated},
    {K::task_renamed, "task.renamed", kTaskRenamed},
    {K::task_step, "task.step", kTaskStep},
    {K::task_suspended, "task.suspended", kTaskSuspended},
    {K::task_cancel, "task.cancel", kTaskCancel},
    {K::task_done, "task.done", kTaskDone},
    {K::future_created, "future.created", kFutureCreated},
    {K::future_done, "future.done", kFutureDone},
    {K::fd_watched, "fd.watched", kFdWatched},
    {K::fd_unwatched, "fd.unwatched", kFdUnwatched},
    {K::net_sent, "net.sent", kNet},
    {K::net_received, "net.received", kNet},
    {K::net_peer, "net.peer", kNetPeer},
    {K::thread_started, "thread.started", kThreadStarted},
    {K::thread_ended, "thread.ended", kThreadEnded},
    {K::job_queued, "job.queued", kJobQueued},
    {K::job_begin, "job.begin", kJobBegin},
    {K::job_end, "job.end", kJobEnd},
    {K::signal, "signal", kSignal},
    {K::world, "world", kWorld},
    {K::output, "output", kOutput},
    {K::line, "line", kLineRuns},
    {K::error, "error", kError},
    {K::warning, "warning", kWarning},
    {K::gap, "gap", kGap},
}};

constexpr bool rows_stand_in_order() {
  for (int i = 0; i < kEventKinds; ++i)
    if (static_cast<int>(kKinds[static_cast<std::size_t>(i)].kind) != i) return false;
  return true;
}
static_assert(rows_stand_in_order());

constexpr std::uint64_t low_bits(std::uint8_t width) {
  return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

template <class Enum>
std::string_view name_of(Names names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : std::string_view("?");
}

}  // namespace

const KindSpec& kind_spec(EventKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

const KindSpec* find_kind(std::string_view name) {
  for (const KindSpec& spec : kKinds)
    if (spec.name == name) return &spec;
  return nullptr;
}

std::uint64_t get_bits(const TraceEvent& event, FieldBits bits) {
  std::uint64_t word = 0;
  switch (bits.word) {
    case Word::none: break;
    case Word::subject: word = event.subject; break;
    case Word::arg: word = event.arg; break;
    case Word::aux: word = event.aux; break;
  }
  return (word >> bits.shift) & low_bits(bits.width);
}

void set_bits(TraceEvent& event, FieldBits bits, std::uint64_t value) {
  const std::uint64_t mask = low_bits(bits.width) << bits.shift;
  const std::uint64_t placed = (value << bits.shift) & mask;
  switch (bits.word) {
    case Word::none: break;
    case Word::subject: event.subject = (event.subject & ~mask) | placed; break;
    case Word::arg: event.arg = (event.arg & ~mask) | placed; break;
    case Word::aux: event.aux = static_cast<std::uint32_t>((event.aux & ~mask) | placed); break;
  }
}

double get_seconds(const TraceEvent& event, FieldBits bits) {
  return std::bit_cast<double>(get_bits(event, bits));
}

std::string_view to_string(EventKind kind) { return kind_spec(kind).name; }
std::string_view to_string(Cause cause) { return name_of(kCauses, cause); }
std::string_view to_string(Outcome outcome) { return name_of(kOutcomes, outcome); }
std::string_view to_string(RunHow how) { return name_of(kHows, how); }
std::string_view to_string(WaitKind kind) { return name_of(kWaits, kind); }
std::string_view to_string(PeerWhat what) { return name_of(kWhats, what); }
std::span<const std::string_view> wait_kind_names() { return kWaits; }

}  // namespace loopscope
