import type { Datum } from '../../core/risk/rule.js';

/** The flag that gives a datum of one position. */
const FLAGS: Readonly<Record<Datum, string>> = {
  mark: '--mark',
  lev: '--lev',
  qty: '--qty',
  symbol: '--symbol',
  brackets: '--symbol',
  equity: '--equity',
  event: '--[no-]event',
  usualLev: '--usual-lev',
  stop: '--[no-]stop',
  mode: '--mode',
  orders: '--[no-]orders',
  quantity: 'quantity in --orders',
  autoMargin: '--[no-]auto-margin',
  group: 'an account',
  funding: '--funding',
  fundingTimes: '--rates',
  candles: '--candles',
  feeds: '--feed',
  openInterest: '--open-interest',
  illiquid: '--[no-]illiquid',
  account: 'an account',
};

/** The key that gives a datum in an account, where more is to say than its name. */
const KEYS: Readonly<Partial<Record<Datum, string>>> = {
  brackets: 'a bracket table',
  stop: 'stop (null: none)',
  orders: 'orders ([]: none)',
  quantity: 'quantity of orders',
  account: 'an account',
};

/** How a datum of one position by flags is given. */
export const giveByFlag = (datum: Datum): string => FLAGS[datum];

/** How a datum is given in an account. */
export const giveByKey = (datum: Datum): string => KEYS[datum] ?? datum;

/** How a datum is given either way. */
export const giveEitherWay = (datum: Datum): string =>
  datum === 'account' || datum === 'group' ? giveByKey(datum) : `${FLAGS[datum]}; in an account: ${giveByKey(datum)}`;
