import { shownSymbol } from '../../printable.js';
import type { AccountAssessment, AssessedPosition, FailedPosition, MarginMode } from '../../../core/account.js';
import type { Terms } from '../../../core/position.js';
import { failureOf } from '../../failure.js';
import { accountMarginRatio } from '../../../core/account.js';
import type { Conclusion, Finding, Pass, Skipped, Verdict } from '../../../core/risk/report.js';
import { tickedPrice } from '../../../core/liquidation.js';
import { figure, plain, priceText } from '../../../core/risk/words.js';
import { candlesNeeded } from '../../../core/plan/atr.js';
import type { AtrSeed } from '../../../core/plan/atr-seeds.js';
import { ATR_PERIOD, roomInAtrs } from '../../../core/plan/room-in-atrs.js';
import type { PositionData, RiskInput, RiskPosition } from '../../../core/risk/input.js';
import type { Datum, Severity } from '../../../core/risk/rule.js';
import { rules } from '../../../core/risk/rules/index.js';
import { amountWords } from '../account-words.js';
import { sizeText } from '../plan/words.js';
import { beside, hang, shownLength, wrap } from '../lines.js';
import type { Paint, Style } from '../../style.js';
import { summaryWords, type Checked, type Pieces } from './report-rows.js';
import { withUnit } from './rule-words.js';

const MARGIN = '  ';

/** How a report is shown. */
export interface ReportOptions extends Pick<Style, 'paint' | 'width'> {
  /** How the user can give a datum. */
  readonly give: (datum: Datum) => string;
  /** Whether the facts are printed beside the advice. */
  readonly verbosity: 'brief' | 'full';
}

/** Findings for reading: by position, while they are made; then what was not checked, and a summary. */
export function* reportText(checked: Checked, options: ReportOptions): Pieces {
  const { input } = checked;
  const ruleWidth = checked.longestFinding();
  const linesOf = ({ findings, passes }: Verdict): string[] => [
    ...findings.flatMap((each) => findingLines(each, ruleWidth, options)),
    ...okLines(passes, options),
  ];
  const verdicts = checked.verdicts();
  const shared: string[] = [];
  let step = verdicts.next();
  for (; step.done !== true; step = verdicts.next()) {
    const position = step.value.position === undefined ? undefined : input.positions[step.value.position];
    const lines = linesOf(step.value);
    if (position) yield blockOf([...titleLines(positionTitle(position, input), options), ...lines]);
    else shared.push(...lines);
  }
  for (const { position } of input.failed ?? []) yield blockOf(failedLines(position, options));
  if (input.account && shared.length > 0) {
    yield blockOf([...titleLines(accountTitle(input.account), options), ...shared]);
  }
  yield `${lastLines(step.value, checked, options).join('\n')}\n`;
  return step.value;
}

const blockOf = (lines: readonly string[]): string => `${lines.join('\n')}\n\n`;

function failedLines(position: FailedPosition, options: ReportOptions): string[] {
  const message = `${failureOf(position.failure).message}; no rule checked it`;
  return [
    ...titleLines(failedTitle(position), options),
    ...hang(`${MARGIN}${options.paint.bad('failed')}  `, message, options.width),
  ];
}

/** What was not checked, and the summary. */
function lastLines(
  { skipped, off, summary }: Conclusion,
  { input, config }: Checked,
  options: ReportOptions,
): string[] {
  return [
    ...notes(input),
    ...skippedLines(skipped, input, options),
    ...(off.length > 0 ? hang('off: ', off.join(', '), options.width) : []),
    ...wrap(summaryWords(summary), options.width),
    ...(config === undefined ? [] : [`rules: ${config}`]),
  ];
}

function titleLines(title: string, { paint, width }: ReportOptions): string[] {
  return wrap(title, width - MARGIN.length).map((line, index) => paint.strong(index === 0 ? line : `${MARGIN}${line}`));
}

/** `LONG BTCUSDT 0.5 @ 30000 50x isolated, mark 29700, liquidation 29518.07`. */
function positionTitle({ assessed, data }: RiskPosition, { atrSeed }: RiskInput): string {
  const { terms, mode, position, reference, outcome } = assessed;
  const { tick } = terms;
  const price = (tick ? tickedPrice(outcome, reference, tick) : undefined) ?? outcome.bound?.price;
  const where = price ? `liquidation ${priceText(price, position)}` : 'no liquidation price';
  const already = outcome.kind === 'already' ? 'LIQUIDATED ALREADY, ' : '';
  return `${termsWords(terms, mode)}, ${already}${where}${atrsWords(assessed, data.candles, atrSeed)}`;
}

/** The room in average true ranges, if there are enough candles. */
function atrsWords(assessed: AssessedPosition, candles: PositionData['candles'], seed: AtrSeed = 'first-bar'): string {
  const isEnough = candles !== undefined && candles.length >= candlesNeeded(ATR_PERIOD, seed);
  const room = isEnough ? roomInAtrs(assessed, candles, seed) : undefined;
  return room ? ` (${room.atrs.toFixed(2)} ATRs away)` : '';
}

const failedTitle = ({ terms, mode }: FailedPosition): string => `${termsWords(terms, mode)}, no liquidation price`;

