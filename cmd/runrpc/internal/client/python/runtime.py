class RPCError(Exception):
    """An error that the server answers with. Those that it declares have classes of their own."""

    def __init__(self, method: str, code: int, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.method = method
        self.code = code
        self.message = message
        self.data = data


class TransportError(Exception):
    """No answer came that says anything about the call."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class TimeoutError(TransportError, builtins.TimeoutError):
    """The time for a call is over."""


class Cancelled(TransportError):
    """Somebody has cancelled the call."""


class Cancel:
    """Cancels the calls that it was handed to. It is safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._watchers: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether cancel was called."""
        return self._cancelled

    def cancel(self) -> None:
        """Ends the calls that are under way, and all others at once."""
        with self._lock:
            self._cancelled = True
            watchers, self._watchers = self._watchers, []
        for watcher in watchers:
            watcher()

    def watch(self, watcher: Callable[[], None]) -> Callable[[], None]:
        """Has a function called by cancel, or now if that was called. Returns what ends the watch."""
        with self._lock:
            if not self._cancelled:
                self._watchers.append(watcher)
                return lambda: self._leave(watcher)
        watcher()
        return lambda: None

    def _leave(self, watcher: Callable[[], None]) -> None:
        with self._lock:
            if watcher in self._watchers:
                self._watchers.remove(watcher)


class TransportContext:
    """What a transport is told beside the message."""

    def __init__(
        self,
        url: str,
        headers: Mapping[str, str],
        timeout: float | None,
        cancel: Cancel,
    ) -> None:
        self.url = url
        self.headers = headers
        self.timeout = timeout
        self.cancel = cancel


Transport: TypeAlias = Callable[[bytes, TransportContext], bytes]
"""Sends a message and returns what comes back, nothing where nothing does."""


class Request(Generic[_R]):
    """A call that is sent when it is told to be, alone or in a batch, and as often."""

    def __init__(
        self,
        connection: Connection,
        method: str,
        params: Any = None,
        *,
        errors: Mapping[int, type[RPCError]] | None = None,
        notification: bool = False,
    ) -> None:
        self.method = method
        self.params = params
        self._connection = connection
        self._errors = errors or {}
        self._notification = notification
        self._value: Any = None
        self._error: BaseException | None = RuntimeError(
            f"{method}: it has not been sent"
        )

    def send(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        cancel: Cancel | None = None,
    ) -> _R:
        """Sends the call and returns its result, or raises its error."""
        self._connection.send([self], False, timeout, headers, cancel)
        return self.result()

    async def send_async(
        self, *, timeout: float | None = None, headers: Mapping[str, str] | None = None
    ) -> _R:
        """Does as send, in a thread. Cancelling the task cancels the call."""
        await self._connection.send_async([self], False, timeout, headers)
        return self.result()

    def notify(
        self,
        *,
        timeout: float | None = None,
        headers: Mapping[str, str] | None = None,
        cancel: Cancel | None = None,
    ) -> None:
        """Sends the call as a notification, of which nobody learns what became of it."""
        self._connection.send([self.notification()], False, timeout, headers, cancel)

    def notification(self) -> Request[None]:
        """Returns the same request as a notification, for a batch."""
        return Request(
            self._connection,
            self.method,
            self.params,
            errors=self._errors,
            notification=True,
        )

    def result(self) -> _R:
        """Returns the result of the last time that it was sent, or raises its error."""
        if self._error is not None:
            raise self._error
        return cast(_R, self._value)

    def _settle(self, value: Any, error: BaseException | None) -> None:
        self._value = value
        self._error = error

    def _message(self, number: int | None) -> dict[str, Any]:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": self.method}
        if self.params is not None:
            message["params"] = self.params
        if number is not None:
            message["id"] = number
        return message

    def _failure(self, error: Mapping[str, Any]) -> RPCError:
        code = error.get("code", 0)
        known = self._errors.get(code, RPCError)
        return known(
            self.method, code, str(error.get("message", "")), error.get("data")
        )


class Connection:
    """What all namespaces of a Client have in common."""

    def __init__(
        self,
        url: str,
        headers: Mapping[str, str] | None,
        timeout: float | None,
        transport: Transport | None,
        max_answer: int,
    ) -> None:
        self._url = url
        self._headers = dict(headers or {})
        self._timeout = timeout
        self._transport = transport or urllib_transport(max_answer)
        self._numbers = itertools.count(1)

    def send(
        self,
        requests: Sequence[Request[Any]],
        batch: bool,
        timeout: float | None,
        headers: Mapping[str, str] | None,
        cancel: Cancel | None,
    ) -> None:
        """Sends requests in one message, and settles them."""
        if not requests:
            return
        waiting: dict[int, Request[Any]] = {}
        messages = []
        for request in requests:
            number = None
            if request._notification:
                request._settle(None, None)
            else:
                number = next(self._numbers)
                waiting[number] = request
            messages.append(request._message(number))
        try:
            text = json.dumps(
                messages if batch else messages[0], ensure_ascii=False, allow_nan=False
            ).encode()
            answer = self._exchange(text, timeout, headers, cancel or Cancel())
            _receive(answer, requests, waiting)
        except BaseException as error:
            for request in waiting.values():
                request._settle(None, error)
            raise

    async def send_async(
        self,
        requests: Sequence[Request[Any]],
        batch: bool,
        timeout: float | None,
        headers: Mapping[str, str] | None,
    ) -> None:
        """Does as send, in a thread."""
        cancel = Cancel()
        try:
            await asyncio.to_thread(
                self.send, requests, batch, timeout, headers, cancel
            )
        except asyncio.CancelledError:
            cancel.cancel()
            raise

    def _exchange(
        self,
        message: bytes,
        timeout: float | None,
        headers: Mapping[str, str] | None,
        cancel: Cancel,
    ) -> bytes:
        if cancel.cancelled:
            raise Cancelled("the call was cancelled")
        all_headers = {"Content-Type": "application/json", "Accept": "application/json"}
        all_headers.update(self._headers)
        all_headers.update(headers or {})
        limit = self._timeout if timeout is None else timeout
        context = TransportContext(self._url, all_headers, limit, cancel)
        try:
            return self._transport(message, context)
        except builtins.TimeoutError as error:
            if cancel.cancelled:
                raise Cancelled("the call was cancelled") from error
            raise TimeoutError(f"no answer within {limit} s") from error
        except TransportError:
            raise
        except (OSError, http.client.HTTPException) as error:
            if cancel.cancelled:
                raise Cancelled("the call was cancelled") from error
            raise TransportError(f"{self._url}: {error}") from error


def _receive(
    text: bytes, requests: Sequence[Request[Any]], waiting: dict[int, Request[Any]]
) -> None:
    if not text.strip():
        if waiting:
            raise TransportError("the answer is empty, and a call is due one")
        return
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise TransportError(f"the answer is no JSON: {text[:80]!r}") from error
    for one in answer if isinstance(answer, list) else [answer]:
        _settle(one, requests, waiting)
    if waiting:
        raise TransportError("the answer says nothing of a call")


def _settle(
    answer: Any, requests: Sequence[Request[Any]], waiting: dict[int, Request[Any]]
) -> None:
    if not isinstance(answer, dict) or (
        "result" not in answer and "error" not in answer
    ):
        raise TransportError(f"the answer is no JSON-RPC response: {str(answer)[:80]}")
    number = answer.get("id")
    request = waiting.get(number) if isinstance(number, int) else None
    error = answer.get("error")
    if isinstance(error, dict):
        if request is None and len(requests) == 1:
            raise requests[0]._failure(error)
        if request is None:  # it is about the whole message
            raise RPCError(
                "",
                error.get("code", 0),
                str(error.get("message", "")),
                error.get("data"),
            )
        request._settle(None, request._failure(error))
    elif request is not None:
        request._settle(answer.get("result"), None)
    if request is not None and number is not None:
        del waiting[number]


def _named(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if value is not _ABSENT}


def _positional(params: list[Any], rest: Any = _ABSENT) -> list[Any]:
    """Makes an array of params. What is left out between others is None."""
    while params and params[-1] is _ABSENT and rest is _ABSENT:
        params.pop()
    values = [None if value is _ABSENT else value for value in params]
    return values if rest is _ABSENT else values + list(rest)


def urllib_transport(max_answer: int = 64 * 2**20) -> Transport:
    """Sends messages with urllib. It follows no redirects: they lead to pages for people."""

    def transport(message: bytes, context: TransportContext) -> bytes:
        opener = urllib.request.OpenerDirector()
        handlers = [
            urllib.request.ProxyHandler(),
            urllib.request.UnknownHandler(),
            _HTTPHandler(context.cancel),
            _HTTPSHandler(context.cancel),
        ]
        for handler in handlers:
            opener.add_handler(handler)
        request = urllib.request.Request(
            context.url, message, dict(context.headers), method="POST"
        )
        end = None if context.timeout is None else time.monotonic() + context.timeout
        try:
            with opener.open(request, timeout=context.timeout) as response:
                text = _read(response, max_answer, end)
                return _checked(context.url, response.status, text)
        except urllib.error.URLError as error:
            raise (
                error.reason if isinstance(error.reason, OSError) else error
            ) from error

    return transport


def httpx_transport(client: _HTTPX) -> Transport:
    """Sends messages with an httpx.Client, which has its own settings for redirects and for connections."""

    def transport(message: bytes, context: TransportContext) -> bytes:
        try:
            response = client.post(
                context.url,
                content=message,
                headers=dict(context.headers),
                timeout=context.timeout,
            )
        except Exception as error:
            if "Timeout" in type(error).__name__:
                raise builtins.TimeoutError(str(error)) from error
            raise TransportError(f"{context.url}: {error}") from error
        return _checked(context.url, response.status_code, response.content)

    return transport


class _HTTPXResponse(Protocol):
    @property
    def status_code(self) -> int: ...

    @property
    def content(self) -> bytes: ...


class _HTTPX(Protocol):
    def post(
        self,
        url: str,
        *,
        content: bytes,
        headers: dict[str, str],
        timeout: float | None,
    ) -> _HTTPXResponse: ...


def _read(response: Any, most: int, end: float | None) -> bytes:
    text = bytearray()
    while chunk := response.read1(65536):
        text += chunk
        if len(text) > most:
            raise TransportError(
                f"the answer is longer than {most} bytes", response.status
            )
        if end is not None and time.monotonic() > end:
            raise builtins.TimeoutError
    return bytes(text)


def _checked(url: str, status: int, text: bytes) -> bytes:
    if status >= 300 and b'"jsonrpc"' not in text:
        raise TransportError(f"{url}: HTTP {status}: {text[:80]!r}", status)
    return text


def _watched(
    cancel: Cancel, kind: type[http.client.HTTPConnection]
) -> Callable[..., Any]:
    """Makes connections that end when a call is cancelled."""

    def make(host: str, **settings: Any) -> http.client.HTTPConnection:
        connection = kind(host, **settings)
        connect = connection.connect

        def watch() -> None:
            connect()
            sock = connection.sock
            cancel.watch(lambda: _shut(sock))

        setattr(connection, "connect", watch)
        return connection

    return make


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it is closed already


class _HTTPHandler(urllib.request.AbstractHTTPHandler):
    def __init__(self, cancel: Cancel) -> None:
        super().__init__()
        self._kind = _watched(cancel, http.client.HTTPConnection)

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._kind, request)

    http_request = urllib.request.AbstractHTTPHandler.do_request_


class _HTTPSHandler(urllib.request.AbstractHTTPHandler):
    def __init__(self, cancel: Cancel) -> None:
        super().__init__()
        self._kind = _watched(cancel, http.client.HTTPSConnection)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._kind, request)

    https_request = urllib.request.AbstractHTTPHandler.do_request_
