import type { Ratio } from '../core/ratio.js';
import { ATR_SEEDS } from '../core/plan/atr-seeds.js';
import { ORDER_TYPES } from '../core/plan/order-cost.js';
import { UNKNOWNS } from '../core/plan/unknowns.js';
import { STOP_PRICES } from '../core/risk/input.js';
import { FILL_QUESTIONS, type Asked } from './fill-questions.js';

export type { Asked } from './fill-questions.js';

/** The only list of what planning commands ask besides a position, by key. */
export const QUESTIONS = {
  levs: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'x',
    list: true,
    flag: 'levs',
    placeholder: 'X,X,...',
    meaning: 'leverages to go over, default 2,3,5,10,20,50,100,125',
  },
  entries: {
    kind: 'decimal',
    range: 'positive',
    list: true,
    flag: 'entries',
    placeholder: 'P,P,...',
    meaning: 'entry prices to go over instead',
  },
  margins: {
    kind: 'decimal',
    range: 'positive',
    list: true,
    flag: 'margins',
    placeholder: 'M,M,...',
    meaning: 'isolated margins to go over instead',
  },
  target: {
    kind: 'decimal',
    range: 'positive',
    flag: 'target',
    placeholder: 'P',
    meaning: 'where liquidation is wanted, quote per base',
  },
  targetDistance: {
    kind: 'decimal',
    range: 'positive',
    suffix: '%',
    flag: 'target-distance',
    placeholder: 'PERCENT',
    meaning: 'the same in percent away from the mark (entry if none)',
  },
  for: {
    kind: 'choice',
    choices: UNKNOWNS,
    flag: 'for',
    placeholder: 'WHAT',
    meaning: 'what to solve for; all of them if not given',
  },
  step: {
    kind: 'decimal',
    range: 'positive',
    flag: 'step',
    placeholder: 'Q',
    meaning: 'step of the answer, default 1 for leverage, else 0.00000001',
  },
  equity: {
    kind: 'decimal',
    range: 'positive',
    flag: 'equity',
    placeholder: 'A',
    meaning: 'equity of the account, margin asset',
  },
  risk: {
    kind: 'decimal',
    range: 'positive',
    suffix: '%',
    maximum: '100',
    flag: 'risk',
    placeholder: 'PERCENT',
    meaning: 'share of equity that may be lost at the stop',
  },
  stop: { kind: 'decimal', range: 'positive', flag: 'stop', placeholder: 'P', meaning: 'stop price' },
  take: {
    kind: 'decimal',
    range: 'positive',
    flag: 'take',
    placeholder: 'P',
    meaning: 'price where profit is taken: adds the reward/risk ratio',
  },
  buffer: {
    kind: 'decimal',
    range: 'notNegative',
    suffix: '%',
    flag: 'buffer',
    placeholder: 'PERCENT',
    meaning: 'how far liquidation stays beyond the stop, of the stop price, default 0.8, with --stop-trigger mark 0.5',
  },
  stopTrigger: {
    kind: 'choice',
    choices: STOP_PRICES,
    flag: 'stop-trigger',
    placeholder: 'PRICE',
    meaning: 'the price that triggers the stop: mark or last, default last',
  },
  allocate: {
    kind: 'decimal',
    range: 'positive',
    suffix: '%',
    maximum: '100',
    flag: 'allocate',
    placeholder: 'PERCENT',
    meaning: 'share of equity as margin at --lev, instead of --risk',
  },
  exit: { kind: 'decimal', range: 'positive', flag: 'exit', placeholder: 'P', meaning: 'exit price, quote per base' },
  roi: {
    kind: 'decimal',
    range: 'any',
    suffix: '%',
    flag: 'roi',
    placeholder: 'PERCENT',
    meaning: 'return wanted, in percent of the initial margin',
  },
  pnl: { kind: 'decimal', range: 'any', flag: 'pnl', placeholder: 'X', meaning: 'profit wanted, margin asset' },
  balance: {
    kind: 'decimal',
    range: 'positive',
    flag: 'balance',
    placeholder: 'A',
    meaning: 'what can be used as margin, margin asset',
  },
  order: {
    kind: 'choice',
    choices: ORDER_TYPES,
    flag: 'order',
    placeholder: 'TYPE',
    meaning: 'kind of the order that opens it, default limit',
  },
  last: {
    kind: 'decimal',
    range: 'positive',
    flag: 'last',
    placeholder: 'P',
    meaning: 'last price, default the mark, else the entry',
  },
  ...FILL_QUESTIONS,
  rate: {
    kind: 'decimal',
    range: 'any',
    suffix: '%',
    flag: 'rate',
    placeholder: 'PERCENT',
    meaning: 'funding rate of every interval in percent; above 0 longs pay',
  },
  rates: {
    kind: 'text',
    flag: 'rates',
    placeholder: 'FILE',
    meaning: "funding rates from a file of the exchange's fundingRate answers instead",
  },
  interval: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'h',
    flag: 'interval',
    placeholder: 'HOURS',
    meaning: 'hours between payments, default 8h',
  },
  intervals: {
    kind: 'decimal',
    range: 'positive',
    maximum: '10000',
    whole: true,
    flag: 'intervals',
    placeholder: 'N',
    meaning: 'how many payments, default 3, of a file all',
  },
  until: {
    kind: 'choice',
    choices: ['liquidated'],
    flag: 'until',
    placeholder: 'WHEN',
    meaning: 'go on until funding alone liquidates',
  },
  candles: {
    kind: 'text',
    flag: 'candles',
    placeholder: 'FILE',
    meaning: "candles: CSV with high, low and close, or the exchange's kline arrays",
  },
  atr: {
    kind: 'decimal',
    range: 'positive',
    maximum: '1000',
    whole: true,
    flag: 'atr',
    placeholder: 'N',
    meaning: 'candles of the average true range, default 14',
  },
  multiple: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'x',
    flag: 'multiple',
    placeholder: 'X',
    meaning: 'distance in average true ranges, default 1.5',
  },
  atrSeed: {
    kind: 'choice',
    choices: ATR_SEEDS,
    flag: 'atr-seed',
    placeholder: 'SEED',
    meaning: 'whether the first candle counts, default first-bar',
  },
  mode: {
    kind: 'choice',
    choices: ['cross', 'isolated'],
    flag: 'mode',
    placeholder: 'M',
    meaning: 'margin mode, cross with --wallet; by default what the margin says',
  },
  usualLev: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'x',
    flag: 'usual-lev',
    placeholder: 'X',
    meaning: 'the leverage that you usually have',
  },
  funding: {
    kind: 'text',
    flag: 'funding',
    placeholder: 'R,R,...',
    meaning: 'funding rates paid, oldest first, in percent with its sign: 0.01%,-0.02%',
  },
  orders: {
    kind: 'text',
    flag: 'orders',
    placeholder: 'FILE',
    repeats: true,
    meaning: "orders that stand, as JSON: the exchange's openOrders, and openAlgoOrders, which has the stops",
  },
  fundingInterval: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'h',
    flag: 'funding-interval',
    placeholder: 'HOURS',
    meaning: 'hours between payments of funding, default that of the times, else 8h',
  },
  stopOn: {
    kind: 'choice',
    choices: STOP_PRICES,
    flag: 'stop-on',
    placeholder: 'PRICE',
    meaning: 'the price that triggers --stop: mark or last, default mark',
  },
  feed: {
    kind: 'text',
    repeats: true,
    flag: 'feed',
    placeholder: 'NAME=P',
    meaning: 'price of the index or of another market; may be given several times',
  },
  openInterest: {
    kind: 'text',
    flag: 'open-interest',
    placeholder: 'X,X,...',
    meaning: 'open interest, oldest first',
  },
} as const satisfies Record<string, Asked>;

/** The key of an asked input: `targetDistance`. */
export type AskedKey = keyof typeof QUESTIONS;

/** Every asked input with its key. */
export const QUESTION_LIST = Object.entries(QUESTIONS) as readonly (readonly [AskedKey, Asked])[];

type Single<K extends AskedKey> = (typeof QUESTIONS)[K] extends { readonly choices: readonly (infer C)[] }
  ? C
  : (typeof QUESTIONS)[K]['kind'] extends 'decimal'
    ? Ratio
    : string;

/** What an asked input is read into: exact numbers, words, or lists of them. */
export type AskedValue<K extends AskedKey> = (typeof QUESTIONS)[K] extends
  { readonly list: true } | { readonly repeats: true }
  ? readonly Single<K>[]
  : Single<K>;

/** The values of some asked inputs. */
export type AskedValues<K extends AskedKey> = { readonly [P in K]?: AskedValue<P> };
