import { rules, RULE_IDS, type RuleId } from '../src/core/risk/rules/index.js';

/** The two articles that the rules come from, by the date that sources name. */
export const ARTICLES = { reducing: '2026-06-29', liquidation: '2025-05-17' } as const;
export type Article = keyof typeof ARTICLES;

/** A numbered advice, a step or a question of an article. */
export interface Advice {
  /** As the sources of rules name it: `sizing 1`, `margin call`, `FAQ (last price)`. */
  readonly place: string;
  /** What it says, in our words. */
  readonly says: string;
  /** Commands and pages that answer it, besides the rules that name it as their source. */
  readonly by?: string;
  /** What is wrong with it, or why it is left out. */
  readonly remark?: string;
}

const UNKNOWN = 'text unknown here';
const LIQUIDATION = '[liquidation](liquidation.md)';

/** Every place of both articles, in their order. */
export const ADVICE: Readonly<Record<Article, readonly Advice[]>> = {
  reducing: [
    {
      place: 'sizing 1',
      says: 'put 1 % to 3 % of the equity into one trade',
      by: '`liqcalc size`',
      remark: 'Read as margin it favours high leverage. `trade-risk` measures what can be lost.',
    },
    { place: 'sizing 2', says: 'no maximum leverage on pairs with little trading' },
    {
      place: 'sizing 3',
      says: 'calculate the maintenance margin before you enter',
      by: '`liqcalc long`, `liqcalc short` (`maintenanceMargin`), `liqcalc brackets show`',
    },
    {
      place: 'sizing 4',
      says: 'a smaller size if the funding rate is beyond 0.1 % on either side',
      by: '`liqcalc funding`',
    },
    { place: 'sizing 5', says: 'rebalance each day by how far the mark is from the entry' },
    { place: 'leverage 1', says: 'set the leverage yourself, not by automatic features' },
    { place: 'leverage 2', says: 'halve the leverage at scheduled events, also if hedged' },
    {
      place: 'leverage 3',
      says: 'cross margin only with a tight stop; isolated margin for several legs',
      by: '`liqcalc account`',
      remark: 'Wrong for a hedge: see [below](#isolated-margin-for-every-leg).',
    },
    {
      place: 'leverage 4',
      says: 'lock the leverage when you close a part with profit',
      by: '`liqcalc average` shows the position after a partial close',
      remark: 'Left out as a rule: it is a setting of the exchange, and no figure of a position shows it.',
    },
    { place: 'leverage 5', says: 'watch the effective leverage, not only the set one' },
    {
      place: 'funding 1',
      says: UNKNOWN,
      by: '`liqcalc funding`',
      remark: 'The article assumes 8 hours everywhere: see [below](#funding-every-8-hours).',
    },
    { place: 'funding 2', says: 'careful with longs while the rate stays above 0.05 %' },
    { place: 'funding 3', says: 'careful with shorts while the rate stays below -0.07 %' },
    { place: 'funding 4', says: 'count the funding that you have paid', by: '`liqcalc funding`' },
    { place: 'funding 5', says: 'leave within 24 hours after the rate changes its sign' },
    { place: 'orders 1', says: 'stop-market instead of stop-limit, with room before liquidation' },
    { place: 'orders 2', says: 'activate a trailing stop at least 1.5 ATR away', by: '`liqcalc stop`' },
    { place: 'orders 3', says: 'no post-only orders on illiquid pairs' },
    {
      place: 'orders 4',
      says: 'trigger conditional orders by mark or index',
      remark: 'The exchange offers the mark and the last price, not the index.',
    },
    { place: 'orders 5', says: 'reduce-only on every closing order' },
    {
      place: 'monitoring (insurance fund)',
      says: 'watch the balance of the insurance fund',
      by: LIQUIDATION,
      remark: 'Left out as a rule: it needs live data and is unrelated to a single position. Number 1 or 3.',
    },
    {
      place: 'monitoring 2',
      says: 'alerts at 15 %, 10 % and 5 % before liquidation',
      by: '`--alert` of `batch` and `account`',
    },
    {
      place: 'monitoring (trade log)',
      says: 'look for abnormal use of margin at several symbols',
      remark: 'Number 1 or 3.',
    },
    { place: 'monitoring 4', says: 'compare the mark with the index and other markets' },
    { place: 'monitoring 5', says: 'watch for sudden changes of open interest' },
    {
      place: 'FAQ (last price)',
      says: 'liquidation depends on the mark, not on the last price',
      by: '`--mark` of every command',
    },
    {
      place: 'FAQ (withdrawing margin)',
      says: 'isolated margin in use cannot be withdrawn',
      by: '`removableMargin` of `long`, `short` and `batch`',
      remark: 'Wrong: see [below](#no-withdrawal-of-isolated-margin).',
    },
    { place: 'FAQ (insurance fund)', says: 'what the insurance fund and auto-deleveraging are', by: LIQUIDATION },
  ],
  liquidation: [
    {
      place: 'formula (long)',
      says: '(entry x leverage - maintenance margin) / (leverage - 1)',
      by: '`liqcalc long`; `--formula article`, `liqcalc compare`',
      remark: 'Wrong: see [below](#the-formula).',
    },
    {
      place: 'formula (short)',
      says: '(entry x leverage + maintenance margin) / (leverage + 1)',
      by: '`liqcalc short`; `--formula article`, `liqcalc compare`',
      remark: 'Wrong: see [below](#the-formula).',
    },
    {
      place: 'example',
      says: 'a position at 30000 with 10x',
      by: '[README](../README.md), `liqcalc compare`',
      remark: 'With 0.5 % its formula gives 33316.67 for a long and 27286.36 for a short.',
    },
    {
      place: 'margin call',
      says: 'a message comes before liquidation',
      by: '`marginCallPrice` of `long` and `short`, `account --need`',
    },
    {
      place: 'forced liquidation',
      says: 'the exchange closes the position if nothing is added',
      by: LIQUIDATION,
    },
    { place: 'managing 1', says: 'use a stop', by: '`liqcalc size`' },
    { place: 'managing 2', says: UNKNOWN, by: '`liqcalc sweep`, `liqcalc solve` (leverage and margin)' },
    { place: 'managing 3', says: UNKNOWN, by: '`--alert` of `batch` and `account` (watching)' },
    { place: 'managing 4', says: 'diversify', by: '`liqcalc account`' },
    {
      place: 'FAQ (choosing the price)',
      says: 'you cannot choose your liquidation price',
      by: '`liqcalc solve`',
      remark: 'True, but you choose leverage, margin and size, and the price follows from them.',
    },
    {
      place: 'FAQ (fast markets)',
      says: 'auto-deleveraging helps in fast markets',
      by: LIQUIDATION,
      remark: 'Wrong: see [below](#auto-deleveraging-in-fast-markets).',
    },
  ],
};

const PLACES = /(?:sizing|leverage|funding|orders|monitoring|managing) \d|margin call|(?:FAQ|monitoring) \([^)]*\)/g;

/** The places that the source of a rule names, by article. */
export function placesOf(id: RuleId): readonly { readonly article: Article; readonly place: string }[] {
  return rules[id].source.split(/(?="How to )/).flatMap((source) => {
    const article = (Object.keys(ARTICLES) as Article[]).find((each) => source.includes(ARTICLES[each]));
    return article ? [...source.matchAll(PLACES)].map(([place]) => ({ article, place })) : [];
  });
}

/** The rules that name a place as their source. */
export function rulesOf(article: Article, place: string): readonly RuleId[] {
  return RULE_IDS.filter((id) => placesOf(id).some((each) => each.article === article && each.place === place));
}
