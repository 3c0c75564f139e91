import { accountMarginRatio, type AssessedPosition } from '../../core/account.js';
import { roomTo } from '../../core/liquidation.js';
import { Ratio } from '../../core/ratio.js';
import type { Report } from '../../core/risk/report.js';
import { priceText } from '../../core/risk/words.js';
import type { Datum } from '../../core/risk/rule.js';
import { failureOf } from '../failure.js';
import { percentText, roomTone } from '../figures.js';
import { accountPlot } from '../plot/account.js';
import { ladderPicture } from '../plot/ladder-picture.js';
import type { Picture } from '../plot/picture.js';
import { shownSymbol } from '../printable.js';
import { drawnStyle, toneNamed, tonePaint, type ToneName } from '../style.js';
import { amountWords } from '../text/account-words.js';
import { moveWords } from '../text/account-table.js';
import { figureWords } from '../text/risk/report-text.js';
import { summaryWords, type Checked } from '../text/risk/report-rows.js';
import {
  barOf,
  LEFT_OUT,
  noted,
  ROOM,
  tableNotes,
  type Fact,
  type Sheet,
  type SheetRow,
  type SheetTable,
} from './sheet.js';

/** The number of moves that the chart of an account shows. */
const SAMPLES = 121;
const SEVERITY_ORDER = { error: 0, warn: 1, info: 2 } as const;
const SEVERITY_TONES: Readonly<Record<keyof typeof SEVERITY_ORDER, ToneName>> = {
  error: 'bad',
  warn: 'warn',
  info: 'plain',
};

/**
 * Findings as a page: counts, findings with their advice, the positions from the nearest to liquidation, the chart.
 *
 * @param give - how the user can give a datum.
 */
export function checkSheet(report: Report, { input, config, title }: Checked, give: (datum: Datum) => string): Sheet {
  const { account, positions, failed = [] } = input;
  const assessed = positions.map((each) => each.assessed);
  const tables = assessed.flatMap(({ position }) =>
    position.ratesFromTable && position.table ? [position.table] : [],
  );
  return {
    title: `Risk report of ${title === undefined ? (account ? 'an account' : 'a position') : `account ${title}`}`,
    lead: `${summaryWords(report.summary)}.${account?.outcome ? ` ${moveWords(account)}.` : ''}`,
    facts: [...countFacts(report), ...accountFactsOf(input)],
    tables: [...findingTable(report), ...(assessed.length > 0 ? [positionTable(assessed)] : [])],
    pictures: picturesOf(input),
    notes: [
      ...noted(
        'Failed',
        failed.map(
          ({ position: { terms, failure } }) =>
            `${shownSymbol(terms.symbol ?? '')} ${terms.side}: ${failureOf(failure).message}`,
        ),
      ),
      ...noted(
        'Not checked, because data is missing',
        report.skipped.map(({ rule, lacks }) => `${rule}: ${[...new Set(lacks.map(give))].join(', ')}`),
      ),
      ...noted('Rules that are off', report.off),
      ...noted('Rules', config === undefined ? [] : [`Configured by ${config}.`]),
      ...tableNotes(tables),
      LEFT_OUT,
    ],
  };
}

function countFacts({ summary: { errors, warnings, ok, notChecked } }: Report): readonly Fact[] {
  return [
    { label: 'errors', value: String(errors), tone: errors > 0 ? 'bad' : 'good' },
    { label: 'warnings', value: String(warnings), tone: warnings > 0 ? 'warn' : 'good' },
    { label: 'rules kept', value: String(ok) },
    { label: 'rules not checked', value: String(notChecked) },
  ];
}

function accountFactsOf({ account }: Checked['input']): readonly Fact[] {
  if (!account) return [];
  const ratio = accountMarginRatio(account);
  return [
    { label: 'wallet', value: amountWords(account.account.wallet) },
    { label: 'equity', value: amountWords(account.equity) },
    {
      label: 'margin ratio',
      value: ratio ? `${percentText(ratio)} %` : account.lacking.length > 0 ? 'unknown' : 'none',
    },
  ];
}

/** The findings, errors first. */
function findingTable({ findings }: Report): readonly SheetTable[] {
  if (findings.length === 0) return [];
  const ordered = [...findings].sort((one, other) => SEVERITY_ORDER[one.severity] - SEVERITY_ORDER[other.severity]);
  const rows = ordered.map((finding): SheetRow => {
    const { severity, rule, symbol, message, advice } = finding;
    const cells = [
      severity,
      rule,
      symbol === undefined ? '' : shownSymbol(symbol),
      figureWords(finding) ?? '',
      message,
      advice,
    ];
    return { cells, tone: SEVERITY_TONES[severity] };
  });
  const headings = ['SEVERITY', 'RULE', 'SYMBOL', 'VALUE', 'FINDING', 'WHAT TO DO'];
  return [{ heading: 'Findings', columns: headings.map((heading) => ({ heading })), rows }];
}

function positionTable(positions: readonly AssessedPosition[]): SheetTable {
  const roomOf = ({ outcome: { bound }, reference }: AssessedPosition): number | undefined =>
    bound && Number(roomTo(bound, reference).over(reference).toFixed(6));
  const ordered = positions
    .map((position) => ({ position, room: roomOf(position) }))
    .sort((one, other) => (one.room ?? Infinity) - (other.room ?? Infinity) || 0);
  const left = (heading: string): SheetTable['columns'][number] => ({ heading });
  const right = (heading: string): SheetTable['columns'][number] => ({ heading, align: 'right' });
  return {
    heading: 'Positions',
    columns: [left('SYMBOL'), left('SIDE'), right('ENTRY'), right('MARK'), right('LIQUIDATION'), right(ROOM)],
    rows: ordered.map(({ position, room }) => positionRow(position, room)),
  };
}

function positionRow(
  { terms, mode, outcome, reference, price, position }: AssessedPosition,
  room: number | undefined,
): SheetRow {
  const share = outcome.bound && roomTo(outcome.bound, reference).over(reference);
  const isPast = outcome.kind === 'already';
  const tone = share ? toneNamed(roomTone(share, tonePaint, tonePaint.strong)) : 'plain';
  return {
    cells: [
      shownSymbol(terms.symbol ?? ''),
      `${terms.side} ${mode}`,
      terms.entry.toText(30),
      terms.mark?.toText(30) ?? '',
      price ? priceText(price, position) : outcome.kind,
      share ? `${percentText(share)}%${isPast ? ' past' : ''}` : '',
    ],
    tone: isPast ? 'bad' : tone,
    bar: isPast ? undefined : barOf(room),
  };
}

function picturesOf({ account, positions }: Checked['input']): readonly Picture[] {
  if (account) return account.outcome ? [{ ...accountPlot(account, SAMPLES), summary: `${moveWords(account)}.` }] : [];
  return positions.map(({ assessed, data }) => {
    const { entry } = assessed.terms;
    const style = {
      ...drawnStyle,
      entryDecimals: entry.decimals,
      decimals: undefined,
      today: undefined,
      isQuiet: true,
    };
    return ladderPicture(assessed, style, { stop: data.stop instanceof Ratio ? data.stop : undefined });
  });
}
