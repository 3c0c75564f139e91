import { describe, expect, it } from 'vitest';
import { FullScreen, keysIn, type Terminal } from '../../src/cli/screen.js';
import { WatchScreen, type ViewOptions } from '../../src/cli/watch/view.js';
import { asciiGlyphs, drawnStyle } from '../../src/report/style.js';
import { Trial, VirtualBinance } from './virtual-binance.js';

/** A terminal that keeps what it shows, and whose keys are pressed by the test. */
class FakeTerminal implements Terminal {
  readonly modes = { isAlternate: false, isCursorHidden: false, isListening: false };
  bells = 0;
  writes = 0;
  shown: string[] = [];
  #on: Parameters<Terminal['listen']>[0] | undefined;

  constructor(public size_ = { columns: 100, rows: 24 }) {}

  readonly size = (): { columns: number; rows: number } => this.size_;

  readonly listen: Terminal['listen'] = (on) => {
    this.#on = on;
    this.modes.isListening = true;
    return () => {
      this.#on = undefined;
      this.modes.isListening = false;
    };
  };

  readonly write = (text: string): void => {
    this.writes += 1;
    for (const [, rows, , control, mode, bell, words] of text.matchAll(
      /\x1b\[(\d+);(\d+)H|\x1b\[(\?\d+)([hl])|(\x07)|\x1b\[[\d;]*[mJK]|([^\x1b\x07]+)/g,
    )) {
      if (rows !== undefined) {
        this.#row = Number(rows) - 1;
        this.shown[this.#row] = '';
      } else if (control === '?1049') this.modes.isAlternate = mode === 'h';
      else if (control === '?25') this.modes.isCursorHidden = mode === 'l';
      else if (bell !== undefined) this.bells += 1;
      else if (words !== undefined) this.shown[this.#row] = words;
    }
    if (text.includes('\x1b[2J')) this.shown = [];
    const [, from] = /\x1b\[(\d+);1H\x1b\[J/.exec(text) ?? [];
    if (from !== undefined) this.shown.length = Number(from) - 1;
  };

  #row = 0;

  press(...keys: string[]): void {
    for (const key of keys) this.#on?.key(key);
  }

  resize(columns: number, rows: number): void {
    this.size_ = { columns, rows };
    this.#on?.resized();
  }

  get text(): string {
    return this.shown.join('\n');
  }
}

interface Watching {
  readonly trial: Trial;
  readonly terminal: FakeTerminal;
  readonly screen: WatchScreen;
  readonly ended: string[];
  /** Lets it run, and draws it with its events. */
  readonly go: (ms: number) => Promise<void>;
}

/** A session on a screen; it has run for three seconds. */
async function watching(
  more: Partial<ViewOptions> = {},
  trial = new Trial(new VirtualBinance(), { symbols: ['SOLUSDT'] }),
): Promise<Watching> {
  const terminal = new FakeTerminal();
  const ended: string[] = [];
  const options: ViewOptions = {
    title: 'binance  key ...3f9a',
    notice: undefined,
    venue: 'binance',
    levels: [15, 10, 5],
    style: { ...drawnStyle, width: 100 },
    isBellOff: false,
    printable: (line) => line,
    facts: () => [{ label: 'Feeds', text: 'none' }],
    rules: () => ['No findings.'],
    ...more,
  };
  const screen = new WatchScreen(terminal, trial.exchange.clock, options, {
    quit: () => ended.push('quit'),
    interrupt: () => ended.push('interrupt'),
    suspend: () => ended.push('suspend'),
  });
  trial.exchange.marks.set('SOLUSDT', '150.00000000');
  const begun = trial.go(3000);
  screen.start(trial.session.view);
  await begun;
  let seen = 0;
  const go = async (ms: number): Promise<void> => {
    await trial.go(ms);
    trial.events.slice(seen).forEach(screen.note);
    seen = trial.events.length;
    terminal.press('');
  };
  await go(0);
  return { trial, terminal, screen, ended, go };
}

describe('the screen of a watch', () => {
  it('shows the account, the positions nearest first, symbols without a position, funding and events', async () => {
    const { terminal } = await watching();
    const [head, rail, wallet, ratio] = terminal.shown;
    expect(head).toMatch(/^liqcalc watch {2}binance {2}key \.\.\.3f9a +LIVE 12:00:0\d UTC$/);
    expect(rail).toBe('─'.repeat(100));
    expect(wallet).toMatch(/^Wallet [\d.]+ USDT {3}equity [\d.]+ {3}maintenance [\d.]+/);
    expect(ratio).toMatch(/^Margin ratio [\d.]+ % \[#*\.*\] {3}leverage [\d.]+x {3}all marks -[\d.]+ %/);
    expect(terminal.text).toMatch(/ {3}SYMBOL +SIDE +SIZE +MARK +AGE +LIQUIDATION +ROOM +15 +10 +5/);
    expect(terminal.text).toMatch(/ SOLUSDT {2}mark [\d.]+ {2}[\d.]+s/);
    expect(terminal.text).toContain('Feeds    none');
    expect(terminal.text).toContain('Events');
    expect(terminal.shown.at(-1)).toMatch(/^q quit {2}a alerts {2}r rules {2}s sort: room .* ws$/);
    const rooms = terminal.shown.flatMap((line) => /([\d.]+)% /.exec(line)?.[1] ?? []).map(Number);
    expect(rooms).toEqual(rooms.toSorted((one, other) => one - other));
    expect(terminal.shown.length).toBe(24);
    expect(Math.max(...terminal.shown.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('marks rows by the deepest level that they reached, and rings once for an alert', async () => {
    const { terminal, trial, go } = await watching();
    const price = Number(
      (trial.all('account').at(-1)?.['positions'] as Record<string, string>[]).find(
        ({ symbol }) => symbol === 'BTCUSDT',
      )?.['liquidationPrice'],
    );
    const marker = async (percent: number): Promise<string | undefined> => {
      trial.exchange.marks.set('BTCUSDT', (price / (1 - percent / 100)).toFixed(8));
      await go(1500);
      return terminal.shown.find((line) => line.includes('BTCUSDT'))?.slice(0, 2);
    };
    expect(await marker(40)).toBe('  ');
    const before = terminal.bells;
    expect(await marker(14)).toBe('* ');
    expect(await marker(9)).toBe('! ');
    expect(await marker(4)).toBe('!!');
    expect(terminal.bells - before).toBe(3);
    expect(await marker(-1)).toBe('!!');
    expect(terminal.text).toContain('1.00% past');
    expect(terminal.text).toContain('ALREADY liquidated');
    expect(terminal.text).toMatch(/ALERT +BTCUSDT long is past its liquidation price/i);
  });

  it('replaces rooms by how long a mark is stale', async () => {
    const { terminal, trial, go } = await watching();
    trial.exchange.isSilent = true;
    await go(8000);
    expect(terminal.shown[0]).toContain('STALE 12:');
    expect(terminal.text).toMatch(/\? .BTCUSDT.*STALE \d/);
    expect(terminal.text).toMatch(/SOLUSDT {2}mark [\d.]+ {2}STALE/);
    expect(terminal.text).toContain('STALE  Wallet');
    await go(12_000);
    expect(terminal.text).toMatch(/^BLIND since 12:/m);
  });

  it('explains a position, lists alerts, rules and keys, and comes back', async () => {
    const { terminal, ended } = await watching();
    terminal.press('enter');
    expect(terminal.text).toMatch(/^(?:BTC|ETH)USDT (?:long|short) at [\d.]+$/m);
    expect(terminal.text).toContain('maintenance');
    terminal.press('down', 'j', 'k', 'up', 'page down', 'page up', 'x');
    terminal.press('enter', 'a');
    expect(terminal.text).toMatch(/^(?:No level holds\.|.* distance .* of the levels\))$/m);
    terminal.press('r');
    expect(terminal.text).toContain('No findings.');
    terminal.press('?');
    expect(terminal.text).toContain('select a position');
    expect(terminal.shown.at(-1)).toMatch(/^q quit {2}esc back +weight/);
    terminal.press('escape', 's');
    expect(terminal.text).toContain('s sort: symbol');
    terminal.press('s');
    expect(terminal.text).toContain('s sort: input');
    const selected = (): string | undefined => terminal.shown.find((line) => line[2] === '>')?.slice(3, 10);
    const first = selected();
    terminal.press('down');
    expect(selected()).not.toBe(first);
    terminal.press('up', 'up', 'up');
    expect(selected()).toBe(first);
    terminal.press('h', 'q', 'q', 'interrupt', 'suspend');
    expect(ended).toEqual(['quit', 'interrupt', 'suspend']);
  });

  it('leaves out columns on narrow terminals, and never writes past the edges', async () => {
    const { terminal, go } = await watching({ style: { ...drawnStyle, glyphs: asciiGlyphs } });
    for (const [columns, rows] of [
      [200, 50],
      [80, 24],
      [60, 12],
      [40, 8],
      [20, 5],
      [10, 2],
    ] as const) {
      terminal.resize(columns, rows);
      await go(1000);
      expect(terminal.shown.length).toBeLessThanOrEqual(rows);
      expect(Math.max(...terminal.shown.map((line) => line.length))).toBeLessThanOrEqual(Math.max(20, columns));
      expect(terminal.text).toMatch(/^[\x20-\x7e\n]*$/);
    }
    terminal.resize(60, 24);
    expect(terminal.text).toContain('ROOM');
    expect(terminal.text).not.toContain('AGE');
  });

  it('leaves the terminal as it was, also twice, and takes it again', async () => {
    const { terminal, screen } = await watching({ notice: 'a recording' });
    expect(terminal.modes).toEqual({ isAlternate: true, isCursorHidden: true, isListening: true });
    expect(terminal.text).toContain('a recording');
    screen.suspend();
    screen.suspend();
    expect(terminal.modes).toEqual({ isAlternate: false, isCursorHidden: false, isListening: false });
    screen.resume();
    screen.resume();
    expect(terminal.modes.isAlternate).toBe(true);
    screen.stop();
    expect(terminal.modes).toEqual({ isAlternate: false, isCursorHidden: false, isListening: false });
  });
});

it('a screen writes only the lines that changed; a closed one writes no line', () => {
  const terminal = new FakeTerminal();
  const screen = new FullScreen(terminal);
  screen.draw(['lost']);
  screen.clear();
  screen.ring();
  expect(terminal.writes).toBe(0);
  screen.open();
  screen.open();
  screen.draw(['one', 'two', 'three']);
  const { writes } = terminal;
  screen.draw(['one', 'two', 'three']);
  expect(terminal.writes).toBe(writes);
  screen.draw(['one', 'other']);
  expect(terminal.shown).toEqual(['one', 'other']);
  screen.close();
  screen.close();
  expect(terminal.modes.isAlternate).toBe(false);
});

it('the bytes of a terminal are read as keys', () => {
  expect(keysIn('\x1b[A')).toEqual(['up']);
  expect(keysIn('jk\x1b[Bq')).toEqual(['j', 'k', 'down', 'q']);
  expect(keysIn('\x1b[1;5C')).toEqual(['\x1b[1;5C']);
  expect(keysIn('\x03')).toEqual(['interrupt']);
});
