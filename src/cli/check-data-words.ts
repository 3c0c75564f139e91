import type { Datum } from '../core/risk/rule.js';

/** The flag that gives a datum of one position. */
const FLAGS: Readonly<Record<Datum, string>> = {
  mark: '--mark',
  lev: '--lev',
  qty: '--qty',
  symbol: '--symbol',
  brackets: '--symbol (a bracket table)',
  equity: '--equity',
  event: '--event or --no-event',
  usualLev: '--usual-lev',
  stop: '--stop or --no-stop',
  mode: '--mode',
  orders: '--orders or --no-orders',
  autoMargin: '--auto-margin or --no-...',
  group: 'an account (FILE)',
  funding: '--funding or --rates',
  fundingTimes: '--rates',
  candles: '--candles',
  feeds: '--feed',
  openInterest: '--open-interest',
  illiquid: '--illiquid or --no-...',
  account: 'an account (FILE)',
};

/** The key that gives a datum in an account, where more is to say than its name. */
const KEYS: Readonly<Partial<Record<Datum, string>>> = {
  brackets: 'a bracket table',
  stop: 'stop (null: none)',
  orders: 'orders ([]: none)',
  account: 'an account',
};

/** How a datum of one position by flags is given. */
export const giveByFlag = (datum: Datum): string => FLAGS[datum];

/** How a datum is given in an account. */
export const giveByKey = (datum: Datum): string => KEYS[datum] ?? datum;

/** How a datum is given either way. */
export const giveEitherWay = (datum: Datum): string =>
  datum === 'account' || datum === 'group'
    ? giveByKey(datum)
    : `${FLAGS[datum].replace('--no-...', 'its --no- form')}; in an account: ${giveByKey(datum)}`;
