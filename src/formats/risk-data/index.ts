import { autoMargin } from './auto-margin.js';
import { book } from './book.js';
import { candles } from './candles.js';
import type { RiskKey } from '../../core/risk/input.js';
import type { Datum } from '../risk-datum.js';
import { dailyVolume } from './daily-volume.js';
import { equity } from './equity.js';
import { event } from './event.js';
import { feeds } from './feeds.js';
import { fundingInterval } from './funding-interval.js';
import { funding, fundingTimes } from './funding.js';
import { group } from './group.js';
import { illiquid } from './illiquid.js';
import { marginLog } from './margin-log.js';
import { openInterest } from './open-interest.js';
import { orders } from './orders.js';
import { stopOn } from './stop-on.js';
import { stop } from './stop.js';
import { usualLev } from './usual-lev.js';

/** Every datum for rules, besides the terms of positions, by key. To add one, add a file here and a line below. */
export const RISK_DATA = {
  equity,
  stop,
  stopOn,
  usualLev,
  orders,
  event,
  autoMargin,
  group,
  funding,
  fundingTimes,
  fundingInterval,
  candles,
  feeds,
  openInterest,
  illiquid,
  dailyVolume,
  book,
  marginLog,
} as const satisfies Record<RiskKey, Datum>;
