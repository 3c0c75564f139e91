import { assess, bracketInForce, reasonWithoutPrice, type Assessment } from '../../core/assessment.js';
import { bracketIndex, DEFAULT_VENUE } from '../../core/brackets.js';
import { isLiqcalcError } from '../../core/errors.js';
import { evaluate, parseExpression, quotientSides, substituted, type Values } from '../../core/expression.js';
import { formulas, type FormulaName } from '../../core/formulas/index.js';
import { maintenanceAt, profitAt, valueAt } from '../../core/leg.js';
import { walletMargin, type Position } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { beside, hang, LINE_WIDTH, wrap } from './lines.js';

/** Decimals of figures in explanations; a figure with more is marked with `~`. */
const SHOWN_DECIMALS = 12;
/** A decimal of up to this many places is shown exactly. */
const MOST_DECIMALS = 30;
const INDENT = 10;
const WIDTH = LINE_WIDTH - INDENT;

/** A value as text: exact if it is a decimal, else rounded and marked with `~`. */
function figure(value: Ratio): string {
  for (const decimals of [SHOWN_DECIMALS, MOST_DECIMALS]) {
    if (value.isExactAt(decimals)) return value.toText(decimals);
  }
  return `~${value.toText(SHOWN_DECIMALS)}`;
}

/** A part of an explanation: its label and its lines. */
export interface ExplainedStep {
  readonly label: string;
  readonly lines: readonly string[];
}

function paragraph(text: string): string[] {
  return wrap(text, WIDTH);
}

/**
 * How the price was found, step by step: the formula, the numbers put in, the check that equity equals maintenance at
 * the answer, the brackets that were tried, and the other formulas' answers beside it.
 *
 * @param decimals - of prices that are compared.
 */
export function explainedSteps(assessment: Assessment, decimals: number): readonly ExplainedStep[] {
  const values = symbolsOf(assessment);
  return [
    { label: 'Rule', lines: [...paragraph(assessment.formula.meaning), ...ruleLines(assessment)] },
    { label: 'With', lines: withLines(assessment, values) },
    { label: 'Price', lines: priceSteps(assessment, values) },
    { label: 'Check', lines: checkLines(assessment) },
    ...(assessment.position.brackets.length > 1
      ? [{ label: 'Brackets', lines: bracketLines(assessment, decimals) }]
      : []),
    { label: 'Compare', lines: reconcileLines(assessment, decimals) },
  ];
}

