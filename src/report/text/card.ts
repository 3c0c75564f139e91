import { shownSymbol } from '../printable.js';
import {
  assess,
  bracketInForce,
  reasonWithoutPrice,
  warningsOf,
  warningWords,
  type Assessment,
  type Warning,
} from '../../core/assessment.js';
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
import { DEFAULT_VENUE } from '../../core/brackets.js';
import type { Contract } from '../../core/contracts/index.js';
import { roomTo, shownPrice } from '../../core/liquidation.js';
import type { Exits } from '../../core/plan/exit-sides.js';
import { initialMargin, maintenanceAt, profitAt } from '../../core/leg.js';
import { collateralEquity, equityAt, unitSize, walletMargin, type Position } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { assumedFee } from '../../core/venues/ruled-leg.js';
import { marginCallPrice } from '../../formats/results.js';
import { percentText, priceDecimals, priceText, roomTone, shownRounded, type PriceStyle } from '../figures.js';
import { ladderOf } from '../plot/ladder.js';
import { scale } from './scale.js';
import { ruleWords } from './venue-words.js';
import { beside, hang, packed, shownLength, wrap } from './lines.js';
import type { Paint, Style } from '../style.js';

export { percentText };

/** The settings of a card. */
export interface CardOptions extends Style, PriceStyle {
  /** Milliseconds since 1970, for the age of bracket tables. */
  readonly today: number | undefined;
  /** Further lines about money. */
  readonly more?: readonly string[];
  /** Planned exits, which are on the scale too. */
  readonly exits?: Exits;
  /** Whether warnings are left out. */
  readonly isQuiet: boolean;
}

const LABEL_WIDTH = 14;
/** A note with less room than this is put on the next line. */
const LEAST_ROOM = 20;

/** Decimals of amounts on cards: as requested, else two more than `entry` has, at least two. */
export function cardDecimals(options: PriceStyle): number {
  return priceDecimals(options);
}

/** Decimals of amounts in a base coin. */
const COIN_DECIMALS = 8;

/** The minimum significant digits of an amount for people to read. */
const AMOUNT_DIGITS = 4;

/** An amount for people to read: the given decimals, at least four digits if it is small, no trailing zeros. */
export function amountText(amount: Ratio, decimals: number): string {
  return amount.toText(Math.max(decimals, amount.decimalsFor(AMOUNT_DIGITS)));
}

/** How to write amounts in the margin asset of a contract for people: coin amounts have at least eight decimals. */
export function amountIn({ marginAsset }: Pick<Contract, 'marginAsset'>, style: PriceStyle): (amount: Ratio) => string {
  const decimals = marginAsset === 'base' ? COIN_DECIMALS : cardDecimals(style);
  return (amount) => amountText(amount, decimals);
}

/** One line of a card: label, value, note. A note that does not fit is put on the next line. */
export function row(
  label: string,
  value: string,
  note: string,
  { width: lineWidth }: Pick<Style, 'width'>,
  tone: (text: string) => string = (text) => text,
): string {
  const values = wrap(value, lineWidth - LABEL_WIDTH);
  const head = beside(
    label.padEnd(LABEL_WIDTH),
    values.map((line) => tone(line)),
  );
  if (note === '') return head.join('\n');
  const width = Math.max(value.length, 12);
  const padded = `${head[0] ?? ''}${' '.repeat(width - value.length + 2)}`;
  const lines = values.length > 1 ? [] : hang(padded, note, Math.max(lineWidth, shownLength(padded) + LEAST_ROOM));
  const fits = lines.length > 0 && lines.every((line) => shownLength(line) <= lineWidth);
  return (fits ? lines : [...head, ...hang(' '.repeat(LABEL_WIDTH), note, lineWidth)]).join('\n');
}

/**
 * The answer for one position as a card: the price first, then its distance and its meaning. It is complete without
 * colour, and fits its width unless a number is longer.
 */
export function card(assessment: Assessment, options: CardOptions): string {
  return [
    cardTitle(assessment, options),
    '',
    ...priceLines(assessment, options),
    ...scaleLines(assessment, options),
    '',
    ...otherPrices(assessment, options),
    ...moneyLines(assessment, options),
    ...(options.more ?? []),
    ...rateLines(assessment, options),
    ...venueLines(assessment, options),
    ...noteLines(assessment, options),
    '',
  ].join('\n');
}

