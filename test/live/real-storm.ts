import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeBinance, type FakePosition } from './fake-binance.js';
import type { Reply } from './fake-exchange.js';
import { STARTS, type Stormy } from './storm.js';
import type { ShownRow, Truth } from './truth.js';
import { ReadTerminal } from './witness.js';

/** The isolated wallet of the fake account. */
const ISOLATED = 600;
const FROZEN_MS = 25_000;

/** The fake exchange on real sockets, as a storm sees it. */
export class RealStorm implements Stormy {
  readonly symbols = STARTS.map(({ symbol }) => symbol);
  readonly #exchange = new FakeBinance();
  readonly #muted = new Set<string>();
  readonly #history = new Map<string, { readonly from: number; readonly price: string }[]>();
  #isSilent = false;
  #delayMs = 0;
  #wallet = '4400.00';
  #beat: NodeJS.Timeout | undefined;

  constructor(private readonly truth: Truth) {}

  get env(): Record<string, string> {
    return this.#exchange.env;
  }

  async start(): Promise<this> {
    await this.#exchange.start();
    this.#exchange.marks.clear();
    this.#exchange.positions.clear();
    for (const { symbol, mark, amount, entry, decimals } of STARTS) {
      const isIsolated = symbol === 'ETHUSDT';
      this.setMark(symbol, mark.toFixed(decimals));
      this.truth.mark(symbol, mark.toFixed(decimals), this.now());
      this.#hold(symbol, amount, entry, {
        marginType: isIsolated ? 'ISOLATED' : 'CROSSED',
        isolatedWallet: isIsolated ? String(ISOLATED) : '0',
      });
      this.truth.position({ symbol, amount, entry, wallet: this.#wallet }, this.now(), 'told');
    }
    this.#exchange.wallet = String(Number(this.#wallet) + ISOLATED);
    this.#beat = setInterval(() => this.#tick(), 1000);
    return this;
  }

