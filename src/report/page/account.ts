import type { BracketTable } from '../../core/brackets.js';
import { NEAREST_FIRST } from '../../formats/order.js';
import { drawnStyle } from '../style.js';
import { accountPicture } from '../text/account-chart.js';
import { accountFacts, positionLines, shockWords } from '../text/account-comparison.js';
import { FILL_COLUMNS, fillWords } from '../text/account-fills.js';
import { reconcileLines } from '../text/account-reconcile.js';
import type { AccountAnswer, AccountFills, AccountRendering } from '../text/account-rows.js';
import { assetOf } from '../text/account-words.js';
import { farWords, moveWords, needLines, positionTable } from '../text/account-table.js';
import { barOf, LEFT_OUT, noted, tableNotes, type Fact, type Notes, type Sheet, type SheetTable } from './sheet.js';

interface Answers {
  readonly before?: AccountAnswer | undefined;
  readonly after: AccountAnswer;
}

/** An account as a page: its figures, its positions from the nearest to liquidation, its chart, and what is behind them. */
export function accountSheet(answers: Answers, name: string | undefined, rendering: AccountRendering): Sheet {
  const { before, after } = answers;
  const ordered = { ...after, order: after.order ?? { fields: NEAREST_FIRST } };
  const { columns, rows, failures, warnings, tables, rules } = positionTable(ordered, { ...rendering, ...drawnStyle });
  const { assessment, shock, near } = after;
  const positions = { columns, rows: rows.map(({ room, ...row }) => ({ ...row, bar: barOf(room) })) };
  return {
    title: `Account${name === undefined ? '' : ` ${name}`}`,
    lead: leadOf(after),
    facts: factsOf(answers),
    tables: [
      ...(rows.length > 0 ? [{ heading: headingOf(after, rows.length), ...positions }] : []),
      ...(before ? [comparedTable(before, ordered)] : []),
      ...(after.fills ? [filledTable(after.fills)] : []),
    ],
    pictures: assessment.outcome === undefined ? [] : [accountPicture(after)],
    notes: [
      ...noted('Positions', near && rows.length === 0 ? [farWords(near)] : []),
      ...noted(
        'Shock',
        shock ? shockWords(shock, assessment.account).map(([label, words]) => `${label}: ${words}.`) : [],
      ),
      ...noted('Open orders', after.fills ? fillWords(after.fills).map(([label, words]) => `${label}: ${words}.`) : []),
      ...noted('Margin to add', needLines(after)),
      ...noted(
        'Comparison with the exchange',
        reconcileLines(after, Infinity).filter((line) => line !== ''),
      ),
      ...noted('Failed', failures),
      ...noted('Warnings', rendering.isQuiet === true ? [] : [...warnings]),
      ...(rows.length > 0 ? ratesOf(tables) : []),
      ...noted('Venues', [...rules]),
      LEFT_OUT,
    ],
  };
}

function leadOf({ assessment, input }: AccountAnswer): string {
  if (assessment.account.positions.length === 0) return 'No open positions.';
  const asset = assetOf(input);
  const unit = asset === undefined ? '' : ` Amounts are in ${asset}.`;
  return `${moveWords(assessment)}.${unit}`;
}

function headingOf({ near, assessment }: AccountAnswer, shown: number): string {
  const words = near ? `Positions within ${near.percent.toText(30)} % of their liquidation` : 'Positions';
  const { length } = assessment.account.positions;
  return shown < length ? `${words} (${shown} of ${length})` : words;
}

function factsOf({ before, after }: Answers): readonly Fact[] {
  const old = before && new Map(accountFacts(before.assessment));
  return accountFacts(after.assessment).map(([label, value]) => ({
    label: old === undefined ? label : `${label}, before ${old.get(label) ?? 'unknown'}`,
    value,
    tone: value === 'already' || value === 'unknown' ? 'bad' : 'plain',
  }));
}

/** The prices of the positions before and after the changes. */
function comparedTable(before: AccountAnswer, after: AccountAnswer): SheetTable {
  return {
    heading: 'Liquidation before and after',
    columns: [{ heading: 'POSITION' }, { heading: 'BEFORE', align: 'right' }, { heading: 'AFTER', align: 'right' }],
    rows: positionLines(before, after).map((cells) => ({ cells, tone: 'plain' })),
  };
}

/** The orders that fill, each with its position afterwards. */
const filledTable = ({ fills }: AccountFills): SheetTable => ({
  heading: 'Open orders in the order in which they fill',
  columns: FILL_COLUMNS,
  rows: fills.map((each) => ({
    cells: FILL_COLUMNS.map(({ cell }) => cell(each)),
    tone: each.isLiquidatedBefore === true ? 'bad' : 'plain',
  })),
});

function ratesOf(tables: readonly BracketTable[]): readonly Notes[] {
  return tables.length > 0 ? tableNotes(tables) : noted('Rates', ['Given with the positions.']);
}
