import { isFailed } from '../../core/account.js';
import type { Cancel, Clock } from '../../live/clock.js';
import type { Alerts } from '../../live/alerts.js';
import {
  fundingFact,
  SORTS,
  viewedPools,
  viewedRows,
  watchedLines,
  type Sort,
  type ViewedRow,
} from '../../live/screen-view.js';
import type { WatchView, WrittenEvent } from '../../live/session-settings.js';
import { explanation } from '../../report/text/explain.js';
import { screenLines, type Screen, type ScreenPage } from '../../report/text/watch-screen.js';
import { eventLine, eventWords } from '../../report/text/watch-words.js';
import type { Style } from '../../report/style.js';
import { FullScreen, type Terminal } from '../screen.js';

/** What a screen shows besides the session. */
export interface ViewOptions {
  /** `binance  key ...3f9a`. */
  readonly title: string;
  readonly notice: string | undefined;
  /** The venue of symbols. */
  readonly venue: string;
  readonly levels: readonly number[];
  readonly style: Style;
  readonly isBellOff: boolean;
  /** Makes text what the terminal can show. */
  readonly printable: (line: string) => string;
  /** Lines of feeds and rules. */
  readonly facts: () => Screen['facts'];
  readonly rules: () => readonly string[];
}

const DRAW_MS = 500;
const MOST_EVENTS = 200;
const DECIMALS = 8;

type PageName = 'positions' | 'alerts' | 'rules' | 'explain' | 'help';

/** The full screen of a watch: draws it, and follows its keys. */
export class WatchScreen {
  readonly #screen: FullScreen;
  readonly #events: { readonly line: string; readonly isUrgent: boolean }[] = [];
  #page: PageName = 'positions';
  #sort: Sort = 'room';
  #selected = 0;
  #offset = 0;
  #timer: Cancel | undefined;
  #stopListening: (() => void) | undefined;
  #view: (() => WatchView) | undefined;

  constructor(
    private readonly terminal: Terminal,
    private readonly clock: Clock,
    private readonly options: ViewOptions,
    private readonly on: { readonly quit: () => void; readonly interrupt: () => void; readonly suspend: () => void },
  ) {
    this.#screen = new FullScreen(terminal);
  }

  start(view: () => WatchView): void {
    this.#view = view;
    this.resume();
    this.#beat();
  }

