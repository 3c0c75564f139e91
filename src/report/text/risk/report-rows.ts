import { MAX_MAGNITUDE, type Ratio } from '../../../core/ratio.js';
import type { Conclusion, Finding, Pass, Report, Summary, Verdict, Verdicts } from '../../../core/risk/report.js';
import { figure, keepsSide } from '../../../core/risk/words.js';
import type { FailedRiskPosition, RiskInput } from '../../../core/risk/input.js';
import type { JsonField } from '../../../formats/raw-account.js';
import { FINDING_KEYS, type FindingRow, type PassRow } from '../../../schema/finding.js';
import { csvLine } from '../../csv.js';
import { RATIO_DECIMALS } from '../../../schema/figure.js';
import { ERROR_KEY, failureOf, ownName } from '../../failure.js';
import { jsonObject } from '../../json.js';
import { ACCOUNT_COLUMN } from '../../record-writers.js';
import { bareLine, bareText } from '../../bare.js';
import { markdownTable } from '../markdown.js';
import { withUnit } from './rule-words.js';

/** An account or a position with the verdicts of the rules, and what is written with them. */
export interface Checked {
  /** What it is called, if there are several. */
  readonly title?: string;
  readonly input: RiskInput;
  /** Judges it, one position after another. */
  readonly verdicts: () => Verdicts;
  /** The length of the longest name among the rules that find something. */
  readonly longestFinding: () => number;
  /** The account's own fields, as the output repeats them. */
  readonly echo: readonly JsonField[];
  /** The file that configures the rules, if there is one. */
  readonly config: string | undefined;
}

const DECIMALS = 8;

/** A figure for programs: rounded, but never onto the limit that it passed or to the other side of it. */
function valueText({ value, limit, unit }: Pick<Finding, 'value' | 'limit' | 'unit'>): string | null {
  if (!value) return null;
  const decimals = unit === '' ? DECIMALS : RATIO_DECIMALS;
  return limit && !keepsSide(value, limit, decimals) ? figure(value, limit, decimals) : value.toText(decimals);
}

/** A limit as configured; `null` for a finding without a limit. */
function limitText(limit: Ratio | undefined): string | null {
  if (!limit) return null;
  return limit.toText(limit.isExactAt(MAX_MAGNITUDE) ? MAX_MAGNITUDE : DECIMALS);
}

/** A finding as written; `position` counts from 0, like an array index. */
export function findingRow(finding: Finding, { positions }: RiskInput): FindingRow {
  const { rule, severity, position, symbol, unit, message, advice } = finding;
  const of = position === undefined ? undefined : positions[position];
  return {
    rule,
    severity,
    symbol: symbol ?? null,
    side: of?.terms.side ?? null,
    position: of?.index ?? position ?? null,
    value: valueText(finding),
    limit: limitText(finding.limit),
    unit,
    message,
    advice,
  };
}

function okJson({ rule, symbol, position, value, unit }: Pass, { positions }: RiskInput): PassRow {
  const text = valueText({ value, limit: undefined, unit });
  const index = position === undefined ? null : (positions[position]?.index ?? position);
  return { rule, symbol: symbol ?? null, position: index, value: text, unit };
}

/** A position without a price, which no rule checked, as JSON. */
const failedJson = ({ index, position: { terms, failure } }: FailedRiskPosition): object => ({
  position: index,
  symbol: terms.symbol ?? null,
  side: terms.side,
  error: failureOf(failure),
});

/** A text in pieces, and the conclusion that follows the last piece. */
export type Pieces = Generator<string, Conclusion, undefined>;

function* ofEach(verdicts: Verdicts, write: (verdict: Verdict) => string): Pieces {
  let step = verdicts.next();
  for (; step.done !== true; step = verdicts.next()) {
    const text = write(step.value);
    if (text !== '') yield text;
  }
  return step.value;
}

/**
 * A report as one line of JSON, without its newline. Findings are written as they are made; passed rules are kept as
 * text.
 */
export function* reportJson({ input, verdicts, echo, config }: Omit<Checked, 'longestFinding'>): Pieces {
  const passed: string[] = [];
  const separate = separator();
  yield `{${echo.map(([key, json]) => `${JSON.stringify(key)}:${json},`).join('')}"findings":[`;
  const conclusion = yield* ofEach(verdicts(), ({ findings, passes }) => {
    if (passes.length > 0) passed.push(listed(passes.map((each) => okJson(each, input))));
    return findings.length > 0 ? separate() + listed(findings.map((each) => findingRow(each, input))) : '';
  });
  yield '],"ok":[';
  const separatePassed = separator();
  for (const each of passed) yield separatePassed() + each;
  const { skipped, off, summary } = conclusion;
  const { notChecked, ...counts } = summary;
  const { failed = [] } = input;
  const rest = jsonObject([
    ['skipped', JSON.stringify(skipped)],
    ...(failed.length > 0 ? [['failed', JSON.stringify(failed.map(failedJson))] as const] : []),
    ...(off.length > 0 ? [['off', JSON.stringify(off)] as const] : []),
    ['summary', JSON.stringify({ ...counts, skipped: notChecked })],
    ...(config === undefined ? [] : [['config', JSON.stringify(config)] as const]),
  ]);
  yield `],${rest.slice(1)}`;
  return conclusion;
}

