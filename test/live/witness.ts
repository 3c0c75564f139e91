import { WatchScreen } from '../../src/cli/watch/view.js';
import type { Terminal } from '../../src/cli/screen.js';
import type { Clock } from '../../src/live/clock.js';
import { drawnStyle } from '../../src/report/style.js';
import type { ShownRow, Truth } from './truth.js';

type Members = Readonly<Record<string, unknown>>;

const LEVELS = [15, 10, 5];
const HYSTERESIS = 0.5;
const number = (value: unknown): number => (typeof value === 'string' ? Number(value) : Number.NaN);

/** By how much the mark is away from the price of liquidation, in percent of the mark. */
const distance = ({ side, mark, liquidationPrice }: Members): number => {
  const [is, at] = [number(mark), number(liquidationPrice)];
  return ((side === 'long' ? is - at : at - is) / is) * 100;
};

/** Judges each event of a watch by what was so. */
export class Witness {
  readonly wrong: string[] = [];
  /** How many figures were judged, and how many of them were said to be old. */
  readonly judged = { fresh: 0, stale: 0 };
  /** The deepest level that holds, by symbol and side. */
  readonly #held = new Map<string, number>();

  constructor(private readonly truth: Truth) {}

  see(event: Members): void {
    const at = Date.parse(String(event['at']));
    const note = (problems: readonly string[]): void => {
      this.wrong.push(
        ...problems.map((each) => `${String(event['at'])} ${String(event['type'])} ${String(event['seq'])}: ${each}`),
      );
    };
    if (event['type'] === 'account') note(this.#account(event, at));
    if (event['type'] === 'alert' || event['type'] === 'clear') note(this.#alert(event, at));
  }

  #account(event: Members, at: number): readonly string[] {
    const rows = event['positions'] as readonly Members[];
    const shown = rows.map((row): ShownRow => ({
      symbol: String(row['symbol']),
      amount: number(row['qty']) * (row['side'] === 'short' ? -1 : 1),
      entry: number(row['entry']),
      mark: number(row['mark']),
      isStale: row['stale'] === true,
      markAgeMs: Number(row['markAgeMs']),
    }));
    for (const { isStale } of shown) this.judged[isStale ? 'stale' : 'fresh']++;
    return [
      ...this.truth.wrongRows(shown, at),
      ...(event['stale'] === false ? this.truth.wrongWallet(number(event['wallet']), at) : []),
      ...rows.flatMap((row) => this.#levels(row)),
    ];
  }

  /** The alerts that hold must be those of the figures that are not old. */
  #levels(row: Members): readonly string[] {
    if (row['stale'] === true || typeof row['liquidationPrice'] !== 'string') return [];
    const away = distance(row);
    const held = this.#held.get(`${String(row['symbol'])} ${String(row['side'])}`) ?? Infinity;
    const reached = LEVELS.filter((level) => away < level - 1e-4).at(-1) ?? Infinity;
    const words = `${String(row['symbol'])} is ${away.toFixed(3)} % away, and the level that holds is ${held}`;
    if (held > reached) return [words];
    return Number.isFinite(held) && away > held + HYSTERESIS + 1e-3 ? [words] : [];
  }

  #alert(event: Members, at: number): readonly string[] {
    const key = `${String(event['symbol'])} ${String(event['side'])}`;
    const level = number(event['level']);
    if (event['type'] === 'alert') this.#held.set(key, level);
    else if (typeof event['holds'] === 'string') this.#held.set(key, number(event['holds']));
    else this.#held.delete(key);
    if (event['closed'] === true) return [];
    const wrong: string[] = [];
    if (event['stale'] === true) {
      if (event['type'] === 'clear') wrong.push('cleared by a stale mark');
      return wrong;
    }
    const row = { symbol: String(event['symbol']), mark: number(event['mark']), markAgeMs: Number(event['markAgeMs']) };
    wrong.push(...this.truth.wrongMark({ ...row, isStale: false }, at));
    const [value, away] = [number(event['value']), distance(event)];
    if (typeof event['liquidationPrice'] === 'string' && Math.abs(value - away) > 1e-3)
      wrong.push(`${value} % is said, ${away} % is so`);
    if (event['type'] === 'alert' && level > 0 && value > level) wrong.push(`${value} % is not within ${level} %`);
    return wrong;
  }
}

const ROW = /^(..)[> ](\S+)\s+(long|short)( i)?\s+(\S+)\s+(\S+)\s+(\S+)\s/;

/** A terminal that is read: its lines now. */
export class ReadTerminal implements Terminal {
  readonly #lines: string[] = [];

  readonly write = (coloured: string): void => {
    const text = coloured.replace(/\u001b\[[\d;]*m/g, '');
    if (text.includes('\u001b[2J')) this.#lines.length = 0;
    for (const [, row = '', line = ''] of text.matchAll(/\u001b\[(\d+);1H(.*?)\u001b\[K/g))
      this.#lines[Number(row) - 1] = line;
  };
  readonly size = (): { readonly columns: number; readonly rows: number } => ({ columns: 120, rows: 40 });
  readonly listen = (): (() => void) => () => undefined;

  /** The rows of positions; `undefined` if the screen says that nothing can be trusted. */
  rows(): readonly ShownRow[] | undefined {
    if (this.#lines.some((line) => line.startsWith('BLIND'))) return undefined;
    return this.#lines.flatMap((line) => {
      const [, , symbol = '', side, , size, mark] = ROW.exec(line) ?? [];
      if (symbol === '') return [];
      const amount = Number(size) * (side === 'short' ? -1 : 1);
      return [{ symbol, amount, mark: Number(mark), isStale: line.includes('STALE') }];
    });
  }
}

/** The screen of a watch on such a terminal. */
export function readScreen(clock: Clock): { readonly terminal: ReadTerminal; readonly screen: WatchScreen } {
  const terminal = new ReadTerminal();
  const nothing = (): void => undefined;
  const screen = new WatchScreen(
    terminal,
    clock,
    {
      title: 'a trial',
      notice: undefined,
      venue: 'binance',
      levels: LEVELS,
      style: { ...drawnStyle, width: 120 },
      isBellOff: true,
      printable: (line) => line,
      facts: () => [],
      rules: () => [],
    },
    { quit: nothing, interrupt: nothing, suspend: nothing },
  );
  return { terminal, screen };
}
