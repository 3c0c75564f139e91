import { assessAccount, isFailed, type Account, type AccountAssessment, type PositionAnswer } from '../core/account.js';
import { isLiqcalcError, problemsInWords } from '../core/errors.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { readAccount } from '../formats/account.js';
import type {
  AccountDefaults,
  AccountInput,
  JsonField,
  PositionFacts,
  RawAccount,
  RawPosition,
} from '../formats/raw-account.js';
import { fieldOfKey } from '../formats/record.js';
import type { AccountAnswer } from '../report/text/account-rows.js';
import { fieldOf } from './live-position.js';
import type { Mark, State } from './state.js';

/** The positions that share a wallet, before they are priced. */
export interface Source {
  readonly name: string;
  readonly raw: RawAccount;
}

/** A pool with its answer at the present marks. */
export interface Pool {
  readonly name: string;
  /** What it was read from; while these are the same, only marks are replaced. */
  readonly from: readonly unknown[];
  readonly input: AccountInput | undefined;
  /** The venue's key of the symbol of each position. */
  readonly keys: readonly string[];
  /** The mark of each position; `undefined` if no mark has arrived yet. */
  readonly marks: readonly (Mark | undefined)[];
  /** `undefined` while a position has no mark, and if the account cannot be priced. */
  readonly answer: AccountAnswer | undefined;
  /** Why it cannot be priced. */
  readonly problem?: { readonly code: string; readonly message: string };
}

/** The account of each pool of a state, in the order of the last snapshot; positions are in order of their symbols. */
export function sourcesOf({ accounts, rows, wallets }: State): readonly (Source & Pick<Pool, 'from'>)[] {
  const open = [...rows].flatMap(([key, row]) =>
    row.position ? [{ key, pool: row.pool, position: row.position }] : [],
  );
  open.sort((one, other) => (one.key < other.key ? -1 : 1));
  const known = new Set(accounts.map(({ name }) => name));
  const added = [...new Set(open.map(({ pool }) => pool).filter((name) => !known.has(name)))].sort();
  const all = [
    ...accounts,
    ...added.map((name) => ({ name, wallet: '0', own: [['asset', JSON.stringify(name)]] as const, problems: [] })),
  ];
  return all.flatMap((account) => {
    const { name } = account;
    const positions = open.filter(({ pool }) => pool === name).map(({ position }) => position);
    const wallet = wallets.get(name)?.text ?? account.wallet;
    if (positions.length === 0 && all.length > 1 && Number(wallet ?? '0') === 0) return [];
    const raw = { ...account, positions, ...(wallet !== undefined && { wallet }) };
    return [{ name, raw: raw as RawAccount, from: [wallet, account, ...positions] }];
  });
}

/** The pools at the present marks. One whose positions, wallet and marks are those of before is not computed again. */
export function pricedPools(
  sources: readonly (Source & Pick<Pool, 'from'>)[],
  { marks, venue }: Pick<State, 'marks' | 'venue'>,
  defaults: AccountDefaults,
  previous: readonly Pool[],
): readonly Pool[] {
  const before = new Map(previous.map((pool) => [pool.name, pool]));
  return sources.map((source) => {
    const old = before.get(source.name);
    const from = [defaults.tables, ...source.from];
    const read = old && areSame(old.from, from) ? old : readPool({ ...source, from }, venue, defaults);
    return withMarks(read, marks);
  });
}

const areSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((each, index) => each === others[index]);

function readPool({ name, raw, from }: Source & Pick<Pool, 'from'>, venue: string, defaults: AccountDefaults): Pool {
  const keys = raw.positions.map((each) => symbolKeyOn(venue, symbolOf(each)));
  const rest = { name, from, keys, marks: [], answer: undefined };
  try {
    return { ...rest, input: readForMarks(raw, defaults) };
  } catch (error) {
    return { ...rest, input: undefined, problem: problemOf(error) };
  }
}

/**
 * Reads an account whose marks come later.
 *
 * @throws {LiqcalcError} if it has no price at any marks.
 */
export function readForMarks(raw: RawAccount, defaults: AccountDefaults): AccountInput {
  return readAccount({ ...raw, positions: raw.positions.map(markedForReading) }, defaults);
}

function problemOf(error: unknown): NonNullable<Pool['problem']> {
  if (!isLiqcalcError(error)) throw error;
  return { code: error.code, message: problemsInWords(error.problems).join('; ') };
}

/** The symbol of a position, under any spelling of its key. */
export function symbolOf(position: RawPosition): string {
  const found = position.record.find(([key]) => fieldOfKey(key) === 'symbol')?.[1];
  return typeof found === 'string' ? found : '';
}

/** A position that can be read before its mark is known; its own mark is old. */
function markedForReading(position: RawPosition): RawPosition {
  const { record } = position;
  if (record.some(([key]) => fieldOfKey(key) === 'mark')) return position;
  const entry = fieldOf(position, 'entry') ?? fieldOf(position, 'entryPrice');
  return entry === undefined ? position : { ...position, record: [...record, ['mark', entry]] };
}

/** A pool at other marks. */
function withMarks(pool: Pool, all: State['marks']): Pool {
  const { input, keys } = pool;
  const marks = keys.map((key) => all.get(key));
  const isRead = pool.answer !== undefined || pool.problem !== undefined;
  if (!input || (isRead && areSame(pool.marks, marks))) return { ...pool, marks };
  if (marks.some((mark) => !mark)) return { ...pool, marks, answer: undefined };
  const positions = input.account.positions.map((each, index) => ({
    ...each,
    terms: { ...each.terms, mark: (marks[index] as Mark).price },
  }));
  const facts = input.facts.map((each, index) => markedFacts(each, marks[index] as Mark));
  const marked: AccountInput = { ...input, account: { ...input.account, positions }, facts };
  const rest = { name: pool.name, from: pool.from, input, keys, marks };
  try {
    return {
      ...rest,
      answer: { input: marked, assessment: remembering(assessAccount(marked.account), marked.account) },
    };
  } catch (error) {
    return { ...rest, answer: undefined, problem: problemOf(error) };
  }
}

/** The facts of a position whose fields have another mark. */
function markedFacts(facts: PositionFacts, { price }: Mark): PositionFacts {
  return {
    ...facts,
    echo: undefined,
    own: () => {
      const json = JSON.stringify(price.toText(30));
      const own = facts.own();
      const has = own.some(([key]) => fieldOfKey(key) === 'mark');
      const at = own.findIndex(([key]) => fieldOfKey(key) === 'entry');
      if (!has) return own.toSpliced(at + 1, 0, ['mark', json]);
      return own.map(([key, value]): JsonField => [key, fieldOfKey(key) === 'mark' ? json : value]);
    },
  };
}

/** An assessment that computes each position once, because several readers ask for it at each tick. */
function remembering(assessment: AccountAssessment, { positions }: Account): AccountAssessment {
  const { account, equity, maintenance, lacking, value, outcome, move, positionAt } = assessment;
  const known: PositionAnswer[] = [];
  const answerAt = (index: number): PositionAnswer => (known[index] ??= positionAt(index));
  return {
    account,
    equity,
    maintenance,
    lacking,
    value,
    outcome,
    move,
    get moving() {
      return assessment.moving;
    },
    positionAt: answerAt,
    get positions() {
      return positions.flatMap((_, index) => {
        const answer = answerAt(index);
        return isFailed(answer) ? [] : [answer];
      });
    },
  };
}