/** The same as text. */
export function explanation(assessment: Assessment, decimals: number): string {
  const blocks = explainedSteps(assessment, decimals).map(({ label, lines }) =>
    beside(label.padEnd(INDENT), lines).join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

function ruleLines({ position, formula }: Assessment): string[] {
  const { venue, rule, contract, fixed } = position;
  const { equity, maintenance } = contract.formulas;
  const isRuled = formula.name === 'exact' && fixed.sign() !== 0;
  const ruled = rule.valued === 'price' ? `${maintenance} + F` : 'F';
  return [
    ...(venue.name === DEFAULT_VENUE ? [] : paragraph(`${venue.meaning} (rule ${venue.name} since ${venue.since})`)),
    `equity(p)      = ${equity}`,
    `maintenance(p) = ${isRuled ? ruled : maintenance}`,
  ];
}

/** The symbols of the formulas with their values. Rate and amount are those in force at the price. */
function symbolsOf(assessment: Assessment): Values {
  const { position } = assessment;
  const bracket =
    (assessment.formula.name === 'exact' ? bracketInForce(assessment)?.bracket : entryBracket(position)) ??
    entryBracket(position);
  return {
    s: position.side === 'long' ? Ratio.ONE : Ratio.ONE.negated(),
    q: position.size,
    N: position.size,
    E: position.entry,
    C: walletMargin(position),
    r: bracket.rate,
    f: position.fee,
    F: position.fixed,
    a: bracket.amount,
    ...(position.lev && { lev: position.lev }),
  };
}

function entryBracket(position: Position): Position['brackets'][number] {
  const index = bracketIndex(position.brackets, valueAt(position, position.entry));
  return position.brackets[index] as Position['brackets'][number];
}

function withLines({ position, terms, formula, price }: Assessment, values: Values): string[] {
  const show = (name: string): string => figure(values[name] ?? Ratio.ZERO);
  const base = position.contract.marginAsset === 'base';
  const size = base ? `N = ${show('N')} (quote value of all contracts)` : `q = ${show('q')}`;
  const rates = position.ratesFromTable
    ? `${price ? 'the bracket in force at that price' : 'a bracket of its table'}: table ${position.table?.symbol ?? ''} dated ${position.table?.asOf ?? ''}`
    : 'as given';
  const leverage = formula.name === 'article' ? [`lev = ${show('lev')}`] : [];
  return [
    ...paragraph(`s = ${position.side === 'long' ? '+1 (long)' : '-1 (short)'}, ${size}, E = ${show('E')}`),
    ...wrap(`C = ${show('C')}  ${collateralOrigin(position, terms)}`, WIDTH),
    ...leverage,
    ...wrap(`r = ${show('r')}, a = ${show('a')}  (${rates})`, WIDTH),
    `f = ${show('f')}`,
    ...(position.fixed.sign() === 0
      ? []
      : paragraph(`F = ${show('F')}  (maintenance that does not depend on the price)`)),
  ];
}

function collateralOrigin({ collateral, lev, contract }: Position, terms: Assessment['terms']): string {
  if (collateral.kind === 'cross') {
    const { wallet, othersPnl, othersMm } = collateral;
    return `(wallet ${figure(wallet)} + others' PnL ${figure(othersPnl)} - their maintenance ${figure(othersMm)})`;
  }
  const added = terms.addMargin ? ` + added ${figure(terms.addMargin)}` : '';
  if (terms.margin) return `(margin ${figure(terms.margin)}${added})`;
  const value = contract.marginAsset === 'base' ? 'N / E' : 'q x E';
  return `(initial margin: ${value} / ${lev ? figure(lev) : ''}${added})`;
}

function priceSteps(assessment: Assessment, values: Values): string[] {
  const { position, formula, price } = assessment;
  const text = formula.expression(position);
  const tree = parseExpression(text);
  const numbers = substituted(text, (name) => (values[name] ? figure(values[name]) : undefined));
  const found = evaluate(tree, values);
  const sides = quotientSides(tree)?.map((side) => evaluate(side, values));
  const steps = [`p = ${text}`, ...step(numbers)];
  if (sides?.[0] && sides[1]) steps.push(...step(`${figure(sides[0])} / ${figure(sides[1])}`));
  if (price) return [...steps, ...step(`${figure(price)}${asFraction(price)}`)];
  const value = found ? `${figure(found)}, which is not a price` : 'not a number';
  return [...steps, ...step(`${value}: ${reasonWithoutPrice(assessment) ?? ''}`)];
}

/** One step of a calculation below the `p` it continues. */
function step(text: string): string[] {
  return hang('  = ', text, WIDTH);
}

function asFraction(price: Ratio): string {
  const { numerator, denominator } = price.reduced();
  const fraction = `${numerator}/${denominator}`;
  return denominator > 1n && fraction.length <= 40 ? `  (exactly ${fraction})` : '';
}

/**
 * Both sides as in the rule above: in cross margin, the other positions' maintenance is subtracted from the collateral.
 */
function checkLines({ position, price, formula }: Assessment): string[] {
  if (!price) return ['there is no price to check'];
  const [equity, maintenance] = [
    walletMargin(position).plus(profitAt(position, price)),
    maintenanceAt(position, price),
  ];
  const difference = formula.name === 'article' ? 'this is not a liquidation price' : 'this is not the price';
  const verdict =
    equity.compare(maintenance) === 0
      ? 'equal: compared as exact fractions'
      : `the two sides differ: by the exchange’s rule ${difference}`;
  return [`equity(p)      = ${figure(equity)}`, `maintenance(p) = ${figure(maintenance)}`, ...wrap(verdict, WIDTH)];
}

/** Every bracket with the price that it alone would give. The bracket that contains its price is in force. */
function bracketLines(assessment: Assessment, decimals: number): string[] {
  const { position, price } = assessment;
  if (!price) return ['no price, so no bracket is in force'];
  const inForce = bracketIndex(position.brackets, valueAt(position, price));
  const tree = parseExpression(position.contract.formulas[position.side]);
  const around = position.brackets
    .map((bracket, index) => ({ bracket, index }))
    .filter(({ index }) => Math.abs(index - inForce) <= 1);
  return around.map(({ bracket, index }) => {
    const values = { ...symbolsOf(assessment), r: bracket.rate, a: bracket.amount };
    const alone = evaluate(tree, values);
    const range = `${figure(bracket.floor)} to ${bracket.cap ? figure(bracket.cap) : 'no cap'}`;
    const gives = alone && alone.sign() > 0 ? alone.toFixed(decimals) : 'no price';
    const verdict = index === inForce ? 'in force' : 'outside';
    return `no. ${index + 1}  ${range}, ${bracket.rate.percent().toText(4)} %: gives ${gives}, ${verdict}`;
  });
}

function reconcileLines(assessment: Assessment, decimals: number): string[] {
  const others = (Object.keys(formulas) as FormulaName[]).filter((name) => name !== assessment.formula.name);
  return others.flatMap((name) => {
    const [first = '', ...rest] = wrap(reconcileLine(assessment, name, decimals), WIDTH - 2);
    return [first, ...rest.map((line) => `  ${line}`)];
  });
}

function reconcileLine({ terms, position, price }: Assessment, name: FormulaName, decimals: number): string {
  const label = name.padEnd(8);
  try {
    const other = assess(terms, position.table, name);
    if (!other.price) return `${label} no price: ${other.formula.neverBecause}`;
    const difference = price ? other.price.minus(price) : undefined;
    const signed = difference ? ` (${difference.sign() < 0 ? '' : '+'}${difference.toText(decimals)})` : '';
    return `${label} ${other.price.toFixed(decimals)}${signed}: ${other.formula.meaning}`;
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    const isOfVenue = position.venue.name !== DEFAULT_VENUE;
    return `${label} does not apply: ${isOfVenue ? `it is for ${DEFAULT_VENUE}` : formulas[name].scope}`;
  }
}