  async stop(): Promise<void> {
    clearInterval(this.#beat);
    await this.#exchange.stop();
  }

  #tick(): void {
    if (this.#isSilent) return;
    const E = this.now() - this.#delayMs;
    for (const [s, history] of this.#history) {
      const p = (history.findLast(({ from }) => from <= E) ?? history[0])?.price;
      const data = { e: 'markPriceUpdate', E, s, p, i: p, r: '0.0001', T: E + 1e6, st: 1 };
      if (!this.#muted.has(s)) this.#exchange.send('market', { stream: `${s}@markPrice`, data });
    }
  }

  #hold(symbol: string, positionAmt: string, entryPrice: string, more: Partial<FakePosition> = {}): void {
    const { marginType = 'CROSSED', isolatedWallet = '0' } = this.#exchange.positions.get(symbol) ?? {};
    const place = { symbol, positionSide: 'BOTH', marginType, isolatedWallet, leverage: 20, ...more } as const;
    this.#exchange.positions.set(symbol, { ...place, positionAmt, entryPrice, updateTime: this.now() });
  }

  #update(symbol: string, T: number): object {
    const {
      positionAmt: pa,
      entryPrice: ep,
      marginType,
      isolatedWallet: iw,
    } = this.#exchange.positions.get(symbol) as FakePosition;
    const mt = marginType === 'ISOLATED' ? 'isolated' : 'cross';
    const wb = String(Number(this.#wallet) + ISOLATED);
    const a = {
      m: 'ORDER',
      B: [{ a: 'USDT', wb, cw: this.#wallet, bc: '0' }],
      P: [{ s: symbol, pa, ep, mt, iw, ps: 'BOTH' }],
    };
    return { e: 'ACCOUNT_UPDATE', E: T, T, a };
  }

  readonly now = (): number => this.#exchange.now();

  readonly setMark = (symbol: string, price: string): void => {
    this.#exchange.marks.set(symbol, price);
    this.#history.set(symbol, [...(this.#history.get(symbol) ?? []).slice(-30), { from: this.now(), price }]);
  };

  readonly trade: Stormy['trade'] = ({ symbol, amount, entry, wallet }, isTold) => {
    this.#wallet = wallet;
    this.#exchange.wallet = String(Number(wallet) + ISOLATED);
    this.#hold(symbol, amount, entry);
    if (isTold) this.#exchange.send('private', this.#update(symbol, this.now()));
    return isTold && this.#exchange.deaf === 0 ? 'told' : 'lost';
  };

  readonly repeat = (symbol: string, agoMs: number): void =>
    this.#exchange.send('private', this.#update(symbol, this.now() - agoMs));
  readonly garbage: Stormy['garbage'] = (of) => this.#exchange.send(of, '{"e":"markPriceUpdate","p":');
  readonly close: Stormy['close'] = (of, code) => this.#exchange.close(of, code === 1006 ? undefined : code);
  readonly refuse: Stormy['refuse'] = (status, seconds) =>
    this.#exchange.refuseHandshake(status, seconds === undefined ? {} : { 'Retry-After': String(seconds) });
  readonly silence: Stormy['silence'] = (isOn) => (this.#isSilent = isOn);
  readonly mute: Stormy['mute'] = (symbol, isOn) => {
    if (isOn) this.#muted.add(symbol);
    else this.#muted.delete(symbol);
  };
  readonly delay: Stormy['delay'] = (ms) => (this.#delayMs = ms);
  readonly slow: Stormy['slow'] = (ms) => (this.#exchange.latencyMs = ms);

  readonly dropKey = (isSaid: boolean): void => {
    if (isSaid) this.#exchange.send('private', { e: 'listenKeyExpired', E: this.now() });
    else this.#exchange.deafen('private');
    this.#exchange.listenKey = undefined;
  };

  readonly failRequests: Stormy['failRequests'] = (fault, times) => {
    const reply = (of: Exclude<typeof fault, string>): Reply => ({
      status: of.status,
      body: '<html></html>',
      headers: of.retryAfter === undefined ? {} : { 'Retry-After': of.retryAfter },
    });
    this.#exchange.fail('*', typeof fault === 'string' ? fault : reply(fault), times);
  };

  readonly freeze = (): void => {
    const sockets = [...this.#exchange.deafen('market'), ...this.#exchange.deafen('private')];
    for (const socket of sockets) socket.pause();
    // The program has noticed by then, and this side never does.
    setTimeout(() => sockets.forEach((socket) => socket.terminate()), FROZEN_MS);
  };
}

/** The real program that watches an exchange. */
export interface WatchingProgram {
  /** The events since the last call. */
  readonly news: () => readonly Readonly<Record<string, unknown>>[];
  /** What its screen shows, and since when. */
  readonly shown: () => { readonly rows: readonly ShownRow[] | undefined; readonly at: number };
  readonly stop: () => void;
  readonly code: Promise<number | null>;
}

const DRAWN = '\u001b[?2026l';

/** Starts `watch`, in a pipe or on a terminal of 120 columns. */
export function program(env: Readonly<Record<string, string>>, on: 'pipe' | 'terminal'): WatchingProgram {
  const watch = ['bin/liqcalc.js', 'watch', '--account', 'binance', '--timeout', '5s'];
  const command = `stty cols 120 rows 40; exec '${process.execPath}' ${watch.join(' ')}`;
  const [file, args] =
    on === 'pipe' ? [process.execPath, watch] : ['script', ['-qec', `sh -c "${command}"`, '/dev/null']];
  const HOME = mkdtempSync(join(tmpdir(), 'liqcalc-storm-'));
  const child = spawn(file, args, {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm', HOME, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const terminal = new ReadTerminal();
  let text = '';
  let at = 0;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (data: string) => {
    text += data;
    const end = text.lastIndexOf(DRAWN);
    if (on === 'pipe' || end < 0) return;
    terminal.write(text.slice(0, end));
    text = text.slice(end + DRAWN.length);
    at = Date.now();
  });
  return {
    news: () => {
      const end = text.lastIndexOf('\n');
      const lines = text.slice(0, Math.max(0, end)).split('\n');
      text = text.slice(end + 1);
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    },
    shown: () => ({ rows: terminal.rows(), at }),
    stop: () => {
      if (on === 'pipe') child.kill('SIGTERM');
      else child.stdin.write('q');
    },
    code: new Promise((resolve) => void child.on('close', resolve)),
  };
}
