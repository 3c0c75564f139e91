import { shownSymbol } from '../printable.js';
import type { AccountAssessment, AssessedPosition } from '../../core/account.js';
import { accountMarginRatio } from '../../core/account.js';
import type { Finding, Pass, Report, Skipped } from '../../core/risk/report.js';
import { figure, plain, priceText } from '../../core/risk/words.js';
import type { RiskInput } from '../../core/risk/input.js';
import type { Datum, Severity } from '../../core/risk/rule.js';
import { amountWords } from '../account-words.js';
import { sizeText } from '../plan/words.js';
import { wrap, type Paint, type Style } from '../style.js';
import { summaryWords, type Checked } from './report-rows.js';
import { withUnit } from './rule-words.js';

const WIDTH = 80;
const MARGIN = '  ';

/** How a report is shown. */
export interface ReportOptions extends Pick<Style, 'paint'> {
  /** How the reader gives a datum. */
  readonly give: (datum: Datum) => string;
  /** Whether what is so is said beside what to do. */
  readonly verbosity: 'brief' | 'full';
}

/** Findings for reading: by position, what was not checked, a summary. */
export function reportText(report: Report, { input, config }: Checked, options: ReportOptions): string {
  const ruleWidth = report.findings.reduce((width, { rule }) => Math.max(width, rule.length), 0);
  const [findings, passes] = [byPosition(report.findings), byPosition(report.passes)];
  const ofPlace = (place: number | undefined): string[] => {
    const found = (findings.get(place) ?? []).flatMap((each) => findingLines(each, ruleWidth, options));
    return [...found, ...okLines(passes.get(place) ?? [], options.paint)];
  };
  const blocks = input.positions.map(({ assessed }, index) => [
    ...titleLines(positionTitle(assessed), options.paint),
    ...ofPlace(index),
  ]);
  const shared = ofPlace(undefined);
  if (input.account && shared.length > 0) {
    blocks.push([...titleLines(accountTitle(input.account), options.paint), ...shared]);
  }
  const skipped = skippedLines(report.skipped, options);
  const off = report.off.length > 0 ? wrapped('off: ', report.off.join(', ')) : [];
  const summary = [summaryWords(report.summary), ...(config === undefined ? [] : [`rules: ${config}`])];
  const last = [...notes(input), ...skipped, ...off, ...summary];
  return `${[...blocks, last].map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** What is said of each position, and of the account under no number. */
function byPosition<T extends Finding | Pass>(all: readonly T[]): ReadonlyMap<number | undefined, readonly T[]> {
  const groups = new Map<number | undefined, T[]>();
  for (const each of all) {
    const group = groups.get(each.position);
    if (group) group.push(each);
    else groups.set(each.position, [each]);
  }
  return groups;
}

const wrapped = (label: string, text: string): string[] =>
  wrap(text, WIDTH - label.length).map((line, index) => (index === 0 ? label : ' '.repeat(label.length)) + line);

function titleLines(title: string, paint: Paint): string[] {
  return wrap(title, WIDTH).map((line, index) => paint.strong(index === 0 ? line : `${MARGIN}${line}`));
}

/** `LONG BTCUSDT 0.5 @ 30000 50x isolated, mark 29700, liquidation 29518.07`. */
function positionTitle({ terms, mode, position, price, outcome }: AssessedPosition): string {
  const name = terms.symbol === undefined ? '' : ` ${shownSymbol(terms.symbol)}`;
  const lev = terms.lev ? ` ${plain(terms.lev)}x` : '';
  const mark = terms.mark ? `, mark ${plain(terms.mark)}` : '';
  const where = price ? `liquidation ${priceText(price, position)}` : 'no liquidation price';
  const already = outcome.kind === 'already' ? 'LIQUIDATED ALREADY, ' : '';
  const what = `${terms.side.toUpperCase()}${name} ${sizeText(terms)}${plain(terms.entry)}${lev} ${mode}`;
  return `${what}${mark}, ${already}${where}`;
}

function accountTitle(account: AccountAssessment): string {
  const ratio = accountMarginRatio(account);
  const words = ratio ? `${figure(ratio.percent())} %` : 'none';
  return `ACCOUNT wallet ${amountWords(account.account.wallet)}, equity ${amountWords(account.equity)}, margin ratio ${words}`;
}

const SEVERITY_WIDTH = 5;

function toneOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.bad, warn: paint.warn, info: paint.faint }[severity];
}

function findingLines(finding: Finding, ruleWidth: number, { paint, verbosity }: ReportOptions): string[] {
  const { severity, rule, message, advice } = finding;
  const head = `${MARGIN}${toneOf(severity, paint)(severity.padEnd(SEVERITY_WIDTH))}  ${rule.padEnd(ruleWidth)}  `;
  const indent = MARGIN.length + SEVERITY_WIDTH + 2 + ruleWidth + 2;
  const room = WIDTH - indent;
  const measured = figureWords(finding);
  if (measured === undefined) return under(head, indent, [...wrap(message, room), ...adviceLines(advice, room)]);
  if (verbosity === 'full')
    return under(head, indent, [measured, ...wrap(message, room), ...adviceLines(advice, room)]);
  const isShort = measured.length + 3 + advice.length <= room;
  return under(head, indent, isShort ? [`${measured}   ${advice}`] : [measured, ...adviceLines(advice, room)]);
}

/** What to do, on lines of its own. */
const adviceLines = (advice: string, room: number): string[] =>
  wrap(advice, room - ARROW.length).map((line, index) => (index === 0 ? ARROW : ' '.repeat(ARROW.length)) + line);

const ARROW = '-> ';

const under = (head: string, indent: number, lines: readonly string[]): string[] =>
  lines.map((line, index) => (index === 0 ? head : ' '.repeat(indent)) + line);

/** `0.61 % < 5 %`; nothing of what has no figure. */
function figureWords({ value, limit, unit }: Finding): string | undefined {
  if (!value) return undefined;
  const text = withUnit(figure(value, limit), unit);
  if (!limit) return text;
  const order = value.compare(limit);
  return `${text} ${order > 0 ? '>' : order < 0 ? '<' : '='} ${withUnit(plain(limit), unit)}`;
}

function okLines(passes: readonly Pass[], paint: Paint): string[] {
  if (passes.length === 0) return [];
  const indent = MARGIN.length + SEVERITY_WIDTH + 2;
  const items = passes.map(({ rule, value, unit }) => (value ? `${rule} ${withUnit(figure(value), unit)}` : rule));
  const lines = wrap(items.map((item) => item.replaceAll(' ', HARD)).join(', '), WIDTH - indent);
  const head = `${MARGIN}${paint.good('ok'.padEnd(SEVERITY_WIDTH))}  `;
  return under(
    head,
    indent,
    lines.map((line) => line.replaceAll(HARD, ' ')),
  );
}

/** Stands for a blank where no line is broken. */
const HARD = '\u0000';

/** What was not checked, by what it takes to check it. */
function skippedLines(skipped: readonly Skipped[], { give }: ReportOptions): string[] {
  const groups = new Map<string, string[]>();
  for (const { rule, lacks } of skipped) {
    const key = [...new Set(lacks.map(give))].join(', ');
    groups.set(key, [...(groups.get(key) ?? []), rule]);
  }
  if (groups.size === 0) return [];
  const width = Math.max(...[...groups.keys()].map((key) => key.length));
  const lines = [...groups].flatMap(([key, ids]) => {
    const indent = MARGIN.length + width + 2;
    return under(`${MARGIN}${key.padEnd(width)}  `, indent, wrap(ids.join(', '), WIDTH - indent));
  });
  return ['Not checked, for want of', ...lines, ''];
}

function notes(input: RiskInput): string[] {
  const isUnit = input.positions.some(({ assessed }) => assessed.position.perUnit);
  return isUnit ? ['No size was given: margins and amounts are those of a size of 1 (--qty).', ''] : [];
}