function termsWords(terms: Terms, mode: MarginMode): string {
  const name = terms.symbol === undefined ? '' : ` ${shownSymbol(terms.symbol)}`;
  const lev = terms.lev ? ` ${plain(terms.lev)}x` : '';
  const mark = terms.mark ? `, mark ${plain(terms.mark)}` : '';
  return `${terms.side.toUpperCase()}${name} ${sizeText(terms)}${plain(terms.entry)}${lev} ${mode}${mark}`;
}

function accountTitle(account: AccountAssessment): string {
  const ratio = accountMarginRatio(account);
  const words = ratio ? `${figure(ratio.percent())} %` : account.lacking.length > 0 ? 'unknown' : 'none';
  return `ACCOUNT wallet ${amountWords(account.account.wallet)}, equity ${amountWords(account.equity)}, margin ratio ${words}`;
}

const SEVERITY_WIDTH = 5;
/** A finding with less room beside its rule is continued below it. */
const LEAST_ROOM = 24;
const BELOW = ' '.repeat(MARGIN.length + SEVERITY_WIDTH + 2);

function toneOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.bad, warn: paint.warn, info: paint.faint }[severity];
}

function findingLines(finding: Finding, ruleWidth: number, { paint, width, verbosity }: ReportOptions): string[] {
  const { severity, rule } = finding;
  const head = `${MARGIN}${toneOf(severity, paint)(severity.padEnd(SEVERITY_WIDTH))}  ${rule.padEnd(ruleWidth)}  `;
  const room = width - shownLength(head);
  if (room < LEAST_ROOM)
    return [head.trimEnd(), ...detailLines(finding, verbosity, width - BELOW.length).map((line) => BELOW + line)];
  return beside(head, detailLines(finding, verbosity, room));
}

/** What a finding has measured, and what to do. */
function detailLines(finding: Finding, verbosity: ReportOptions['verbosity'], room: number): string[] {
  const { message, advice } = finding;
  const measured = figureWords(finding);
  if (measured === undefined) return [...wrap(message, room), ...adviceLines(advice, room)];
  if (verbosity === 'full') return [measured, ...wrap(message, room), ...adviceLines(advice, room)];
  const isShort = measured.length + 3 + advice.length <= room;
  return isShort ? [`${measured}   ${advice}`] : [measured, ...adviceLines(advice, room)];
}

/** What to do, on lines of its own. */
const adviceLines = (advice: string, room: number): string[] => hang(ARROW, advice, room);

const ARROW = '-> ';

/** `0.61 % < 5 %`; `undefined` for a finding without a figure. */
export function figureWords({ value, limit, unit }: Finding): string | undefined {
  if (!value) return undefined;
  const text = withUnit(figure(value, limit), unit);
  if (!limit) return text;
  const order = value.compare(limit);
  return `${text} ${order > 0 ? '>' : order < 0 ? '<' : '='} ${withUnit(plain(limit), unit)}`;
}

function okLines(passes: readonly Pass[], { paint, width }: ReportOptions): string[] {
  if (passes.length === 0) return [];
  const items = passes.map(({ rule, value, unit }) => (value ? `${rule} ${withUnit(figure(value), unit)}` : rule));
  const head = `${MARGIN}${paint.good('ok'.padEnd(SEVERITY_WIDTH))}  `;
  const text = items.map((item) => item.replaceAll(' ', HARD)).join(', ');
  return hang(head, text, width).map((line) => line.replaceAll(HARD, ' '));
}

/** A placeholder for a blank at which no line may be broken. */
const HARD = '\u0000';

/** The rules that were not checked, grouped by the data that they need. */
function skippedLines(
  skipped: readonly Skipped[],
  input: RiskInput,
  { give, width: lineWidth }: ReportOptions,
): string[] {
  const groups = new Map<string, string[]>();
  for (const { rule, lacks } of skipped) {
    const words = lacks.map((datum) => {
      const least = isGiven(datum, input) ? rules[rule].least?.[datum] : undefined;
      return least === undefined ? give(datum) : `${give(datum)} (${least} or more values)`;
    });
    const key = [...new Set(words)].join(', ');
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  if (groups.size === 0) return [];
  const most = lineWidth - MARGIN.length - 2 - Math.max(...skipped.map(({ rule }) => rule.length + 1));
  const width = Math.min(Math.max(...[...groups.keys()].map((key) => key.length)), most);
  const lines = [...groups].flatMap(([key, ids]) => dataLines(key, ids.join(', '), width, lineWidth));
  return ['Not checked, because data is missing', ...lines, ''];
}

/** The missing data with the rules that need them: beside them if there is room, else below. */
function dataLines(data: string, ids: string, width: number, lineWidth: number): string[] {
  if (data.length <= width) return hang(`${MARGIN}${data.padEnd(width)}  `, ids, lineWidth);
  return [...hang(MARGIN, data, lineWidth), ...hang(' '.repeat(MARGIN.length * 2), ids, lineWidth)];
}

/** Whether a position has the datum: a rule that lacks it needs more of its values. */
function isGiven(datum: Datum, { positions }: RiskInput): boolean {
  return positions.some(({ data }) => (data as Readonly<Partial<Record<Datum, unknown>>>)[datum] !== undefined);
}

function notes(input: RiskInput): string[] {
  const isUnit = input.positions.some(({ terms: { qty, notional } }) => !qty && !notional);
  return isUnit ? ['No size was given: margins and amounts are for a size of 1; give --qty.', ''] : [];
}
