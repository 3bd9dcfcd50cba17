#pragma once

#include <string>

#include "core/net/stream_reader.h"
#include "core/net/stream_writer.h"
#include "core/task/coroutine.h"

namespace loopscope {

struct Streams {
  Ref<StreamReader> reader;
  Ref<StreamWriter> writer;
};
std::string trace_repr(const Streams& streams);

/// asyncio.open_connection: connects, then waits for the transport (S66). ConnectionRefusedError
/// when nobody listens. `limit`: the reader's, in bytes.
Coroutine<Streams> open_connection(EventLoop& loop, std::string host, std::uint16_t port,
                                   std::int64_t limit = StreamReader::kDefaultLimit);
/// The same over a socket that is connected already.
Coroutine<Streams> open_connection(EventLoop& loop, Ref<Socket> socket,
                                   std::int64_t limit = StreamReader::kDefaultLimit);

}  // namespace loopscope
