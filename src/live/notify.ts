import { spawn } from 'node:child_process';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { eventWords } from '../report/text/watch-words.js';
import type { WatchEvent } from '../schema/watch.js';
import { LiveError } from './failure.js';
import type { WrittenEvent } from './session-settings.js';

/** The events that are sent out. */
const SENT: ReadonlySet<WatchEvent['type']> = new Set([
  'alert',
  'clear',
  'blind',
  'seeing',
  'liquidation',
  'adl',
  'marginCall',
]);

/** Sends events somewhere; it never delays a session, and says what failed. */
export interface Notifier {
  readonly send: (event: WrittenEvent) => void;
  /** Waits until what was taken is sent, or given up. */
  readonly drained: () => Promise<void>;
}

type Fail = (message: string) => void;

const MOST_WAITING = 100;
/** So long after the end a notice that waits may still begin. */
const LAST_MS = 30_000;

/** Jobs of one key one after another, those of different keys beside each other; at most a number wait. */
class Queues {
  readonly #chains = new Map<string, Promise<void>>();
  #waiting = 0;
  #isClosed = false;

  constructor(private readonly fail: Fail) {}

  add(key: string, job: () => Promise<void>): void {
    if (this.#waiting >= MOST_WAITING) {
      this.fail(`more than ${MOST_WAITING} notices wait; one was left out`);
      return;
    }
    this.#waiting++;
    const chain = (this.#chains.get(key) ?? Promise.resolve())
      .then(() => (this.#isClosed ? undefined : job()))
      .catch((error: unknown) => this.fail(error instanceof Error ? error.message : 'failed'))
      .finally(() => {
        this.#waiting--;
        if (this.#chains.get(key) === chain) this.#chains.delete(key);
      });
    this.#chains.set(key, chain);
  }

  /** Waits for all jobs; those that have not begun after a time are left out. */
  async drained(mostMs = LAST_MS): Promise<void> {
    const timer = setTimeout(() => {
      this.#isClosed = true;
    }, mostMs);
    while (this.#chains.size > 0) await Promise.all(this.#chains.values());
    clearTimeout(timer);
  }
}

/** What is one after another: notices about one position. */
function keyOf({ event }: WrittenEvent): string {
  const { symbol = '', side = '' } = event as { readonly symbol?: string | null; readonly side?: string | null };
  return `${symbol ?? ''} ${side ?? ''}`;
}

const EXEC_MS = 30_000;
const KEY_NAMES = /^LIQCALC_.*(?:KEY|SECRET|WEBHOOK)/;

/**
 * Runs a command of the user for each event, with the event as JSON on its stdin and as variables. Nothing of an event
 * becomes part of the command, and the command does not get our keys.
 */
export function execNotifier(
  command: string,
  { env, platform }: { readonly env: Readonly<Record<string, string | undefined>>; readonly platform: string },
  fail: Fail,
  mostMs = EXEC_MS,
): Notifier {
  const queues = new Queues((message) => fail(`--exec: ${message}`));
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !KEY_NAMES.test(name)));
  const [shell, flag] = platform === 'win32' ? ['cmd.exe', '/c'] : ['/bin/sh', '-c'];
  return {
    send: (event) => {
      if (!SENT.has(event.type)) return;
      queues.add(keyOf(event), () =>
        ran(shell, [flag, command], { env: { ...own, ...variablesOf(event) }, input: event.json, mostMs }),
      );
    },
    drained: () => queues.drained(mostMs),
  };
}

/** An event as variables of a command. */
function variablesOf({ type, event }: WrittenEvent): Record<string, string> {
  const members = event as unknown as Readonly<Record<string, unknown>>;
  const text = (key: string): string => {
    const value = members[key];
    return typeof value === 'string' ? value : '';
  };
  return {
    LIQCALC_TYPE: type,
    LIQCALC_SYMBOL: text('symbol'),
    LIQCALC_SIDE: text('side'),
    LIQCALC_LEVEL: text('level'),
    LIQCALC_VALUE: text('value'),
    LIQCALC_LIQUIDATION: text('liquidationPrice'),
    LIQCALC_MARK: text('mark'),
    LIQCALC_TEXT: sentenceOf(event),
  };
}

function ran(
  shell: string,
  args: readonly string[],
  { env, input, mostMs }: { readonly env: NodeJS.ProcessEnv; readonly input: string; readonly mostMs: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(shell, args, {
      env,
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: process.platform !== 'win32',
    });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      endGroup(child.pid);
    }, mostMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else if (isLate) reject(new Error(`the command did not end within ${mostMs / 1000} s`));
      else reject(new Error(`the command ended with ${code === null ? (signal ?? 'a signal') : `code ${code}`}`));
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${input}\n`);
  });
}

/** Ends a command and what it started. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}

/** An event in one sentence. */
export function sentenceOf(event: WatchEvent): string {
  const words = eventWords(event);
  return words ? `${words.kind}: ${words.text}` : event.type;
}

const WEBHOOK_MS = 5_000;
const TRIES = 3;
const PAUSE_MS = 1_000;
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Sends events by POST as JSON, with a sentence under the keys that chat services show.
 *
 * @throws {LiveError} for an address that is neither https nor of this computer.
 */
export function webhookNotifier(address: string, fail: Fail): Notifier {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!url || !isSafe) throw new LiveError('usage', '--webhook: give an https address');
  const queues = new Queues((message) => fail(`webhook ${url.host}: ${message}`));
  return {
    send: (event) => {
      if (!SENT.has(event.type)) return;
      const text = sentenceOf(event.event);
      const body = `${event.json.slice(0, -1)},"text":${JSON.stringify(text)},"content":${JSON.stringify(text)}}`;
      queues.add(keyOf(event), () => posted(url, body));
    },
    drained: () => queues.drained(),
  };
}

async function posted(url: URL, body: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await post(url, body);
      return;
    } catch (error) {
      if (tries >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries));
    }
  }
}

function post(url: URL, body: string): Promise<void> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'liqcalc',
    };
    const sent = send(url, { method: 'POST', headers, timeout: WEBHOOK_MS }, (answer) => {
      answer.resume();
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode < 300) resolve();
      else reject(new Error(`HTTP ${statusCode}`));
    });
    sent.on('timeout', () => sent.destroy(new Error(`no answer within ${WEBHOOK_MS / 1000} s`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