/** The position in words: side, size, entry, leverage, mark. */
export function cardTitle({ terms, position, reference }: Assessment, options: CardOptions): string {
  const { paint, entryDecimals } = options;
  const { side, entry, collateral, lev, mark, contract, perUnit } = position;
  const unit = unitSize(contract, terms, position.table);
  // A linear size of contracts is easily taken for one of base units.
  const ofUnit = contract.marginAsset === 'base' || unit.compare(Ratio.ONE) === 0 ? '' : ` of ${unit.toText(30)}`;
  const contracts = (count: Ratio): string => `${count.toText(30)}${ofUnit === '' ? '' : contractWord(count) + ofUnit}`;
  const counted = (terms.qty && contracts(terms.qty)) ?? (terms.notional && `value ${terms.notional.toText(30)}`);
  const moved = percentText(reference.minus(entry).over(entry));
  const details = [
    ...(mark ? [`mark ${mark.toText(30)} (${moved.startsWith('-') ? '' : '+'}${moved} % from entry)`] : []),
    ...(contract.marginAsset === 'base' ? [`${contract.name}: amounts in base coin`] : []),
    ...(perUnit ? [ofUnit === '' ? 'amounts per unit' : `amounts per contract${ofUnit}`] : []),
  ];
  const name = `${side.toUpperCase()}${terms.symbol === undefined ? '' : ` ${shownSymbol(terms.symbol)}`}`;
  const size = `${counted === undefined ? '' : `${counted} @ `}${shownRounded(entry, entry.toText(Math.max(8, entryDecimals)))}`;
  const mode = `${lev ? `${lev.toText(30)}x ` : ''}${collateral.kind}`;
  const whole = [`${name}  ${size}  ${mode}`, ...details].join('  ');
  const lines =
    whole.length <= options.width
      ? whole
      : [[name, size, mode], details].flatMap((parts) => packed(parts, options.width)).join('\n');
  return paint.strong(name) + lines.slice(name.length);
}

const contractWord = (count: Ratio): string => (count.compare(Ratio.ONE) === 0 ? ' contract' : ' contracts');

function priceLines(assessment: Assessment, options: CardOptions): string[] {
  const { value, note, tone } = liquidationWords(assessment, options);
  return [row('Liquidation', value, note, options, tone)];
}

/** The liquidation price of a position or its outcome, with its distance in words and its tone. */
export function liquidationWords(
  assessment: Assessment,
  options: CardOptions,
): { readonly value: string; readonly note: string; readonly tone: Paint['strong'] } {
  const { outcome, reference, position } = assessment;
  const { paint } = options;
  const { bound } = outcome;
  if (!bound) {
    const tone = outcome.kind === 'never' ? paint.good : paint.bad;
    return { value: outcome.kind, note: reasonWithoutPrice(assessment) ?? '', tone };
  }
  const from = position.mark ? 'mark' : 'entry';
  // The distance to the printed price, which is on the tick; a price that is passed stays exact: the tick may lie beyond it.
  const at = outcome.kind === 'at' ? shownPrice(outcome, reference, assessment.terms.tick) : undefined;
  const room = roomTo({ ...bound, price: at ?? bound.price }, reference);
  const [percent, quote] = [room.over(reference), amountText(room.abs(), cardDecimals(options))];
  const value = liquidationText(assessment, options);
  if (outcome.kind === 'already') {
    const isTicked = assessment.terms.tick && !bound.price.isExactAt(value.split('.')[1]?.length ?? 0);
    const past =
      room.sign() === 0
        ? `liquidated already: the ${from} is at this price`
        : `liquidated already: the ${from} is ${percentText(percent.abs())} % (${quote}) past this price${isTicked ? ' before rounding to the tick' : ''}`;
    return {
      value,
      note: `${past}; the position is safe only ${bound.danger === 'below' ? 'above' : 'below'} it`,
      tone: paint.bad,
    };
  }
  const where = (bound.danger === 'below') === room.sign() >= 0 ? 'below' : 'above';
  const note = `${percentText(percent.abs())} % ${where} the ${from} (${quote})`;
  return { value, note, tone: roomTone(percent, paint, paint.strong) };
}

/** Terms of which only the tick is used. */
interface Ticked {
  readonly terms: { readonly tick?: Ratio | undefined };
}

/** A price with the decimals of its tick if there is one, else those of the card. */
function tickedText(price: Ratio, { terms: { tick } }: Ticked, options: CardOptions): string {
  if (!tick) return priceText(price, options);
  return price.toFixed(Math.max(options.decimals ?? 0, tick.decimalPlaces()));
}

/**
 * The liquidation price of a position for people to read, on its tick if there is one. Without a price, the outcome.
 */
export function liquidationText(
  { outcome, reference, terms }: Ticked & Pick<Assessment, 'outcome' | 'reference'>,
  options: CardOptions,
): string {
  const price = shownPrice(outcome, reference, terms.tick);
  return price ? tickedText(price, { terms }, options) : outcome.kind;
}

/** What a scale leaves of the width: its indent, and some room at the right. */
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

function otherPrices(assessment: Assessment, options: CardOptions): string[] {
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
    row(
      'Margin call',
      call ?? 'none',
      `${call !== undefined ? reached : bound ? 'the tick is too coarse to show it' : `no price at which the margin ratio passes ${limit}`}${now}`,
      options,
    ),
    row('Bankruptcy', bankrupt ?? 'none', bankrupt === undefined ? solvent : 'equity is zero', options),
  ];
}

