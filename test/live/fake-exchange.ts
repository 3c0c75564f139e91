import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** A request as the exchange saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  /** The query as it was sent. */
  readonly search: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An answer; a `body` that is not a text is sent as JSON. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The fault: another answer, or no answer. */
export type Fault =
  | Reply
  /** The connection is reset before an answer. */
  | 'reset'
  /** Half of the answer comes, then the connection ends. */
  | 'cut'
  /** Nothing comes. */
  | 'hang'
  /** A byte comes every 50 ms. */
  | 'trickle';

/** How a handshake is refused. */
interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Which socket: of marks, or of an account. */
export type Route = 'market' | 'private';

export type Handler = (seen: Seen) => Reply;

/** An exchange on 127.0.0.1, HTTP and sockets, that does what a test wants. */
export class FakeExchange {
  readonly seen: Seen[] = [];
  /** Frames that clients sent, by socket. */
  readonly frames: { readonly route: Route; readonly text: string }[] = [];
  /** The addresses of all handshakes. */
  readonly handshakes: string[] = [];
  /** What is subtracted from our clock gives that of the exchange. */
  skewMs = 0;
  /** Answers of the exchange to frames; by default each subscription is acknowledged. */
  acknowledge: (text: string) => string | undefined = (text) => acknowledgement(text);
  /** Sent to a socket as soon as it is open. */
  onOpen: ((route: Route, socket: WebSocket) => void) | undefined;
  readonly #server: Server = createServer((request, response) => void this.#serve(request, response));
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #open: Record<Route, Set<WebSocket>> = { market: new Set(), private: new Set() };
  readonly #handlers = new Map<string, Handler>();
  readonly #faults = new Map<string, { readonly fault: Fault; left: number }[]>();
  readonly #refusals: (Refusal | 'reset')[] = [];
  /** Sockets that are open and no longer get frames. */
  readonly #deaf = new Set<WebSocket>();
  /** How long an answer to a request takes. */
  latencyMs = 0;
  /** Which socket an address is; `undefined` refuses the handshake. */
  routeOf: (path: string, query: URLSearchParams) => Route | undefined = (path) => {
    if (path.startsWith('/market/')) return 'market';
    return path.startsWith('/private/') ? 'private' : undefined;
  };

  constructor() {
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
  }

  /** Milliseconds of the exchange's clock. */
  now(): number {
    return Date.now() + this.skewMs;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    for (const socket of [...this.#open.market, ...this.#open.private, ...this.#deaf]) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How requests to `GET /path` are answered. */
  on(methodAndPath: string, handler: Handler): void {
    this.#handlers.set(methodAndPath, handler);
  }

  /** The next requests to a path go wrong; `*` is every path. */
  fail(path: string, fault: Fault, times = 1): void {
    this.#faults.set(path, [...(this.#faults.get(path) ?? []), { fault, left: times }]);
  }

  /** The next handshakes are refused. */
  refuseHandshake(status: number, headers: Readonly<Record<string, string>> = {}, times = 1, body = ''): void {
    for (let each = 0; each < times; each++) this.#refusals.push({ status, headers, body });
  }

  /** The next handshakes are reset before an answer. */
  resetHandshake(times = 1): void {
    for (let each = 0; each < times; each++) this.#refusals.push('reset');
  }

  /** The sockets of a route stay open and no longer get frames. */
  deafen(route: Route): readonly WebSocket[] {
    const sockets = [...this.#open[route]];
    for (const socket of sockets) {
      this.#deaf.add(socket);
      socket.on('close', () => this.#deaf.delete(socket));
    }
    this.#open[route].clear();
    return sockets;
  }

  /** The other end of the sockets of a route is gone without a word: nothing is read or answered, not even a ping. */
  freeze(route: Route): void {
    for (const socket of this.deafen(route)) socket.pause();
  }

  /** How many sockets are open that get nothing. */
  get deaf(): number {
    return this.#deaf.size;
  }

  /** Sends a frame to every socket of a route. */
  send(route: Route, frame: unknown): void {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    for (const socket of this.#open[route]) socket.send(text);
  }

  /** Closes the sockets of a route; without a code, as if the network had gone. */
  close(route: Route, code?: number): void {
    for (const socket of this.#open[route]) {
      if (code === undefined) socket.terminate();
      else socket.close(code);
    }
  }

  /** Pings the sockets of a route. */
  ping(route: Route): void {
    for (const socket of this.#open[route]) socket.ping();
  }

  /** How many sockets of a route are open. */
  count(route: Route): number {
    return this.#open[route].size;
  }

  /** The paths of all requests, in order. */
  get paths(): readonly string[] {
    return this.seen.map(({ method, path }) => `${method} ${path}`);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const seen: Seen = {
      method: request.method ?? '',
      path: pathname,
      search: search.slice(1),
      query: searchParams,
      headers: request.headers,
      body: Buffer.concat(pieces).toString(),
    };
    this.seen.push(seen);
    if (this.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
    const fault = this.#faultOf(pathname);
    if (fault === 'hang') return;
    if (fault === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const reply = typeof fault === 'object' ? fault : this.#replyTo(seen);
    const { status = 200, headers = {}, body = '' } = reply;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const length = String(Buffer.byteLength(text));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': length, ...headers });
    if (fault === 'trickle') trickle(response, text);
    else if (fault === 'cut') response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
    else response.end(text);
  }

  #replyTo(seen: Seen): Reply {
    const handler = this.#handlers.get(`${seen.method} ${seen.path}`);
    return handler ? handler(seen) : { status: 404, body: { code: -5000, msg: `Path ${seen.path} is invalid.` } };
  }

  #faultOf(path: string): Fault | undefined {
    for (const key of [path, '*']) {
      const due = this.#faults.get(key)?.find(({ left }) => left > 0);
      if (due) {
        due.left--;
        return due.fault;
      }
    }
    return undefined;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.handshakes.push(request.url ?? '');
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const refusal = this.#refusals.shift();
    if (refusal === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const route = refusal ? undefined : this.routeOf(pathname, searchParams);
    if (route === undefined) {
      const { status = 400, headers = {}, body = '' } = refusal ?? {};
      const all = { 'Content-Length': String(Buffer.byteLength(body)), ...headers };
      const lines = Object.entries(all).map(([key, value]) => `${key}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`);
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      this.#open[route].add(opened);
      opened.on('close', () => this.#open[route].delete(opened));
      opened.on('error', () => undefined);
      opened.on('message', (data: Buffer) => {
        const text = data.toString();
        this.frames.push({ route, text });
        const answer = this.acknowledge(text);
        if (answer !== undefined) opened.send(answer);
      });
      this.onOpen?.(route, opened);
    });
  }
}

/** What Binance answers to a subscription, also to one that never delivers. */
function acknowledgement(text: string): string | undefined {
  const { id } = JSON.parse(text) as { readonly id?: number };
  return id === undefined ? undefined : JSON.stringify({ result: null, id });
}

function trickle(response: ServerResponse, text: string): void {
  let at = 0;
  const timer = setInterval(() => {
    response.write(text.slice(at, ++at));
    if (at < text.length && !response.destroyed) return;
    clearInterval(timer);
    response.end();
  }, 50);
}