/** The elements of an array as JSON, without its brackets. */
const listed = (elements: readonly object[]): string => JSON.stringify(elements).slice(1, -1);

/** Returns an empty text the first time, then a comma. */
function separator(): () => string {
  let text = '';
  return () => {
    const before = text;
    text = ',';
    return before;
  };
}

/** The keys for `--only`: the keys of a finding, and the file that configures the rules. */
export const BARE_KEYS: readonly string[] = [...FINDING_KEYS, 'config'];

/**
 * The columns of CSV: the account, the finding, the data that a skipped rule lacked, the file that
 * configures the rules.
 */
export const REPORT_COLUMNS: readonly string[] = [ACCOUNT_COLUMN, ...FINDING_KEYS, 'lacks', 'config', ERROR_KEY];

/** A report as CSV lines: one per finding, and one per skipped rule. */
export function* reportCsv({ input, verdicts, echo, config = '' }: Checked, number: number): Pieces {
  const account = ownName(echo) ?? String(number);
  const line = (cells: readonly (string | number)[]): string => csvLine([account, ...cells, config, ''].map(String));
  const conclusion = yield* ofEach(verdicts(), ({ findings }) =>
    findings.map((each) => line([...Object.values(findingRow(each, input)).map((cell) => cell ?? ''), ''])).join(''),
  );
  const blanks = FINDING_KEYS.slice(2).map(() => '');
  for (const { rule, lacks } of conclusion.skipped) yield line([rule, 'skipped', ...blanks, lacks.join(' ')]);
  for (const { index, position } of input.failed ?? []) {
    const { terms, failure } = position;
    const cells = new Map<string, string | number>([
      [ACCOUNT_COLUMN, account],
      ['symbol', terms.symbol ?? ''],
      ['side', terms.side],
      ['position', index],
      ['config', config],
      [ERROR_KEY, failureOf(failure).message],
    ]);
    yield csvLine(REPORT_COLUMNS.map((column) => String(cells.get(column) ?? '')));
  }
  return conclusion;
}

/** The bare values of some keys, a line for each finding. */
export function* reportBare({ input, verdicts, config }: Checked, keys: readonly string[]): Pieces {
  return yield* ofEach(verdicts(), ({ findings }) =>
    findings
      .map((finding) => {
        const row = new Map(Object.entries({ ...findingRow(finding, input), config: config ?? null }));
        return bareLine(keys.map((key) => bareText(row.get(key))));
      })
      .join(''),
  );
}

/** The counts of a report in words: `2 errors, 1 warning, 2 ok, 15 not checked`. */
export function summaryWords({ errors, warnings, infos, ok, notChecked }: Summary): string {
  const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  const parts = [counted(errors, 'error'), counted(warnings, 'warning'), ...(infos > 0 ? [`${infos} info`] : [])];
  return [...parts, `${ok} ok`, `${notChecked} not checked`].join(', ');
}

/** A report as markdown: its findings, what was not checked, the summary. */
export function reportMarkdown(report: Report, { input, config }: Checked): string {
  const rows = report.findings.map((each) => {
    const { rule, severity, symbol, side, value, limit, message, advice } = findingRow(each, input);
    const withUnits = [value, limit].map((text) => (text === null ? '' : withUnit(text, each.unit)));
    return [severity, rule, symbol, side, ...withUnits, message, advice].map((cell) => cell ?? '');
  });
  const headings = ['severity', 'rule', 'symbol', 'side', 'value', 'limit', 'message', 'advice'];
  const found = rows.length > 0 ? `${markdownTable(headings, rows)}\n` : '';
  const skipped = report.skipped.map(({ rule, lacks }) => [rule, lacks.join(', ')]);
  const missed = skipped.length > 0 ? `${markdownTable(['not checked', 'lacks'], skipped)}\n` : '';
  const failures = (input.failed ?? []).map(({ position: { terms, failure } }) => [
    terms.symbol ?? '',
    terms.side,
    failureOf(failure).message,
  ]);
  const failed = failures.length > 0 ? `${markdownTable(['symbol', 'side', ERROR_KEY], failures)}\n` : '';
  const by = config === undefined ? '' : ` (rules: ${config})`;
  return `${found}${failed}${missed}${summaryWords(report.summary)}${by}\n`;
}
