import { assess, bracketInForce, reasonWithoutPrice, type Assessment } from '../../core/assessment.js';
import { bracketIndex, DEFAULT_VENUE } from '../../core/brackets.js';
import { isLiqcalcError } from '../../core/errors.js';
import { evaluate, parseExpression, quotientSides, substituted, type Values } from '../../core/expression.js';
import { formulas, type FormulaName } from '../../core/formulas/index.js';
import { maintenanceAt, profitAt, valueAt } from '../../core/leg.js';
import { walletMargin, type Position } from '../../core/position.js';
import { Ratio } from '../../core/ratio.js';
import { beside, LINE_WIDTH, wrap } from './lines.js';

/** Decimals of figures in explanations; a figure with more is marked with `~`. */
const SHOWN_DECIMALS = 12;
/** A decimal of up to this many places is shown exactly. */
const MOST_DECIMALS = 30;
const INDENT = 10;

/** A value as text: exact if it is a decimal, else rounded and marked with `~`. */
function figure(value: Ratio): string {
  for (const decimals of [SHOWN_DECIMALS, MOST_DECIMALS]) {
    if (value.isExactAt(decimals)) return value.toText(decimals);
  }
  return `~${value.toText(SHOWN_DECIMALS)}`;
}

/** A line before it is wrapped; one with an indent continues below its start. */
type Line = string | { readonly start: string; readonly indent: string; readonly text: string };

function laidOut(line: Line, width: number): string[] {
  if (typeof line === 'string') return wrap(line, width);
  const { start, indent, text } = line;
  return wrap(text, width - indent.length).map((each, index) => (index === 0 ? start : indent) + each);
}

/** A part of an explanation: its label and its lines. */
export interface ExplainedStep {
  readonly label: string;
  readonly lines: readonly string[];
}

/**
 * How the price was found, step by step: the formula, the numbers put in, the check that equity equals maintenance at
 * the answer, the brackets that were tried, and the other formulas' answers beside it.
 *
 * @param decimals - of prices that are compared.
 * @param width - of the text with its labels.
 */
export function explainedSteps(assessment: Assessment, decimals: number, width = LINE_WIDTH): readonly ExplainedStep[] {
  const values = symbolsOf(assessment);
  const steps: readonly { readonly label: string; readonly lines: readonly Line[] }[] = [
    { label: 'Rule', lines: [assessment.formula.meaning, ...ruleLines(assessment)] },
    { label: 'With', lines: withLines(assessment, values) },
    { label: 'Price', lines: priceSteps(assessment, values) },
    { label: 'Check', lines: checkLines(assessment) },
    ...(assessment.position.brackets.length > 1
      ? [{ label: 'Brackets', lines: bracketLines(assessment, decimals) }]
      : []),
    { label: 'Compare', lines: reconcileLines(assessment, decimals) },
  ];
  return steps.map(({ label, lines }) => ({ label, lines: lines.flatMap((line) => laidOut(line, width - INDENT)) }));
}

/** The same as text. */
export function explanation(assessment: Assessment, decimals: number, width?: number): string {
  const blocks = explainedSteps(assessment, decimals, width).map(({ label, lines }) =>
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
    ...(venue.name === DEFAULT_VENUE ? [] : [`${venue.meaning} (rule ${venue.name} since ${venue.since})`]),
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
    `s = ${position.side === 'long' ? '+1 (long)' : '-1 (short)'}, ${size}, E = ${show('E')}`,
    `C = ${show('C')}  ${collateralOrigin(position, terms)}`,
    ...leverage,
    `r = ${show('r')}, a = ${show('a')}  (${rates})`,
    `f = ${show('f')}`,
    ...(position.fixed.sign() === 0 ? [] : [`F = ${show('F')}  (maintenance that does not depend on the price)`]),
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

function priceSteps(assessment: Assessment, values: Values): Line[] {
  const { position, formula, price } = assessment;
  const text = formula.expression(position);
  const tree = parseExpression(text);
  const numbers = substituted(text, (name) => (values[name] ? figure(values[name]) : undefined));
  const found = evaluate(tree, values);
  const sides = quotientSides(tree)?.map((side) => evaluate(side, values));
  const steps: Line[] = [`p = ${text}`, step(numbers)];
  if (sides?.[0] && sides[1]) steps.push(step(`${figure(sides[0])} / ${figure(sides[1])}`));
  if (price) return [...steps, step(`${figure(price)}${asFraction(price)}`)];
  const value = found ? `${figure(found)}, which is not a price` : 'not a number';
  return [...steps, step(`${value}: ${reasonWithoutPrice(assessment) ?? ''}`)];
}

/** One step of a calculation below the `p` it continues. */
const step = (text: string): Line => ({ start: '  = ', indent: '    ', text });

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
  return [`equity(p)      = ${figure(equity)}`, `maintenance(p) = ${figure(maintenance)}`, verdict];
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

function reconcileLines(assessment: Assessment, decimals: number): Line[] {
  const others = (Object.keys(formulas) as FormulaName[]).filter((name) => name !== assessment.formula.name);
  return others.map((name) => ({ start: '', indent: '  ', text: reconcileLine(assessment, name, decimals) }));
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
