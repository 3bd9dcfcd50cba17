// The loop panel and the tasks panel, driven headless: no window, no GPU.
#include <cmath>
#include <cstring>
#include <ctime>
#include <gtest/gtest.h>
#include <imgui.h>

#include "core/trace/event_reader.h"
#include "tests/viz/busy_trace.h"
#include "tests/viz/headless.h"
#include "tests/viz/model/trace_builder.h"
#include "viz/model/loop_geometry.h"
#include "viz/model/ready_layout.h"
#include "viz/panels/panels.h"

namespace loopscope::viz {
namespace {

using Draw = Commands (*)(const FrameView&, ViewState&, Paint&);

/// One panel of the window on one event of a trace.
class PanelDriver final {
 public:
  PanelDriver(std::shared_ptr<const traces::TraceStore> store, Draw draw, Vec2 window = {1600, 1000},
              float scale = 1)
      : store_(std::move(store)),
        draw_(draw),
        scale_(scale),
        layout(make_layout(window.x * scale, window.y * scale, scale)) {
    context_ = ImGui::CreateContext(&baked_fonts(scale).atlas);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.DisplaySize = {window.x * scale, window.y * scale};
    io.DeltaTime = 1.0F / 60;
  }
  ~PanelDriver() { ImGui::DestroyContext(context_); }
  PanelDriver(const PanelDriver&) = delete;
  PanelDriver& operator=(const PanelDriver&) = delete;

