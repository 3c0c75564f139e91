import { assess, bracketInForce, warningsOf, type Assessment } from '../../core/assessment.js';
import { DEFAULT_VENUE } from '../../core/brackets.js';
import {
  bankruptcy,
  effectiveLeverageAt,
  liquidationFeeAt,
  lossIfLiquidatedAt,
  marginCall,
  marginRatioAt,
  removableMargin,
  roiAt,
} from '../../core/health.js';
import { initialMargin, maintenanceAt, profitAt } from '../../core/leg.js';
import { collateralEquity, equityAt, walletMargin, type Position } from '../../core/position.js';
import type { Ratio } from '../../core/ratio.js';
import { assumedFee } from '../../core/venues/ruled-leg.js';
import { marginCallPrice } from '../../formats/results.js';
import { priceText } from '../figures.js';
import { ladderOf } from '../plot/ladder.js';
import { marginAsset } from '../plot/units.js';
import {
  amountIn,
  amountText,
  cardDecimals,
  cardTitle,
  labelled,
  liquidationText,
  liquidationWords,
  percentText,
  row,
  tickedText,
  warningLine,
  type CardOptions,
  type CardRow,
} from './card.js';
import { scale } from './scale.js';
import { ruleWords } from './venue-words.js';

/**
 * The answer for one position as a card: the price first, then its distance and its meaning. It is complete without
 * colour, and fits its width unless a number is longer.
 */
export function card(assessment: Assessment, options: CardOptions): string {
  const [first, ...others] = cardRows(assessment, options);
  const valueWidth = valueWidthOf(others);
  const lineOf = ({ label, value, note, tone }: CardRow): string =>
    row(label, value, note, { ...options, valueWidth }, tone);
  return [
    cardTitle(assessment, options),
    '',
    ...(first ? [lineOf(first)] : []),
    ...scaleLines(assessment, options),
    '',
    ...others.map(lineOf),
    ...noteLines(assessment, options),
    '',
  ].join('\n');
}

/** The figures of a position, the liquidation price first. */
export function cardRows(assessment: Assessment, options: CardOptions): readonly CardRow[] {
  return [
    { label: 'Liquidation', ...liquidationWords(assessment, options) },
    ...otherPrices(assessment, options),
    ...moneyRows(assessment, options),
    ...(options.more ?? []),
    ...rateRows(assessment, options),
    ...venueRows(assessment),
  ];
}

/** A longer value does not move the notes of the others. */
const MOST_VALUE_WIDTH = 18;

/** The width of the values before their notes. A rate in words does not count. */
const valueWidthOf = (rows: readonly CardRow[]): number =>
  Math.max(
    ...rows.flatMap(({ label, value }) => (label === 'Rate' || value.length > MOST_VALUE_WIDTH ? [] : [value.length])),
  );

/** The free cells beside a scale: its indent, and some room at the right. */
const SCALE_MARGIN = 14;
const INDENT = '  ';

function scaleLines(assessment: Assessment, options: CardOptions): string[] {
  const ladder = ladderOf(assessment, options.exits);
  const { glyphs, width } = options;
  return ladder
    ? scale(ladder, { glyphs, cells: width - SCALE_MARGIN, width: width - INDENT.length, style: options }).map(
        (line) => INDENT + line,
      )
    : [];
}

function otherPrices(assessment: Assessment, options: CardOptions): CardRow[] {
  const { position } = assessment;
  const { bound } = marginCall(position);
  const price = marginCallPrice(assessment);
  const call = price ? tickedText(price, assessment, options) : undefined;
  const ruin = bankruptcy(position);
  const bankrupt = ruin.bound && priceText(ruin.bound.price, options);
  const solvent = ruin.kind === 'never' ? 'equity is positive at every price' : 'equity is zero or less at every price';
  const ratio = position.mark && marginRatioAt(position, position.mark);
  const now = ratio ? `; now ${percentText(ratio)} %` : '';
  const limit = `${position.callRatio.percent().toText(4)} %`;
  const reached = `margin ratio reaches ${limit} (100 % is liquidation)`;
  return [
    {
      label: 'Margin call',
      value: call ?? 'none',
      note: `${call !== undefined ? reached : bound ? 'the tick is too coarse to show it' : `no price at which the margin ratio passes ${limit}`}${now}`,
    },
    { label: 'Bankruptcy', value: bankrupt ?? 'none', note: bankrupt === undefined ? solvent : 'equity is zero' },
  ];
}

function moneyRows({ terms, position, reference, price }: Assessment, options: CardOptions): CardRow[] {
  const text = amountIn(position.contract, options);
  const unit = marginAsset(terms, position.contract);
  const withUnit = (amount: Ratio): string => `${text(amount)}${unit === undefined ? '' : ` ${unit}`}`;
  const { mark } = position;
  const atPrice = price ? `, ${text(maintenanceAt(position, price))} at liquidation` : '';
  return [
    { label: 'Margin', value: withUnit(walletMargin(position)), note: marginNote(position, text) },
    ...(mark ? [{ label: 'PnL', value: withUnit(profitAt(position, mark)), note: pnlNote(position, mark, text) }] : []),
    {
      label: 'Maintenance',
      value: withUnit(maintenanceAt(position, reference)),
      note: `at the ${mark ? 'mark' : 'entry'}${atPrice}`,
    },
    ...(price ? [lossRow(position, price, { text, withUnit })] : []),
  ];
}

