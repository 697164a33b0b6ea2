/** How a message is sent, and its answer is received: what a Client needs of a network. */
export type Transport = (
  message: string,
  context: TransportContext,
) => Promise<string>;

/** What a Transport is told beside the message. */
export interface TransportContext {
  url: string;
  headers: Record<string, string>;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Options of a Client. */
export interface ClientOptions {
  /** Sent with each message. */
  headers?: Record<string, string>;
  /** Milliseconds until a call ends with a TimeoutError: 30,000 if it is left out, Infinity for never. */
  timeout?: number;
  /** Used in place of the global fetch. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  /** Used in place of HTTP. */
  transport?: Transport;
  /** Most characters of an answer: 64 Mi if it is left out. */
  maxAnswer?: number;
  /** Used in place of the global JSON, for integers beyond 2^53 for example. */
  json?: { parse(text: string): unknown; stringify(value: unknown): string };
}

/** Options of one message, before those of the Client. */
export interface CallOptions {
  headers?: Record<string, string>;
  timeout?: number;
  /** Ends the call with the signal's reason. */
  signal?: AbortSignal;
}

/** An error that the server answers with. Those that it declares have classes of their own. */
export class RPCError extends Error {
  constructor(
    readonly method: string,
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** No answer came that says anything about the call. */
export class TransportError extends Error {
  constructor(
    message: string,
    /** The status of HTTP, if there is one. */
    readonly status?: number,
    readonly reason?: unknown,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** The time for a call is over. */
export class TimeoutError extends TransportError {}

type ErrorClass = new (
  method: string,
  code: number,
  message: string,
  data?: unknown,
) => RPCError;

interface Shape {
  /** The names of params that are sent by position. */
  positions?: readonly string[];
  /** The elements of the last one are sent each for itself. */
  variadic?: boolean;
  /** It never has an answer. */
  notification?: boolean;
  errors?: Readonly<Record<number, ErrorClass>>;
}

type Outcome<R> = { value: R } | { error: unknown };

/** A call that is sent when it is told to be, alone or in a batch, and as often. */
export class Request<R> {
  #connection: Connection;
  #shape: Shape;
  #outcome: Outcome<R> | undefined;

  /** Generated code makes requests. */
  constructor(
    connection: Connection,
    readonly method: string,
    readonly params: unknown,
    shape: Shape = {},
  ) {
    this.#connection = connection;
    this.#shape = shape;
  }

  /** Sends the call and returns its result, or fails with its error. */
  async send(options?: CallOptions): Promise<R> {
    await this.#connection.send([this], options, false);
    return this.result();
  }

  /** Sends the call as a notification, of which nobody learns what became of it. */
  async notify(options?: CallOptions): Promise<void> {
    await this.#connection.send([this.notification()], options, false);
  }

  /** Returns the same request as a notification, for a batch. */
  notification(): Request<void> {
    return new Request<void>(this.#connection, this.method, this.params, {
      ...this.#shape,
      notification: true,
    });
  }

  /** Returns the result of the last time that it was sent, or throws its error. */
  result(): R {
    const outcome = this.#outcome;
    if (outcome === undefined) {
      throw new Error(
        `${this.method}: it has not been sent, or is a notification`,
      );
    }
    if ("error" in outcome) {
      throw outcome.error;
    }
    return outcome.value;
  }

  /** @internal */
  get isNotification(): boolean {
    return this.#shape.notification ?? false;
  }

  /** @internal */
  message(id: number | undefined): object {
    const params = this.#shape.positions
      ? positional(
          this.params,
          this.#shape.positions,
          this.#shape.variadic ?? false,
        )
      : this.params;
    return { jsonrpc: "2.0", method: this.method, params, id };
  }

  /** @internal */
  settle(outcome: { value: unknown } | { error: unknown } | undefined): void {
    if (outcome === undefined) {
      this.#outcome = this.isNotification
        ? { value: undefined as R }
        : undefined;
    } else {
      this.#outcome = outcome as Outcome<R>;
    }
  }

  /** @internal */
  failure(error: { code: number; message: string; data?: unknown }): RPCError {
    const errors = this.#shape.errors ?? {};
    const known = Object.prototype.hasOwnProperty.call(errors, error.code)
      ? errors[error.code]
      : undefined;
    return new (known ?? RPCError)(
      this.method,
      error.code,
      error.message,
      error.data,
    );
  }
}

/** positional makes an array of params. What is left out between others is null. */
function positional(
  params: unknown,
  names: readonly string[],
  variadic: boolean,
): unknown[] {
  const values = names.map((name) =>
    isObject(params) && Object.prototype.hasOwnProperty.call(params, name)
      ? params[name]
      : undefined,
  );
  const rest = variadic ? values.pop() : undefined;
  while (
    values.length > 0 &&
    values[values.length - 1] === undefined &&
    rest === undefined
  ) {
    values.pop();
  }
  const list = values.map((value) => (value === undefined ? null : value));
  return Array.isArray(rest) ? list.concat(rest as unknown[]) : list;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A Connection is what all namespaces of a Client have in common. */
export class Connection {
  #last = 0;
  #transport: Transport;
  #json: { parse(text: string): unknown; stringify(value: unknown): string };

  constructor(
    readonly url: string,
    readonly options: ClientOptions,
  ) {
    this.#transport = options.transport ?? http(options);
    this.#json = options.json ?? JSON;
  }

  /** Sends requests in one message, and settles them. */
  async send(
    requests: readonly Request<unknown>[],
    options: CallOptions = {},
    batch: boolean,
  ): Promise<void> {
    if (requests.length === 0) {
      return;
    }
    const waiting = new Map<number, Request<unknown>>();
    const messages = requests.map((request) => {
      request.settle(undefined);
      const id = request.isNotification ? undefined : ++this.#last;
      if (id !== undefined) {
        waiting.set(id, request);
      }
      return request.message(id);
    });
    try {
      const text = await this.#exchange(
        this.#json.stringify(batch ? messages : messages[0]),
        options,
      );
      this.#receive(text, requests, waiting);
    } catch (error) {
      for (const request of waiting.values()) {
        request.settle({ error });
      }
      throw error;
    }
  }

  async #exchange(message: string, options: CallOptions): Promise<string> {
    const controller = new AbortController();
    const timeout = options.timeout ?? this.options.timeout ?? 30_000;
    const timer =
      timeout < 2 ** 31
        ? setTimeout(
            () =>
              controller.abort(
                new TimeoutError(`no answer within ${timeout} ms`),
              ),
            timeout,
          )
        : undefined;
    const cancel = () => controller.abort(options.signal?.reason);
    const ended = new Promise<never>((_, reject) => {
      controller.signal.addEventListener(
        "abort",
        () => reject(controller.signal.reason),
        { once: true },
      );
    });
    ended.catch(() => undefined);
    options.signal?.addEventListener("abort", cancel, { once: true });
    if (options.signal?.aborted) {
      cancel();
    }
    try {
      controller.signal.throwIfAborted();
      const headers = {
        "Content-Type": "application/json",
        Accept: "application/json",
        ...this.options.headers,
        ...options.headers,
      };
      return await Promise.race([
        this.#transport(message, {
          url: this.url,
          headers,
          signal: controller.signal,
        }),
        ended,
      ]);
    } finally {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", cancel);
    }
  }

