#include "scenarios/values/python_names.h"

#include <algorithm>

/// CPython 3.11's own names: dir() of an object of each type, less what every object has.
namespace loopscope::scenarios {
namespace {

struct Row {
  std::string_view type, names;
};

constexpr Row kRows[] = {
    {"AttributeError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "name obj with_traceback"},
    {"BaseException",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "with_traceback"},
    {"BaseExceptionGroup",
     "__cause__ __class_getitem__ __context__ __dict__ __setstate__ __suppress_context__ "
     "__traceback__ add_note args derive exceptions message split subgroup with_traceback"},
    {"Exception",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "with_traceback"},
    {"ExceptionGroup",
     "__cause__ __class_getitem__ __context__ __dict__ __module__ __setstate__ __suppress_context__ "
     "__traceback__ __weakref__ add_note args derive exceptions message split subgroup with_traceback"},
    {"ImportError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "msg name path with_traceback"},
    {"KeyError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "with_traceback"},
    {"NameError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "name with_traceback"},
    {"NoneType", "__bool__"},
    {"OSError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "characters_written errno filename filename2 strerror with_traceback"},
    {"StopIteration",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "value with_traceback"},
    {"SyntaxError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "end_lineno end_offset filename lineno msg offset print_file_and_line text with_traceback"},
    {"SystemExit",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "code with_traceback"},
    {"UnicodeDecodeError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "encoding end object reason start with_traceback"},
    {"UnicodeEncodeError",
     "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__ add_note args "
     "encoding end object reason start with_traceback"},
    {"_asyncio.Future",
     "__await__ __class_getitem__ __del__ __iter__ _asyncio_future_blocking _callbacks "
     "_cancel_message _exception _log_traceback _loop _make_cancelled_error _result _source_traceback "
     "_state add_done_callback cancel cancelled done exception get_loop remove_done_callback result "
     "set_exception set_result"},
    {"_asyncio.Task",
     "__await__ __class_getitem__ __del__ __iter__ _asyncio_future_blocking _callbacks "
     "_cancel_message _coro _exception _fut_waiter _log_destroy_pending _log_traceback _loop "
     "_make_cancelled_error _must_cancel _result _source_traceback _state add_done_callback cancel "
     "cancelled cancelling done exception get_coro get_loop get_name get_stack print_stack "
     "remove_done_callback result set_exception set_name set_result uncancel"},
    {"_thread.lock",
     "__enter__ __exit__ __module__ _at_fork_reinit acquire acquire_lock locked locked_lock release "
     "release_lock"},
    {"async_generator",
     "__aiter__ __anext__ __class_getitem__ __del__ __name__ __qualname__ aclose ag_await ag_code "
     "ag_frame ag_running asend athrow"},
    {"asyncio.base_events.Server",
     "__aenter__ __aexit__ __dict__ __module__ __weakref__ _active_count _attach _backlog _detach "
     "_loop _protocol_factory _serving _serving_forever_fut _sockets _ssl_context "
     "_ssl_handshake_timeout _ssl_shutdown_timeout _start_serving _waiters _wakeup close get_loop "
     "is_serving serve_forever sockets start_serving wait_closed"},
    {"asyncio.events.Handle",
     "__module__ __slots__ __weakref__ _args _callback _cancelled _context _loop _repr _repr_info "
     "_run _source_traceback cancel cancelled"},
    {"asyncio.events.TimerHandle",
     "__module__ __slots__ __weakref__ _args _callback _cancelled _context _loop _repr _repr_info "
     "_run _scheduled _source_traceback _when cancel cancelled when"},
    {"asyncio.exceptions.CancelledError",
     "__cause__ __context__ __dict__ __module__ __setstate__ __suppress_context__ __traceback__ "
     "__weakref__ add_note args with_traceback"},
    {"asyncio.exceptions.IncompleteReadError",
     "__cause__ __context__ __dict__ __module__ __setstate__ __suppress_context__ __traceback__ "
     "__weakref__ add_note args expected partial with_traceback"},
    {"asyncio.exceptions.LimitOverrunError",
     "__cause__ __context__ __dict__ __module__ __setstate__ __suppress_context__ __traceback__ "
     "__weakref__ add_note args consumed with_traceback"},
    {"asyncio.locks.Barrier",
     "__aenter__ __aexit__ __dict__ __module__ __weakref__ _block _cond _count _exit _get_loop _loop "
     "_parties _release _state _wait abort broken n_waiting parties reset wait"},
    {"asyncio.locks.BoundedSemaphore",
     "__aenter__ __aexit__ __dict__ __module__ __weakref__ _bound_value _get_loop _loop _value "
     "_waiters _wake_up_next acquire locked release"},
    {"asyncio.locks.Condition",
     "__aenter__ __aexit__ __dict__ __module__ __weakref__ _get_loop _lock _loop _waiters acquire "
     "locked notify notify_all release wait wait_for"},
    {"asyncio.locks.Event",
     "__dict__ __module__ __weakref__ _get_loop _loop _value _waiters clear is_set set wait"},
    {"asyncio.locks.Lock",
     "__aenter__ __aexit__ __dict__ __module__ __weakref__ _get_loop _locked _loop _waiters "
     "_wake_up_first acquire locked release"},
    {"asyncio.locks.Semaphore",
     "__aenter__ __aexit__ __dict__ __module__ __weakref__ _get_loop _loop _value _waiters "
     "_wake_up_next acquire locked release"},
    {"asyncio.queues.LifoQueue",
     "__class_getitem__ __dict__ __module__ __weakref__ _finished _format _get _get_loop _getters "
     "_init _loop _maxsize _put _putters _queue _unfinished_tasks _wakeup_next empty full get "
     "get_nowait join maxsize put put_nowait qsize task_done"},
    {"asyncio.queues.PriorityQueue",
     "__class_getitem__ __dict__ __module__ __weakref__ _finished _format _get _get_loop _getters "
     "_init _loop _maxsize _put _putters _queue _unfinished_tasks _wakeup_next empty full get "
     "get_nowait join maxsize put put_nowait qsize task_done"},
    {"asyncio.queues.Queue",
     "__class_getitem__ __dict__ __module__ __weakref__ _finished _format _get _get_loop _getters "
     "_init _loop _maxsize _put _putters _queue _unfinished_tasks _wakeup_next empty full get "
     "get_nowait join maxsize put put_nowait qsize task_done"},
    {"asyncio.runners.Runner",
     "__dict__ __enter__ __exit__ __module__ __weakref__ _context _debug _interrupt_count _lazy_init "
     "_loop _loop_factory _on_sigint _set_event_loop _state close get_loop run"},
    {"asyncio.selector_events._SelectorSocketTransport",
     "__del__ __dict__ __module__ __slots__ __weakref__ _add_reader _buffer _buffer_factory "
     "_call_connection_lost _closing _conn_lost _empty_waiter _eof _extra _fatal_error _force_close "
     "_high_water _loop _low_water _make_empty_waiter _maybe_pause_protocol _maybe_resume_protocol "
     "_paused _protocol _protocol_connected _protocol_paused _read_ready _read_ready__data_received "
     "_read_ready__get_buffer _read_ready__on_eof _read_ready_cb _reset_empty_waiter "
     "_sendfile_compatible _server _set_write_buffer_limits _sock _sock_fd _start_tls_compatible "
     "_write_ready abort can_write_eof close get_extra_info get_protocol get_write_buffer_limits "
     "get_write_buffer_size is_closing is_reading max_size pause_reading resume_reading set_protocol "
     "set_write_buffer_limits write write_eof writelines"},
    {"asyncio.streams.StreamReader",
     "__aiter__ __anext__ __dict__ __module__ __weakref__ _buffer _eof _exception _limit _loop "
     "_maybe_resume_transport _paused _source_traceback _transport _wait_for_data _waiter "
     "_wakeup_waiter at_eof exception feed_data feed_eof read readexactly readline readuntil "
     "set_exception set_transport"},
    {"asyncio.streams.StreamWriter",
     "__del__ __dict__ __module__ __weakref__ _complete_fut _loop _protocol _reader _transport "
     "can_write_eof close drain get_extra_info is_closing start_tls transport wait_closed write "
     "write_eof writelines"},
    {"asyncio.taskgroups.TaskGroup",
     "__aenter__ __aexit__ __dict__ __module__ __weakref__ _abort _aborting _base_error _entered "
     "_errors _exiting _is_base_error _loop _on_completed_fut _on_task_done _parent_cancel_requested "
     "_parent_task _tasks create_task"},
    {"asyncio.tasks._GatheringFuture",
     "__await__ __class_getitem__ __del__ __iter__ __module__ _asyncio_future_blocking _callbacks "
     "_cancel_message _exception _log_traceback _loop _make_cancelled_error _result _source_traceback "
     "_state add_done_callback cancel cancelled done exception get_loop remove_done_callback result "
     "set_exception set_result"},
    {"asyncio.timeouts.Timeout",
     "__aenter__ __aexit__ __dict__ __final__ __module__ __weakref__ _on_timeout _state _task "
     "_timeout_handler _when expired reschedule when"},
    {"asyncio.trsock.TransportSocket",
     "__module__ __slots__ _sock dup family fileno get_inheritable getpeername getsockbyname "
     "getsockname getsockopt gettimeout proto setblocking setsockopt settimeout shutdown type"},
    {"asyncio.unix_events._UnixSelectorEventLoop",
     "__del__ __dict__ __module__ __weakref__ _accept_connection _accept_connection2 _add_callback "
     "_add_callback_signalsafe _add_reader _add_writer _asyncgen_finalizer_hook "
     "_asyncgen_firstiter_hook _asyncgens _asyncgens_shutdown_called _call_soon _check_callback "
     "_check_closed _check_default_executor _check_running _check_sendfile_params _check_signal "
     "_check_thread _child_watcher_callback _clock_resolution _close_self_pipe _closed _connect_sock "
     "_coroutine_origin_tracking_enabled _coroutine_origin_tracking_saved_depth "
     "_create_connection_transport _create_server_getaddrinfo _csock _current_handle _debug "
     "_default_executor _do_shutdown _ensure_fd_no_transport _ensure_resolved _exception_handler "
     "_executor_shutdown_called _getaddrinfo_debug _handle_signal _internal_fds _log_subprocess "
     "_make_datagram_transport _make_read_pipe_transport _make_self_pipe _make_socket_transport "
     "_make_ssl_transport _make_subprocess_transport _make_write_pipe_transport _process_events "
     "_process_self_data _read_from_self _ready _remove_reader _remove_writer _run_once _scheduled "
     "_selector _sendfile_fallback _sendfile_native _set_coroutine_origin_tracking _signal_handlers "
     "_sock_accept _sock_add_cancellation_callback _sock_connect _sock_connect_cb _sock_read_done "
     "_sock_recv _sock_recv_into _sock_recvfrom _sock_recvfrom_into _sock_sendall "
     "_sock_sendfile_fallback _sock_sendfile_native _sock_sendfile_native_impl "
     "_sock_sendfile_update_filepos _sock_sendto _sock_write_done _ssock _start_serving _stop_serving "
     "_stopping _task_factory _thread_id _timer_cancelled_count _timer_handle_cancelled _transports "
     "_write_to_self add_reader add_signal_handler add_writer call_at call_exception_handler "
     "call_later call_soon call_soon_threadsafe close connect_accepted_socket connect_read_pipe "
     "connect_write_pipe create_connection create_datagram_endpoint create_future create_server "
     "create_task create_unix_connection create_unix_server default_exception_handler get_debug "
     "get_exception_handler get_task_factory getaddrinfo getnameinfo is_closed is_running "
     "remove_reader remove_signal_handler remove_writer run_forever run_in_executor "
     "run_until_complete sendfile set_debug set_default_executor set_exception_handler "
     "set_task_factory shutdown_asyncgens shutdown_default_executor slow_callback_duration "
     "sock_accept sock_connect sock_recv sock_recv_into sock_recvfrom sock_recvfrom_into sock_sendall "
     "sock_sendfile sock_sendto start_tls stop subprocess_exec subprocess_shell time"},
    {"bool",
     "__abs__ __add__ __and__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ "
     "__getnewargs__ __index__ __int__ __invert__ __lshift__ __mod__ __mul__ __neg__ __or__ __pos__ "
     "__pow__ __radd__ __rand__ __rdivmod__ __rfloordiv__ __rlshift__ __rmod__ __rmul__ __ror__ "
     "__round__ __rpow__ __rrshift__ __rshift__ __rsub__ __rtruediv__ __rxor__ __sub__ __truediv__ "
     "__trunc__ __xor__ as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag "
     "numerator real to_bytes"},
    {"builtin_function_or_method", "__call__ __module__ __name__ __qualname__ __self__ __text_signature__"},
    {"bytes",
     "__add__ __bytes__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mod__ __mul__ "
     "__rmod__ __rmul__ capitalize center count decode endswith expandtabs find fromhex hex index "
     "isalnum isalpha isascii isdigit islower isspace istitle isupper join ljust lower lstrip "
     "maketrans partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit "
     "rstrip split splitlines startswith strip swapcase title translate upper zfill"},
    {"concurrent.futures._base.Future",
     "_Future__get_result __class_getitem__ __dict__ __module__ __weakref__ _condition "
     "_done_callbacks _exception _invoke_callbacks _result _state _waiters add_done_callback cancel "
     "cancelled done exception result running set_exception set_result set_running_or_notify_cancel"},
    {"concurrent.futures.process.ProcessPoolExecutor",
     "__dict__ __enter__ __exit__ __module__ __weakref__ _adjust_process_count _broken _call_queue "
     "_cancel_pending_futures _executor_manager_thread _executor_manager_thread_wakeup "
     "_idle_worker_semaphore _initargs _initializer _launch_processes _max_tasks_per_child "
     "_max_workers _mp_context _pending_work_items _processes _queue_count _result_queue "
     "_safe_to_dynamically_spawn_children _shutdown_lock _shutdown_thread _spawn_process "
     "_start_executor_manager_thread _work_ids map shutdown submit"},
    {"concurrent.futures.thread.ThreadPoolExecutor",
     "__dict__ __enter__ __exit__ __module__ __weakref__ _adjust_thread_count _broken _counter "
     "_idle_semaphore _initargs _initializer _initializer_failed _max_workers _shutdown "
     "_shutdown_lock _thread_name_prefix _threads _work_queue map shutdown submit"},
    {"coroutine",
     "__await__ __del__ __name__ __qualname__ close cr_await cr_code cr_frame cr_origin cr_running "
     "cr_suspended send throw"},
    {"dict",
     "__class_getitem__ __contains__ __delitem__ __getitem__ __ior__ __iter__ __len__ __or__ "
     "__reversed__ __ror__ __setitem__ clear copy fromkeys get items keys pop popitem setdefault "
     "update values"},
    {"dict_items",
     "__and__ __contains__ __iter__ __len__ __or__ __rand__ __reversed__ __ror__ __rsub__ __rxor__ "
     "__sub__ __xor__ isdisjoint mapping"},
    {"dict_keys",
     "__and__ __contains__ __iter__ __len__ __or__ __rand__ __reversed__ __ror__ __rsub__ __rxor__ "
     "__sub__ __xor__ isdisjoint mapping"},
    {"dict_values", "__iter__ __len__ __reversed__ mapping"},
    {"float",
     "__abs__ __add__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ __getformat__ "
     "__getnewargs__ __int__ __mod__ __mul__ __neg__ __pos__ __pow__ __radd__ __rdivmod__ "
     "__rfloordiv__ __rmod__ __rmul__ __round__ __rpow__ __rsub__ __rtruediv__ __sub__ __truediv__ "
     "__trunc__ as_integer_ratio conjugate fromhex hex imag is_integer real"},
    {"function",
     "__annotations__ __builtins__ __call__ __closure__ __code__ __defaults__ __dict__ __get__ "
     "__globals__ __kwdefaults__ __module__ __name__ __qualname__"},
    {"functools.partial",
     "__call__ __class_getitem__ __dict__ __module__ __setstate__ __vectorcalloffset__ args func "
     "keywords"},
    {"generator",
     "__del__ __iter__ __name__ __next__ __qualname__ close gi_code gi_frame gi_running gi_suspended "
     "gi_yieldfrom send throw"},
    {"int",
     "__abs__ __add__ __and__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ "
     "__getnewargs__ __index__ __int__ __invert__ __lshift__ __mod__ __mul__ __neg__ __or__ __pos__ "
     "__pow__ __radd__ __rand__ __rdivmod__ __rfloordiv__ __rlshift__ __rmod__ __rmul__ __ror__ "
     "__round__ __rpow__ __rrshift__ __rshift__ __rsub__ __rtruediv__ __rxor__ __sub__ __truediv__ "
     "__trunc__ __xor__ as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag "
     "numerator real to_bytes"},
    {"list",
     "__add__ __class_getitem__ __contains__ __delitem__ __getitem__ __iadd__ __imul__ __iter__ "
     "__len__ __mul__ __reversed__ __rmul__ __setitem__ append clear copy count extend index insert "
     "pop remove reverse sort"},
    {"list_iterator", "__iter__ __length_hint__ __next__ __setstate__"},
    {"method", "__call__ __func__ __self__"},
    {"object",
     "__class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ "
     "__gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ "
     "__reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__"},
    {"queue.Queue",
     "__class_getitem__ __dict__ __module__ __weakref__ _get _init _put _qsize all_tasks_done empty "
     "full get get_nowait join maxsize mutex not_empty not_full put put_nowait qsize queue task_done "
     "unfinished_tasks"},
    {"range", "__bool__ __contains__ __getitem__ __iter__ __len__ __reversed__ count index start step stop"},
    {"selectors.EpollSelector",
     "_EVENT_READ _EVENT_WRITE __abstractmethods__ __dict__ __enter__ __exit__ __module__ __weakref__ "
     "_abc_impl _fd_to_key _fileobj_lookup _key_from_fd _map _selector _selector_cls close fileno "
     "get_key get_map modify register select unregister"},
    {"set",
     "__and__ __class_getitem__ __contains__ __iand__ __ior__ __isub__ __iter__ __ixor__ __len__ "
     "__or__ __rand__ __ror__ __rsub__ __rxor__ __sub__ __xor__ add clear copy difference "
     "difference_update discard intersection intersection_update isdisjoint issubset issuperset pop "
     "remove symmetric_difference symmetric_difference_update union update"},
    {"slice", "indices start step stop"},
    {"socket.socket",
     "__del__ __enter__ __exit__ __module__ __slots__ __weakref__ _accept _check_sendfile_params "
     "_closed _decref_socketios _io_refs _real_close _sendfile_use_send _sendfile_use_sendfile accept "
     "bind close connect connect_ex detach dup family fileno get_inheritable getblocking getpeername "
     "getsockname getsockopt gettimeout listen makefile proto recv recv_into recvfrom recvfrom_into "
     "recvmsg recvmsg_into send sendall sendfile sendmsg sendmsg_afalg sendto set_inheritable "
     "setblocking setsockopt settimeout shutdown timeout type"},
    {"str",
     "__add__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mod__ __mul__ __rmod__ "
     "__rmul__ capitalize casefold center count encode endswith expandtabs find format format_map "
     "index isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable "
     "isspace istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix "
     "replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase "
     "title translate upper zfill"},
    {"threading.Event",
     "__dict__ __module__ __weakref__ _at_fork_reinit _cond _flag clear isSet is_set set wait"},
    {"threading.Thread",
     "__dict__ __module__ __weakref__ _args _bootstrap _bootstrap_inner _daemonic _delete _ident "
     "_initialized _invoke_excepthook _is_stopped _kwargs _name _native_id _reset_internal_locks "
     "_set_ident _set_native_id _set_tstate_lock _started _stderr _stop _target _tstate_lock "
     "_wait_for_tstate_lock daemon getName ident isDaemon is_alive join name native_id run setDaemon "
     "setName start"},
    {"threading._MainThread",
     "__dict__ __module__ __weakref__ _args _bootstrap _bootstrap_inner _daemonic _delete _ident "
     "_initialized _invoke_excepthook _is_stopped _kwargs _name _native_id _reset_internal_locks "
     "_set_ident _set_native_id _set_tstate_lock _started _stderr _stop _target _tstate_lock "
     "_wait_for_tstate_lock daemon getName ident isDaemon is_alive join name native_id run setDaemon "
     "setName start"},
    {"tuple",
     "__add__ __class_getitem__ __contains__ __getitem__ __getnewargs__ __iter__ __len__ __mul__ "
     "__rmul__ count index"},
    {"type",
     "__abstractmethods__ __annotations__ __base__ __bases__ __basicsize__ __call__ __dict__ "
     "__dictoffset__ __flags__ __instancecheck__ __itemsize__ __module__ __mro__ __name__ __or__ "
     "__prepare__ __qualname__ __ror__ __subclasscheck__ __subclasses__ __text_signature__ "
     "__weakrefoffset__ mro"},
    {"builtins",
     "__name__ __doc__ __package__ __loader__ __spec__ __build_class__ __import__ abs all any ascii "
     "bin breakpoint callable chr compile delattr dir divmod eval exec format getattr globals hasattr "
     "hash hex id input isinstance issubclass iter aiter len locals max min next anext oct ord pow "
     "print repr round setattr sorted sum vars None Ellipsis NotImplemented False True bool "
     "memoryview bytearray bytes classmethod complex dict enumerate filter float frozenset property "
     "int list map object range reversed set slice staticmethod str super tuple type zip __debug__ "
     "BaseException BaseExceptionGroup Exception GeneratorExit KeyboardInterrupt SystemExit "
     "ArithmeticError AssertionError AttributeError BufferError EOFError ImportError LookupError "
     "MemoryError NameError OSError ReferenceError RuntimeError StopAsyncIteration StopIteration "
     "SyntaxError SystemError TypeError ValueError Warning FloatingPointError OverflowError "
     "ZeroDivisionError BytesWarning DeprecationWarning EncodingWarning FutureWarning ImportWarning "
     "PendingDeprecationWarning ResourceWarning RuntimeWarning SyntaxWarning UnicodeWarning "
     "UserWarning BlockingIOError ChildProcessError ConnectionError FileExistsError FileNotFoundError "
     "InterruptedError IsADirectoryError NotADirectoryError PermissionError ProcessLookupError "
     "TimeoutError IndentationError IndexError KeyError ModuleNotFoundError NotImplementedError "
     "RecursionError UnboundLocalError UnicodeError BrokenPipeError ConnectionAbortedError "
     "ConnectionRefusedError ConnectionResetError TabError UnicodeDecodeError UnicodeEncodeError "
     "UnicodeTranslateError ExceptionGroup EnvironmentError IOError open quit exit copyright credits "
     "license help"},
};

}  // namespace

std::vector<std::string_view> python_names(std::string_view type) {
  const auto row =
      std::find_if(std::begin(kRows), std::end(kRows), [&](const Row& one) { return one.type == type; });
  std::vector<std::string_view> names;
  if (row == std::end(kRows)) return names;
  for (std::string_view rest = row->names; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    names.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

}  // namespace loopscope::scenarios