  /** Takes the terminal. */
  resume(): void {
    if (this.#stopListening) return;
    this.#screen.open();
    this.#stopListening = this.terminal.listen({
      key: (key) => this.#key(key),
      resized: () => {
        this.#screen.clear();
        this.#draw();
      },
    });
    this.#draw();
  }

  /** Leaves the terminal as it was. */
  suspend(): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#screen.close();
  }

  stop(): void {
    this.#timer?.();
    this.suspend();
  }

  /** Notes an event for the list, and rings for a new alert. */
  readonly note = ({ at, event }: WrittenEvent): void => {
    const line = eventLine(at, event);
    if (line === undefined) return;
    const isUrgent = eventWords(event)?.isUrgent === true;
    this.#events.unshift({ line: this.options.printable(line), isUrgent });
    if (this.#events.length > MOST_EVENTS) this.#events.pop();
    if (event.type === 'alert' && !this.options.isBellOff) this.#screen.ring();
  };

  #beat(): void {
    this.#timer = this.clock.after(DRAW_MS, () => {
      this.#draw();
      this.#beat();
    });
  }

  #key(key: string): void {
    const pages: Readonly<Record<string, PageName>> = {
      a: 'alerts',
      r: 'rules',
      '?': 'help',
      h: 'help',
      enter: 'explain',
    };
    if (key === 'interrupt') this.on.interrupt();
    else if (key === 'suspend') this.on.suspend();
    else if (key === 'q' && this.#page === 'positions') this.on.quit();
    else if (key === 'q' || key === 'escape') this.#open('positions');
    else if (key === 's') this.#sort = SORTS[(SORTS.indexOf(this.#sort) + 1) % SORTS.length] as Sort;
    else if (key in pages) this.#open(this.#page === pages[key] ? 'positions' : (pages[key] as PageName));
    else this.#move(key);
    this.#draw();
  }

  #open(page: PageName): void {
    this.#page = page;
    this.#offset = 0;
  }

  #move(key: string): void {
    const steps: Readonly<Record<string, number>> = { up: -1, k: -1, down: 1, j: 1, 'page up': -10, 'page down': 10 };
    const step = steps[key] ?? 0;
    if (this.#page === 'positions') this.#selected += step;
    else this.#offset = Math.max(0, this.#offset + step);
  }

  #draw(): void {
    const view = this.#view?.();
    if (!view || !this.#stopListening) return;
    const rows = viewedRows(view, this.#sort);
    this.#selected = Math.max(0, Math.min(rows.length - 1, this.#selected));
    const { title, notice, venue, levels, style, printable } = this.options;
    const { state, reason, since, wall, weight, sockets } = view;
    const screen: Screen = {
      title,
      state,
      clock: `${timeOf(wall)} UTC`,
      blind: state === 'blind' ? `since ${timeOf(since)}: ${reason ?? ''}` : undefined,
      notice: state === 'stale' || state === 'limited' || state === 'connecting' ? (reason ?? notice) : notice,
      pools: viewedPools(view),
      rows,
      selected: this.#selected,
      levels,
      watched: watchedLines({ ...view, venue }),
      facts: [...fundingFact(view, rows), ...this.options.facts()],
      events: this.#events,
      page: this.#pageOf(view, rows),
      sort: this.#sort,
      load: `${weight.used === undefined ? '' : `weight ${weight.used}/${weight.limit ?? '?'}  `}${sockets} ws`,
    };
    this.#screen.draw(screenLines(screen, this.terminal.size(), style).map(printable));
  }

  #pageOf(view: WatchView, rows: readonly ViewedRow[]): ScreenPage {
    const text = (title: string, lines: readonly string[]): ScreenPage => ({
      kind: 'text',
      title,
      lines: lines.slice(Math.min(this.#offset, Math.max(0, lines.length - 1))),
    });
    switch (this.#page) {
      case 'positions':
        return { kind: 'positions' };
      case 'alerts':
        return text('Alerts that hold', alertLines(view.alerts));
      case 'rules':
        return text('Rules', this.options.rules());
      case 'explain':
        return explained(rows[this.#selected], text);
      case 'help':
        return text('Keys', HELP);
    }
  }
}

function explained(
  row: ViewedRow | undefined,
  text: (title: string, lines: readonly string[]) => ScreenPage,
): ScreenPage {
  const answer = row?.pool.answer?.assessment.positionAt(row.index);
  if (!row || !answer) return text('Explanation', ['There is no position with a price.']);
  const title = `${row.symbol} ${row.side} at ${row.mark}${row.stale === undefined ? '' : ` (STALE ${row.stale})`}`;
  if (isFailed(answer)) return text(title, ['This position has no price: its maintenance margin is unknown.']);
  return text(title, explanation(answer, DECIMALS).split('\n'));
}

function alertLines(alerts: Alerts): readonly string[] {
  if (alerts.size === 0) return ['No level holds.'];
  return [...alerts.values()].map(({ figure, depth }) => {
    const { what, symbol, side, value, isStale } = figure;
    const who = [symbol, side].filter((each) => each !== null).join(' ');
    return `${who === '' ? 'account' : who}  ${what}  ${value?.toFixed(2) ?? '-'} %  (${depth} of the levels)${isStale ? '  by a stale mark' : ''}`;
  });
}

const timeOf = (wall: number): string => new Date(wall).toISOString().slice(11, 19);

const HELP = [
  'up, down, k, j   select a position',
  'enter            how its liquidation price is computed',
  'a                the alerts that hold',
  'r                findings of the risk rules (--rules)',
  's                sort by room, by symbol, or as given',
  'esc              back',
  'q                quit',
  '',
  '!!  at the deepest level    !  at a middle level    *  at the first level',
  '?   a mark that the figure depends on is stale: the figure is of the past',
  'SIDE long i is isolated; a cross position depends on every mark of its pool.',
  'The track shows the room: the price of liquidation is at its right end.',
];