function marginNote(position: Position, text: (amount: Ratio) => string): string {
  const { collateral, lev } = position;
  if (collateral.kind === 'cross') {
    const { wallet, othersPnl, othersMm } = collateral;
    return `wallet ${text(wallet)} + others' PnL ${text(othersPnl)} - their maintenance ${text(othersMm)}`;
  }
  const removableNow = removableMargin(position);
  const free = removableNow ? `; ${text(removableNow)} of it can be removed` : '';
  const initial = lev && initialMargin(position, lev);
  if (!initial) return free.slice(2);
  return `${initial.compare(collateral.wallet) === 0 ? 'initial margin' : `isolated wallet; initial margin ${text(initial)}`}${free}`;
}

function pnlNote(position: Position, mark: Ratio, text: (amount: Ratio) => string): string {
  const [roi, leverage] = [roiAt(position, mark), effectiveLeverageAt(position, mark)];
  const parts = [
    ...(roi ? [`ROI ${percentText(roi)} %`] : []),
    `equity ${text(equityAt(position, mark))}`,
    ...(leverage ? [`effective leverage ${leverage.toFixed(2)}x`] : []),
  ];
  return parts.join(', ');
}

/** How to write amounts, without and with their unit. */
interface AmountTexts {
  readonly text: (amount: Ratio) => string;
  readonly withUnit: (amount: Ratio) => string;
}

/** The cost of a liquidation. */
function lossRow(position: Position, price: Ratio, { text, withUnit }: AmountTexts): CardRow {
  const profit = profitAt(position, price);
  const [fee, total] = [liquidationFeeAt(position, price), lossIfLiquidatedAt(position, price)];
  const isIsolated = position.collateral.kind === 'isolated';
  if (profit.sign() > 0)
    return { label: 'Gain', value: withUnit(profit), note: 'profit at the liquidation price, before fees' };
  const loss = profit.negated();
  const whole = `${isIsolated ? 'the margin' : 'the collateral'}, ${text(collateralEquity(position.collateral))}`;
  const most = `you never lose more than ${whole}`;
  return fee && total
    ? {
        label: 'Loss',
        value: withUnit(total),
        note: `${text(loss)} at the liquidation price and a liquidation fee of ${text(fee)}; ${most}`,
      }
    : {
        label: 'Loss',
        value: withUnit(loss),
        note: `at the liquidation price, without the liquidation fee; ${most}`,
      };
}

/** How well a table is known, by its confidence. */
const TABLE_WORDS = { A: 'from the venue itself', B: 'several copies agree', C: 'UNVERIFIED' } as const;

function rateRows(assessment: Assessment, options: CardOptions): CardRow[] {
  const inForce = bracketInForce(assessment);
  const { table, ratesFromTable, fee, rule } = assessment.position;
  const percent = (fraction: Ratio): string => `${fraction.percent().toText(4)} %`;
  const isAssumed = fee.sign() > 0 && assumedFee(rule, assessment.terms) !== undefined;
  const extra = fee.sign() > 0 ? ` + fee ${percent(fee)}${isAssumed ? ' assumed' : ''}` : '';
  const formula = formulaRows(assessment, options);
  if (!table || !ratesFromTable) {
    const amount =
      inForce && inForce.bracket.amount.sign() > 0
        ? `, maintenance amount ${amountText(inForce.bracket.amount, 8)}`
        : '';
    const rate = inForce ? percent(inForce.bracket.rate) : '';
    return [
      ...formula,
      isAssumed
        ? { label: 'Rate', value: `${rate} as given${extra}`, note: amount.replace(/^, /, '') }
        : { label: 'Rate', value: rate + extra, note: `as given${amount}` },
    ];
  }
  const origin = `table ${table.symbol} dated ${table.asOf} (${table.venue}, ${TABLE_WORDS[table.confidence]})`;
  if (!inForce)
    return [
      ...formula,
      {
        label: 'Brackets',
        value: table.symbol,
        note: `dated ${table.asOf} (${table.venue}, ${TABLE_WORDS[table.confidence]})`,
      },
    ];
  const { rate, amount } = inForce.bracket;
  const figures = `${percent(rate)}${extra}`;
  const number = `of bracket ${inForce.number ?? 1}, in force at the liquidation price; maintenance amount ${amountText(amount, cardDecimals(options))}; ${origin}`;
  return [...formula, { label: 'Rate', value: figures, note: number }];
}

/** The rule of a venue other than the default one. */
function venueRows({ position: { venue, rule } }: Assessment): CardRow[] {
  if (venue.name === DEFAULT_VENUE) return [];
  return [{ label: 'Venue', value: venue.name, note: ruleWords({ venue, rule }) }];
}

function formulaRows({ formula, terms, position }: Assessment, options: CardOptions): CardRow[] {
  if (formula.name === 'exact') return [];
  const rule = assess(terms, position.table);
  const { bound } = rule.outcome;
  const price = bound ? liquidationText(rule, options) : 'no price';
  return [{ label: 'Formula', value: formula.name, note: `${formula.meaning}; the exchange’s rule gives ${price}` }];
}

/** What the figures of a position leave out. */
export const leftOutOf = ({ position: { collateral } }: Assessment): string =>
  collateral.kind === 'cross'
    ? 'the mark price decides; future funding and moves of the other positions are not included'
    : 'the mark price decides, not the last price; future funding is not included';

function noteLines(assessment: Assessment, options: CardOptions): string[] {
  const { today, isQuiet } = options;
  const warnings = (isQuiet ? [] : warningsOf(assessment, today)).map((warning) => warningLine(warning, options));
  return [...warnings, labelled('Note', leftOutOf(assessment), options)];
}
