import { shownSymbol } from '../printable.js';
import { reasonWithoutPrice, warningWords, type Assessment, type Warning } from '../../core/assessment.js';
import type { Contract } from '../../core/contracts/index.js';
import { roomTo, shownPrice } from '../../core/liquidation.js';
import type { Exits } from '../../core/plan/exit-sides.js';
import { unitSize } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { percentText, priceDecimals, priceText, roomTone, shownRounded, type PriceStyle } from '../figures.js';
import { baseAsset, marginAsset, marginUnit } from '../plot/units.js';
import { beside, hang, packed, shownLength, wrap } from './lines.js';
import type { Paint, Style } from '../style.js';

export { percentText };

/** The settings of a card. */
export interface CardOptions extends Style, PriceStyle {
  /** Milliseconds since 1970, for the age of bracket tables. */
  readonly today: number | undefined;
  /** Further rows about money. */
  readonly more?: readonly CardRow[];
  /** Planned exits, which are on the scale too. */
  readonly exits?: Exits;
  /** Whether warnings are left out. */
  readonly isQuiet: boolean;
}

/** A figure of a card with its name, and what it means. */
export interface CardRow {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly tone?: Paint['strong'];
}

const LABEL_WIDTH = 14;
/** The least width of the values before their notes. */
const VALUE_WIDTH = 12;
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
  { width: lineWidth, valueWidth = VALUE_WIDTH }: Pick<Style, 'width'> & { readonly valueWidth?: number },
  tone: (text: string) => string = (text) => text,
): string {
  const values = wrap(value, lineWidth - LABEL_WIDTH);
  const head = beside(
    label.padEnd(LABEL_WIDTH),
    values.map((line) => tone(line)),
  );
  if (note === '') return head.join('\n');
  const width = Math.max(value.length, VALUE_WIDTH, valueWidth);
  const padded = `${head[0] ?? ''}${' '.repeat(width - value.length + 2)}`;
  const lines = values.length > 1 ? [] : hang(padded, note, Math.max(lineWidth, shownLength(padded) + LEAST_ROOM));
  const fits = lines.length > 0 && lines.every((line) => shownLength(line) <= lineWidth);
  return (fits ? lines : [...head, ...hang(' '.repeat(LABEL_WIDTH), note, lineWidth)]).join('\n');
}

/** The position in words: side, size, entry, leverage, mark. */
export function cardTitle({ terms, position, reference }: Assessment, options: CardOptions): string {
  const { paint, entryDecimals } = options;
  const { side, entry, collateral, lev, mark, contract, perUnit } = position;
  const unit = unitSize(contract, terms, position.table);
  const isInverse = contract.marginAsset === 'base';
  const base = baseAsset(terms);
  // A size of contracts is easily taken for one of base units.
  const isCounted = isInverse || unit.compare(Ratio.ONE) !== 0;
  const unitWords = `${unit.toText(30)}${isInverse ? (marginAsset(terms, contract) === undefined ? '' : ' USD') : base ? ` ${base}` : ''}`;
  const ofUnit = isCounted ? ` of ${unitWords}` : '';
  const contracts = (count: Ratio): string =>
    `${count.toText(30)}${isCounted ? contractWord(count) + ofUnit : base ? ` ${base}` : ''}`;
  const counted = (terms.qty && contracts(terms.qty)) ?? (terms.notional && `value ${terms.notional.toText(30)}`);
  const moved = percentText(reference.minus(entry).over(entry));
  const details = [
    ...(mark ? [`mark ${mark.toText(30)} (${moved.startsWith('-') ? '' : '+'}${moved} % from entry)`] : []),
    ...(contract.marginAsset === 'base' ? [`${contract.name}: amounts in ${marginUnit(terms, contract)}`] : []),
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
export function tickedText(price: Ratio, { terms: { tick } }: Ticked, options: CardOptions): string {
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