  #receive(
    text: string,
    requests: readonly Request<unknown>[],
    waiting: Map<number, Request<unknown>>,
  ): void {
    if (text.trim() === "") {
      if (waiting.size > 0) {
        throw new TransportError("the answer is empty, and a call is due one");
      }
      return;
    }
    let answer: unknown;
    try {
      answer = this.#json.parse(text);
    } catch (reason) {
      throw new TransportError(
        `the answer is no JSON: ${excerpt(text)}`,
        undefined,
        reason,
      );
    }
    for (const one of Array.isArray(answer) ? answer : [answer]) {
      this.#settle(one, requests, waiting);
    }
    if (waiting.size > 0) {
      throw new TransportError("the answer says nothing of a call");
    }
  }

  #settle(
    answer: unknown,
    requests: readonly Request<unknown>[],
    waiting: Map<number, Request<unknown>>,
  ): void {
    if (
      !isObject(answer) ||
      (answer["error"] === undefined && answer["result"] === undefined)
    ) {
      throw new TransportError(
        `the answer is no JSON-RPC response: ${excerpt(this.#json.stringify(answer))}`,
      );
    }
    const id = Number(answer["id"]);
    const request =
      answer["id"] === null || answer["id"] === undefined
        ? undefined
        : waiting.get(id);
    const error = answer["error"];
    if (isObject(error)) {
      const fault = {
        code: Number(error["code"]),
        message: String(error["message"]),
        data: error["data"],
      };
      if (request === undefined) {
        // It says nothing of which call: it is about the whole message.
        const only = requests.length === 1 ? requests[0] : undefined;
        throw (
          only?.failure(fault) ??
          new RPCError("", fault.code, fault.message, fault.data)
        );
      }
      request.settle({ error: request.failure(fault) });
    } else {
      request?.settle({ value: answer["result"] });
    }
    waiting.delete(id);
  }
}

/** http sends messages with fetch. It follows no redirects: they lead to pages for people. */
function http(options: ClientOptions): Transport {
  return async (message, context) => {
    const send = options.fetch ?? globalThis.fetch;
    let response: Response;
    let text: string;
    try {
      response = await send(context.url, {
        method: "POST",
        body: message,
        headers: context.headers,
        signal: context.signal,
        redirect: "manual",
      });
      text = await read(response, options.maxAnswer ?? 64 * 2 ** 20);
    } catch (reason) {
      if (context.signal.aborted || reason instanceof TransportError) {
        throw reason;
      }
      throw new TransportError(
        `${context.url}: ${why(reason)}`,
        undefined,
        reason,
      );
    }
    if (!response.ok && !text.includes('"jsonrpc"')) {
      const status =
        response.type === "opaqueredirect"
          ? "a redirect"
          : `HTTP ${response.status}`;
      throw new TransportError(
        `${context.url}: ${status} ${excerpt(text)}`.trim(),
        response.status,
      );
    }
    return text;
  };
}

async function read(response: Response, most: number): Promise<string> {
  if (!response.body) {
    return response.text();
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (text.length > most) {
      await reader.cancel();
      throw new TransportError(`the answer is longer than ${most} characters`);
    }
    if (done) {
      return text;
    }
  }
}

function why(reason: unknown): string {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  const cause: unknown = (error as { cause?: unknown }).cause;
  return cause instanceof Error
    ? `${error.message}: ${cause.message}`
    : error.message;
}

function excerpt(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
