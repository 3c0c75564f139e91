import type { WatchEvent } from '../../schema/watch.js';

/** An event in words, for people. */
export interface EventWords {
  /** One word: what kind of event it is. */
  readonly kind: string;
  readonly text: string;
  /** Whether it asks for attention. */
  readonly isUrgent: boolean;
}

type Of<T extends WatchEvent['type']> = Extract<WatchEvent, { type: T }>;

const SECOND = 1000;

/** A time that passed, as people say it. */
export function timeWords(ms: number): string {
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  const seconds = Math.round(ms / SECOND);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

const place = ({ symbol, side }: { readonly symbol: string | null; readonly side: string | null }): string =>
  [symbol, side].filter((each) => each !== null).join(' ');

/** A decimal of an event, short: figures for programs have more places. */
export function shortNumber(text: string | null, decimals = 2): string {
  if (text === null) return '-';
  const [whole = '', rest = ''] = text.split('.');
  const kept = rest.slice(0, Math.max(decimals, /^-?0$/.test(whole) ? rest.search(/[1-9]/) + 3 : 0)).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}

const SUBJECTS: Readonly<Record<string, string>> = {
  'margin-ratio': 'margin ratio',
  move: 'market move to liquidation',
  funding: 'funding rate',
};

function alertWords(event: Of<'alert'> | Of<'clear'>): string {
  const { what, level, value, liquidationPrice, stale, markAgeMs } = event;
  const who = place(event);
  const old = stale ? ` (by a mark ${timeWords(markAgeMs ?? 0)} old)` : '';
  if (event.type === 'clear' && event.closed) return `${who || SUBJECTS[what] || what}: the position is closed`;
  if (what !== 'distance') {
    const subject = [who, SUBJECTS[what] ?? what].filter((each) => each !== '').join(' ');
    const verb = event.type === 'alert' ? 'reached' : 'left';
    return `${subject} ${verb} ${level} %: ${shortNumber(value)} %${old}`;
  }
  const price = liquidationPrice === null ? '' : `, liquidation ${shortNumber(liquidationPrice)}`;
  const is = value === null ? 'no liquidation price' : `${shortNumber(value)} %${price}`;
  if (event.type === 'clear') return `${who} out of ${level} %: ${is}`;
  return level === '0' ? `${who} is past its liquidation price: ${is}${old}` : `${who} within ${level} %: ${is}${old}`;
}

function positionWords({ symbol, side, before, after, reason }: Of<'position'>): string {
  const size = (figures: Of<'position'>['before']): string =>
    figures
      ? `${figures.qty} @ ${figures.entry}${figures.mode === 'isolated' ? ` isolated ${figures.margin ?? ''}` : ''}`.trim()
      : 'none';
  return `${symbol} ${side} ${size(before)} -> ${size(after)} (${reason})`;
}

function gapWords({ awayMs, positions, wallet }: Of<'gap'>): string {
  const away = awayMs > 0 ? `the private stream was away ${timeWords(awayMs)}` : 'the private stream had not told all';
  const changes = [
    ...positions.map(({ symbol, had, is }) => `${symbol} ${had} -> ${is}`),
    ...(wallet ? [`wallet ${shortNumber(wallet.had)} -> ${shortNumber(wallet.is)}`] : []),
  ];
  return `${away}; ${changes.join(', ')}`;
}

const fillWords = ({ symbol, side, qty, price }: Of<'fill'>): string => `${symbol} ${side} ${qty} @ ${price}`;

function marginCallWords({ symbol, side, maintenance, ourMaintenance }: Of<'marginCall'>): string {
  const ours = ourMaintenance === null ? '' : `, ours ${shortNumber(ourMaintenance)}`;
  return `${symbol} ${side}: maintenance ${shortNumber(maintenance)}${ours}`;
}

type Words = { readonly [K in WatchEvent['type']]?: (event: Of<K>) => readonly [kind: string, text: string] };

/** The events that people see; the others are figures that a screen shows anyway. */
const WORDS: Words = {
  status: ({ state, reason }) => [state, reason ?? ''],
  snapshot: ({ why, positions, ms }) => ['read', `the account (${why}): ${positions} positions in ${timeWords(ms)}`],
  gap: (event) => ['gap', gapWords(event)],
  position: (event) => ['position', positionWords(event)],
  alert: (event) => [event.reminder ? 'REMINDER' : 'ALERT', alertWords(event)],
  clear: (event) => ['clear', alertWords(event)],
  stale: ({ symbol, ageMs }) => [
    'stale',
    `${symbol}: ${ageMs === null ? 'no mark' : `its mark is ${timeWords(ageMs)} old`}`,
  ],
  fresh: ({ symbol }) => ['fresh', symbol],
  blind: ({ reason }) => ['BLIND', reason],
  seeing: ({ blindMs }) => ['seeing', `again, after ${timeWords(blindMs)}`],
  fill: (event) => ['fill', fillWords(event)],
  order: ({ symbol, side, orderType, qty, status }) => ['order', `${symbol} ${side} ${orderType} ${qty} ${status}`],
  liquidation: (event) => ['LIQUIDATION', fillWords(event as unknown as Of<'fill'>)],
  adl: (event) => ['ADL', fillWords(event as unknown as Of<'fill'>)],
  marginCall: (event) => ['MARGIN CALL', marginCallWords(event)],
  funding: ({ asset, amount, symbol, accrued }) => [
    'funding',
    `${symbol ?? 'cross'} ${shortNumber(amount, 4)} ${asset}, ${shortNumber(accrued, 4)} since the start`,
  ],
  brackets: ({ symbol, change }) => ['brackets', `${symbol}: ${change}`],
  finding: ({ severity, rule, message, ...of }) => [severity, `${place(of)} ${rule}: ${message}`.trim()],
  resolved: ({ rule, ...of }) => ['resolved', `${place(of)} ${rule}`.trim()],
  limited: ({ message, retryAfterMs }) => [
    'limited',
    `${message}${retryAfterMs === null ? '' : `; again in ${timeWords(retryAfterMs)}`}`,
  ],
  clock: ({ message, offsetMs }) => ['clock', `${message}: ${timeWords(Math.abs(offsetMs))}`],
  error: ({ message }) => ['error', message],
  end: ({ reason, seconds, alerts }) => ['end', `${reason}, after ${timeWords(seconds * SECOND)} and ${alerts} alerts`],
};

const URGENT: ReadonlySet<WatchEvent['type']> = new Set([
  'alert',
  'blind',
  'liquidation',
  'adl',
  'marginCall',
  'finding',
]);

/** An event in words; `undefined` for figures, and for an audit: there is one a minute. */
export function eventWords(event: WatchEvent): EventWords | undefined {
  if (event.type === 'snapshot' && event.why === 'audit') return undefined;
  const words = WORDS[event.type] as ((event: WatchEvent) => readonly [string, string]) | undefined;
  if (!words) return undefined;
  const [kind, text] = words(event);
  return { kind, text, isUrgent: URGENT.has(event.type) };
}

const KIND_WIDTH = 8;

/** An event as a line: when, what, the words. */
export function eventLine(at: string, event: WatchEvent): string | undefined {
  const words = eventWords(event);
  return words && `${at.slice(11, 19)}  ${words.kind.padEnd(KIND_WIDTH)} ${words.text}`.trimEnd();
}