  /// Draws event `i`, `from` being the other end of a step of which `progress` has passed.
  Commands draw(EventIndex i, float progress = 1, std::optional<EventIndex> from = std::nullopt) {
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::Begin("panel", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    const traces::LoopState state = store_->state_at(i);
    const traces::LoopState before = i > 0 ? store_->state_at(i - 1) : traces::LoopState();
    const traces::Narration narration;
    const FrameView frame{*store_,
                          store_->size(),
                          true,
                          i,
                          state,
                          before,
                          narration,
                          {from.value_or(i > 0 ? i - 1 : 0), i, progress},
                          "busy",
                          "",
                          theme(ThemeName::light),
                          layout,
                          scale_,
                          clock,
                          ""};
    view.hovered = view.next_hovered;
    view.next_hovered = {};
    Paint paint(*ImGui::GetWindowDrawList(), baked_fonts(scale_).fonts, frame.theme);
    Commands commands = draw_(frame, view, paint);
    const auto& vertices = ImGui::GetWindowDrawList()->VtxBuffer;
    drawn.assign(vertices.begin(), vertices.end());
    ImGui::End();
    ImGui::Render();
    for (bool& clicked : ImGui::GetIO().MouseDown) clicked = false;
    return commands;
  }
  void move(Vec2 to) { ImGui::GetIO().MousePos = {to.x, to.y}; }
  Commands click(EventIndex i, Vec2 at) {
    move(at);
    draw(i);
    ImGui::GetIO().MouseDown[0] = true;
    Commands commands = draw(i);
    draw(i);
    return commands;
  }
  /// What was drawn by the last frame reaches from here to there.
  Rect extent() const {
    float x0 = 1e9F, y0 = 1e9F, x1 = -1e9F, y1 = -1e9F;
    for (const ImDrawVert& v : drawn) {
      x0 = std::min(x0, v.pos.x), y0 = std::min(y0, v.pos.y);
      x1 = std::max(x1, v.pos.x), y1 = std::max(y1, v.pos.y);
    }
    return {x0, y0, x1 - x0, y1 - y0};
  }

  ViewState view;
  double clock = 0;
  std::vector<ImDrawVert> drawn;

 private:
  std::shared_ptr<const traces::TraceStore> store_;
  Draw draw_;
  float scale_;
  ImGuiContext* context_ = nullptr;

 public:
  Layout layout;
};

EventIndex find(const traces::TraceStore& store, EventKind kind, std::size_t nth = 0) {
  for (EventIndex i = 0; i < store.size(); ++i)
    if (store.event(i).kind == kind && nth-- == 0) return i;
  ADD_FAILURE() << "no such event";
  return 0;
}

std::vector<Busy> busy_kinds() {
  return {{},
          {.fds = 1, .timers = 0, .ready = 0, .tasks = 0},
          {.fds = 5, .timers = 3, .ready = 9, .late = 9},
          {.fds = 43,
           .timers = 38,
           .cancelled = 4,
           .ready = 30,
           .late = 12,
           .ready_fds = 9,
           .tasks = 12,
           .long_name = "a-task-with-a-name-that-is-much-too-long-for-any-chip"}};
}

Rect grown(const Rect& r, float by) { return {r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by}; }

void expect_inside(const Rect& inner, const Rect& outer) {
  EXPECT_GE(inner.x, outer.x);
  EXPECT_GE(inner.y, outer.y);
  EXPECT_LE(inner.right(), outer.right());
  EXPECT_LE(inner.bottom(), outer.bottom());
}

TEST(LoopPanel, Stays_inside_its_frame_at_every_event_size_and_scale) {
  struct Size {
    Vec2 window;
    float scale;
  };
  for (const Size size :
       {Size{{1600, 1000}, 1}, Size{{1280, 720}, 1}, Size{{2400, 1500}, 1}, Size{{1280, 720}, 2}})
    for (const Busy& busy : busy_kinds()) {
      const auto store = busy_trace(busy);
      PanelDriver driver(store, draw_loop_panel, size.window, size.scale);
      for (EventIndex i = 0; i < store->size(); ++i) {
        driver.draw(i);
        SCOPED_TRACE(testing::Message()
                     << "event " << i << " at " << size.window.x << " with " << busy.fds << " fds");
        expect_inside(driver.extent(), grown(driver.layout.loop, 2));
        if (testing::Test::HasFailure()) return;
      }
    }
}

TEST(LoopPanel, Draws_every_move_forwards_and_backwards_and_without_travel) {
  const auto store = busy_trace({.fds = 6, .timers = 9, .ready = 6, .late = 3});
  PanelDriver driver(store, draw_loop_panel);
  for (const bool reduced : {false, true})
    for (EventIndex i = 0; i + 1 < store->size(); ++i)
      for (const float progress : {0.0F, 0.3F, 0.95F}) {
        driver.view.reduced_motion = reduced;
        driver.draw(i + 1, progress, i);
        driver.draw(i, progress, i + 1);
        if (i > 6) driver.draw(i, progress, i - 6);
        EXPECT_FALSE(driver.drawn.empty());
      }
}

bool same(const std::vector<ImDrawVert>& a, const std::vector<ImDrawVert>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(ImDrawVert)) == 0;
}

TEST(LoopPanel, Shows_the_same_picture_of_an_event_whichever_way_the_cursor_came) {
  const auto store = busy_trace({});
  PanelDriver driver(store, draw_loop_panel);
  std::vector<std::vector<ImDrawVert>> forwards;
  for (EventIndex i = 0; i < store->size(); ++i) {
    driver.draw(i, .5F);
    driver.draw(i);
    forwards.push_back(driver.drawn);
  }
  for (EventIndex i = store->size(); i-- > 0;) {
    if (i + 1 < store->size()) driver.draw(i, .5F, i + 1);
    driver.draw(i);
    EXPECT_TRUE(same(driver.drawn, forwards[i])) << "event " << i;
  }
}

TEST(LoopPanel, Moves_the_chip_with_the_progress_of_the_step) {
  const auto store = sample_trace();
  PanelDriver driver(store, draw_loop_panel);
  const EventIndex i = find(*store, EventKind::timer_promoted) + 1;
  driver.draw(i, .2F, i - 1);
  const auto early = driver.drawn;
  driver.draw(i, .6F, i - 1);
  EXPECT_FALSE(same(early, driver.drawn));
  driver.view.reduced_motion = true;
  driver.draw(i, .2F, i - 1);
  const std::size_t still = driver.drawn.size();
  EXPECT_LT(still, early.size());  // no line, no shades
}

Vec2 ready_chip(const PanelDriver& driver, const traces::TraceStore& store, EventIndex i, std::size_t index) {
  const MachineLayout m = layout_machine(driver.layout.loop, driver.layout.small, 1);
  const traces::LoopState state = store.state_at(i);
  return ready_place(layout_ready(m.queue, state.focus({1})->ready_count(), 1), index).center();
}

TEST(LoopPanel, Selects_the_task_of_a_clicked_chip_and_else_the_handle) {
  const auto store = busy_trace({.ready = 4, .tasks = 3});
  PanelDriver driver(store, draw_loop_panel);
  const EventIndex i = find(*store, EventKind::iteration_end);
  const Commands task = driver.click(i, ready_chip(driver, *store, i, 0));
  ASSERT_EQ(task.size(), 1U);
  EXPECT_EQ(std::get<command::Select>(task[0]).what, (Selection{Selection::Kind::task, 2}));
  const Commands handle = driver.click(i, ready_chip(driver, *store, i, 3));
  ASSERT_EQ(handle.size(), 1U);
  EXPECT_EQ(std::get<command::Select>(handle[0]).what.kind, Selection::Kind::handle);
  EXPECT_TRUE(driver.click(i, driver.layout.loop.center() + Vec2{0, 110}).empty());
}

TEST(LoopPanel, Selects_a_clicked_fd_and_a_clicked_timer) {
  const auto store = busy_trace({.fds = 1, .timers = 1, .cancelled = 0});
  PanelDriver driver(store, draw_loop_panel);
  const EventIndex i = find(*store, EventKind::iteration_end);
  const MachineLayout m = layout_machine(driver.layout.loop, false, 1);
  const Commands fd = driver.click(i, {m.selector.center().x, m.selector.y + 60});
  ASSERT_EQ(fd.size(), 1U);
  EXPECT_EQ(std::get<command::Select>(fd[0]).what, (Selection{Selection::Kind::fd, 4}));
  const Commands timer = driver.click(i, {m.heap.center().x, m.heap.y + 122});
  ASSERT_EQ(timer.size(), 1U);
  EXPECT_EQ(std::get<command::Select>(timer[0]).what.kind, Selection::Kind::handle);
}

TEST(LoopPanel, Goes_to_the_queueing_of_a_chip_that_is_clicked_twice) {
  const auto store = busy_trace({});
  PanelDriver driver(store, draw_loop_panel);
  const EventIndex i = find(*store, EventKind::iteration_end);
  const Vec2 at = ready_chip(driver, *store, i, 0);
  driver.click(i, at);
  const Commands again = driver.click(i, at);
  ASSERT_EQ(again.size(), 1U);
  ASSERT_TRUE(std::holds_alternative<command::Seek>(again[0]));
  EXPECT_EQ(store->event(std::get<command::Seek>(again[0]).event).kind, EventKind::handle_queued);
}

TEST(LoopPanel, Glows_at_once_and_explains_after_300_ms) {
  const auto store = busy_trace({});
  PanelDriver driver(store, draw_loop_panel);
  const EventIndex i = find(*store, EventKind::iteration_end);
  driver.clock = 10;
  driver.move(ready_chip(driver, *store, i, 0));
  driver.draw(i);
  EXPECT_EQ(driver.view.next_hovered, (Selection{Selection::Kind::task, 2}));
  driver.clock = 10.2;
  driver.draw(i);
  const std::size_t before = driver.drawn.size();
  driver.clock = 10.31;
  driver.draw(i);
  EXPECT_GT(driver.drawn.size(), before + 100);
  driver.move({1, 1});
  driver.draw(i);
  EXPECT_EQ(driver.view.next_hovered, Selection{});
}

TEST(LoopPanel, Draws_no_more_for_ten_thousand_handles_and_timers_than_for_forty) {
  const auto few = busy_trace({.fds = 40, .timers = 40, .ready = 40, .tasks = 0});
  const auto many = busy_trace({.fds = 40, .timers = 10000, .ready = 10000, .tasks = 0});
  std::size_t drawn[2];
  for (const auto& [store, out] : {std::pair{few, &drawn[0]}, {many, &drawn[1]}}) {
    PanelDriver driver(store, draw_loop_panel);
    driver.draw(find(*store, EventKind::iteration_end));
    *out = driver.drawn.size();
  }
  EXPECT_LT(drawn[1], drawn[0] + drawn[0] / 10);
}

TEST(LoopPanel, Has_a_picture_before_any_loop_exists_and_in_panels_of_any_size) {
  const auto store = sample_trace();
  for (const Vec2 window : {Vec2{1600, 1000}, Vec2{900, 600}, Vec2{640, 480}, Vec2{320, 240}, Vec2{80, 60}}) {
    PanelDriver driver(store, draw_loop_panel, window);
    for (EventIndex i = 0; i < store->size(); i += 7) driver.draw(i);
  }
}

// ---- the tasks panel ----

TEST(TasksPanel, Stays_inside_its_frame_at_every_event) {
  for (const Vec2 window : {Vec2{1600, 1000}, Vec2{1280, 720}, Vec2{1000, 700}})
    for (const Busy& busy : busy_kinds()) {
      const auto store = busy_trace(busy);
      PanelDriver driver(store, draw_tasks_panel, window);
      for (EventIndex i = 0; i < store->size(); ++i) {
        driver.draw(i);
        SCOPED_TRACE(testing::Message() << "event " << i << " at " << window.x);
        // Rows at the edge of the view are clipped: only the width can spill over.
        const Rect seen = driver.extent();
        EXPECT_GE(seen.x, driver.layout.tasks.x - 2);
        EXPECT_LE(seen.right(), driver.layout.tasks.right() + 2);
        if (testing::Test::HasFailure()) return;
      }
    }
}

TEST(TasksPanel, Selects_the_clicked_task) {
  const auto store = sample_trace();
  PanelDriver driver(store, draw_tasks_panel);
  const EventIndex i = store->size() / 3;
  const Rect& r = driver.layout.tasks;
  for (std::uint32_t row = 0; row < 3; ++row) {
    const Commands commands =
        driver.click(i, {r.center().x, r.y + 36 + 56 * (static_cast<float>(row) + .5F)});
    ASSERT_EQ(commands.size(), 1U);
    EXPECT_EQ(std::get<command::Select>(commands[0]).what, (Selection{Selection::Kind::task, row + 1}));
  }
  EXPECT_TRUE(driver.click(i, {r.center().x, r.y + 20}).empty());
}

TEST(TasksPanel, Scrolls_by_the_wheel_and_draws_only_what_is_in_view) {
  const auto store = busy_trace({.timers = 0, .ready = 0, .tasks = 20000});
  PanelDriver driver(store, draw_tasks_panel);
  const EventIndex i = find(*store, EventKind::iteration_end);
  driver.draw(i);
  EXPECT_LT(driver.drawn.size(), 20000U);
  const Rect& r = driver.layout.tasks;
  driver.move(r.center());
  ImGui::GetIO().MouseWheel = -3;
  driver.draw(i);
  EXPECT_FLOAT_EQ(driver.view.tasks_scroll, 168);
  const Commands commands = driver.click(i, {r.center().x, r.y + 40});
  ASSERT_EQ(commands.size(), 1U);
  driver.view.tasks_scroll = 1e9F;
  driver.draw(i);
  EXPECT_FLOAT_EQ(driver.view.tasks_scroll, 20001 * 56 - std::floor((r.h - 36 - 2) / 56) * 56);  // whole rows
  const std::clock_t begin = std::clock();  // of this process: other work on the machine does not count
  for (int k = 0; k < 20; ++k) driver.draw(i);
  EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / 20, .1);
}

TEST(LoopTabs, Of_many_loops_each_can_be_reached_with_the_mouse) {
  constexpr std::uint32_t kLoops = 30;
  TraceBuilder b;
  for (std::uint32_t k = 0; k < kLoops; ++k) b.loop();
  b.store->finish();
  HeadlessDriver driver(b.store, 1280, 720);
  driver.viewer.apply(command::Seek{kLoops - 1});
  driver.frame(2);
  driver.viewer.apply(command::ShowLoop{LoopId{1}});
  const Rect panel = driver.layout().loop;
  const auto shown = [&] { return driver.viewer.view().loop_shown; };
  // The arrow at the right end, again and again.
  for (std::uint32_t round = 0; round < kLoops && shown() != LoopId{kLoops}; ++round) {
    const LoopId before = shown();
    for (float x = panel.right() - 110; x > panel.x + 90 && shown() == before; x -= 10)
      driver.click({x, panel.y + 18});
    ASSERT_GT(shown().value, before.value);
  }
  EXPECT_EQ(shown(), LoopId{kLoops});
}

}  // namespace
}  // namespace loopscope::viz