function moneyLines({ position, reference, price }: Assessment, options: CardOptions): string[] {
  const text = (amount: Ratio): string =>
    amountText(amount, position.contract.marginAsset === 'base' ? 8 : cardDecimals(options));
  const margin = walletMargin(position);
  const lines = [row('Margin', text(margin), marginNote(position, text), options)];
  if (position.mark)
    lines.push(row('PnL', text(profitAt(position, position.mark)), pnlNote(position, position.mark, text), options));
  const atPrice = price ? `, ${text(maintenanceAt(position, price))} at liquidation` : '';
  const from = position.mark ? 'mark' : 'entry';
  lines.push(row('Maintenance', text(maintenanceAt(position, reference)), `at the ${from}${atPrice}`, options));
  if (price) lines.push(lossRow(position, price, text, options));
  return lines;
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

/** The cost of a liquidation. */
function lossRow(position: Position, price: Ratio, text: (amount: Ratio) => string, options: CardOptions): string {
  const profit = profitAt(position, price);
  const [fee, total] = [liquidationFeeAt(position, price), lossIfLiquidatedAt(position, price)];
  const isIsolated = position.collateral.kind === 'isolated';
  if (profit.sign() > 0) return row('Gain', text(profit), 'profit at the liquidation price, before fees', options);
  const atPrice = text(profit.negated());
  const most = `you never lose more than ${isIsolated ? 'the margin' : 'the collateral'}, ${text(collateralEquity(position.collateral))}`;
  return fee && total
    ? row(
        'Loss',
        text(total),
        `${atPrice} at the liquidation price and a liquidation fee of ${text(fee)}; ${most}`,
        options,
      )
    : row('Loss', atPrice, `at the liquidation price, without the liquidation fee; ${most}`, options);
}

/** How well a table is known, by its confidence. */
const TABLE_WORDS = { A: 'from the venue itself', B: 'several copies agree', C: 'UNVERIFIED' } as const;

function rateLines(assessment: Assessment, options: CardOptions): string[] {
  const inForce = bracketInForce(assessment);
  const { table, ratesFromTable, fee, rule } = assessment.position;
  const percent = (fraction: Ratio): string => `${fraction.percent().toText(4)} %`;
  const isAssumed = fee.sign() > 0 && assumedFee(rule, assessment.terms) !== undefined;
  const extra = fee.sign() > 0 ? ` + fee ${percent(fee)}${isAssumed ? ' assumed' : ''}` : '';
  const formula = formulaLines(assessment, options);
  if (!table || !ratesFromTable) {
    const amount =
      inForce && inForce.bracket.amount.sign() > 0
        ? `, maintenance amount ${amountText(inForce.bracket.amount, 8)}`
        : '';
    const rate = inForce ? percent(inForce.bracket.rate) : '';
    return [
      ...formula,
      isAssumed
        ? row('Rate', `${rate} as given${extra}`, amount.replace(/^, /, ''), options)
        : row('Rate', rate + extra, `as given${amount}`, options),
    ];
  }
  const origin = `table ${table.symbol} dated ${table.asOf} (${table.venue}, ${TABLE_WORDS[table.confidence]})`;
  if (!inForce)
    return [
      ...formula,
      row('Brackets', table.symbol, `dated ${table.asOf} (${table.venue}, ${TABLE_WORDS[table.confidence]})`, options),
    ];
  const { rate, amount } = inForce.bracket;
  const figures = `${percent(rate)}${extra}`;
  const number = `of bracket ${inForce.number ?? 1}, in force at the liquidation price; maintenance amount ${amountText(amount, cardDecimals(options))}; ${origin}`;
  return [...formula, row('Rate', figures, number, options)];
}

/** The rule of a venue other than the default one. */
function venueLines({ position: { venue, rule } }: Assessment, options: CardOptions): string[] {
  if (venue.name === DEFAULT_VENUE) return [];
  return [row('Venue', venue.name, ruleWords({ venue, rule }), options)];
}

function formulaLines({ formula, terms, position }: Assessment, options: CardOptions): string[] {
  if (formula.name === 'exact') return [];
  const rule = assess(terms, position.table);
  const { bound } = rule.outcome;
  const price = bound ? liquidationText(rule, options) : 'no price';
  return [row('Formula', formula.name, `${formula.meaning}; the exchange’s rule gives ${price}`, options)];
}

function noteLines(assessment: Assessment, options: CardOptions): string[] {
  const { today, isQuiet } = options;
  const warnings = (isQuiet ? [] : warningsOf(assessment, today)).map((warning) => warningLine(warning, options));
  const left =
    assessment.position.collateral.kind === 'cross'
      ? 'the mark price decides; future funding and moves of the other positions are not included'
      : 'the mark price decides, not the last price; future funding is not included';
  return [...warnings, labelled('Note', left, options)];
}

/** Text after a label of a card, wrapped within its column. */
export function labelled(
  label: string,
  text: string,
  { width }: Pick<Style, 'width'>,
  tone: (text: string) => string = (words) => words,
): string {
  return hang(tone(label) + ' '.repeat(LABEL_WIDTH - label.length), text, width).join('\n');
}

/** A warning after its label, which has the colour of warnings. */
export function warningLine(warning: Warning, options: Pick<Style, 'width' | 'paint'>): string {
  return labelled('Warning', warningWords(warning), options, options.paint.warn);
}
