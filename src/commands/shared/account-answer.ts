import { assessAccount, walletChangeFor, type AccountAssessment, type AccountPosition } from '../../core/account.js';
import type { Warning } from '../../core/assessment.js';
import { DEFAULT_VENUE, symbolKey, UNKNOWN_VENUE, type TableSource } from '../../core/brackets.js';
import { LiqcalcError, problemOf, type Problem } from '../../core/errors.js';
import { isAlarming } from '../../core/nearness.js';
import { Ratio, stepOf } from '../../core/ratio.js';
import { discrepancies } from '../../core/reconcile.js';
import { shockedAccount, shockOutcome, type Shock } from '../../core/shock.js';
import { waysOut } from '../../core/ways-out.js';
import { freeMargin } from '../../core/withdrawal.js';
import { changed, type Closing } from '../../core/what-if.js';
import { readAccount } from '../../formats/account.js';
import type { AccountDefaults, AccountInput, GivenRates, RawAccount, RawPosition } from '../../formats/raw-account.js';
import { changedFacts, withMark } from '../../formats/account-changes.js';
import type { RoomOf } from '../../formats/account-figures.js';
import type { Order } from '../../formats/order.js';
import { withMarks } from '../../formats/position-spec.js';
import type { RawRecord } from '../../formats/record.js';
import type { AccountAnswer } from '../../report/text/account-rows.js';

/** A question about accounts, and values for what they lack. */
export interface AccountQuestion {
  /** The wallet of accounts without one. */
  readonly wallet: string | undefined;
  /** Betas by symbol, as `symbolKey` spells it. */
  readonly betas: ReadonlyMap<string, Ratio>;
  /** Rates of positions that have neither a table nor the exchange's own rate. */
  readonly rates?: GivenRates | undefined;
  readonly tick: string | undefined;
  /** The venue of positions that do not name one. */
  readonly venue: string | undefined;
  readonly add: readonly RawPosition[];
  readonly close: readonly Closing[];
  readonly walletChange: Ratio | undefined;
  /** Prices the account as if its open orders had filled, after the changes. Who asks loads it. */
  readonly fills?: Filling | undefined;
  /** A sudden move of the marks, after the changes and the fills. */
  readonly shock?: Shock | undefined;
  /** With candles: the room of positions in average true ranges. */
  readonly rooms?: RoomOf | undefined;
  /** The required margin ratio, in percent. */
  readonly need: Ratio | undefined;
  /** The source of bracket tables. */
  readonly tables: TableSource;
  readonly isReconciled: boolean;
  /** Only positions at or below this distance are shown, in percent. */
  readonly within: Ratio | undefined;
  /** The order of the positions, and how many are shown; `undefined` for all in the order of the input. */
  readonly order?: Order | undefined;
}

/**
 * Prices an account as if its open orders had filled.
 *
 * @param raw - the account as it was given, with its orders.
 * @param answer - the answer for it before.
 * @throws {LiqcalcError} if the orders are missing or invalid, or the effect of one is unknown.
 */
type Filling = (raw: RawAccount, answer: AccountAnswer, question: AccountQuestion) => AccountAnswer;

/** The answer for an account; `before` is set if changes were requested. */
export interface AnsweredAccount {
  readonly before?: AccountAnswer;
  readonly after: AccountAnswer;
}

/** Whether a question changes accounts, so that their answers have a `before`. */
export function areCompared({ shock, fills, ...question }: AccountQuestion): boolean {
  return shock !== undefined || fills !== undefined || isChanged(question);
}

function isChanged({ add, close, walletChange }: Pick<AccountQuestion, 'add' | 'close' | 'walletChange'>): boolean {
  return add.length > 0 || close.length > 0 || walletChange !== undefined;
}

/**
 * The answer for one account.
 *
 * @throws {LiqcalcError} with every problem of the account.
 */
export function answerAccount(raw: RawAccount, options: AccountQuestion): AnsweredAccount {
  const defaults = defaultsOf(options);
  const input = readAccount(raw, defaults);
  const { shock } = options;
  const answered = filledAnswer(raw, changedAnswer(input, options, defaults), options);
  if (!shock) return answered;
  const after = shockedAnswer(answered.after, shock, options);
  return { before: answered.before ?? answered.after, after };
}

function filledAnswer(raw: RawAccount, answered: AnsweredAccount, options: AccountQuestion): AnsweredAccount {
  const { before, after } = answered;
  return options.fills ? { before: before ?? after, after: options.fills(raw, after, options) } : answered;
}

/** The answer after a shock. Its positions have the marks of the shock, also among their own fields. */
function shockedAnswer(
  { input, assessment, ...others }: AccountAnswer,
  shock: Shock,
  options: AccountQuestion,
): AccountAnswer {
  const account = shockedAccount(input.account, shock);
  const facts = input.facts.map((each, index) =>
    withMark(each, input.account.positions[index], account.positions[index]),
  );
  const answer = answerFor({ ...input, account, facts }, options);
  return {
    ...answer,
    ...(others.isWalletComputed !== undefined && { isWalletComputed: others.isWalletComputed }),
    ...(others.fills && { fills: others.fills }),
    shock: shockOutcome(assessment, answer.assessment, shock),
  };
}

function changedAnswer(input: AccountInput, options: AccountQuestion, defaults: AccountDefaults): AnsweredAccount {
  const { add, close, walletChange } = options;
  if (!isChanged(options)) return { after: answerFor(input, options) };
  const added = readAdditions(input, add, defaults);
  const after = changed(input.account, {
    close,
    add: added.account.positions,
    ...(walletChange && { walletChange }),
  });
  const facts = changedFacts(after, input.facts, added.facts);
  const answer = answerFor({ account: after.account, facts, own: input.own }, options);
  const notes = [...(input.notes ?? []), ...withdrawalNotes(answer.assessment, walletChange)];
  return {
    before: answerFor(input, options),
    after: {
      ...answer,
      input: { ...answer.input, notes },
      isWalletComputed: after.account.wallet.compare(input.account.wallet) !== 0,
    },
  };
}

/** That the exchange does not allow an amount to be taken out of the wallet, or that this is unknown. */
function withdrawalNotes(after: AccountAssessment, walletChange: Ratio | undefined): readonly Warning[] {
  if (walletChange?.sign() !== -1) return [];
  const free = freeMargin(after);
  if (free && free.sign() >= 0) return [];
  const most = free?.minus(walletChange).max(Ratio.ZERO).floorTo(stepOf(8));
  const details = { amount: walletChange.negated().toText(30), ...(most && { most: most.toText(8) }) };
  return [{ code: 'WITHDRAWAL_LIMIT', details }];
}

/** The values of a question for what accounts lack. */
export function defaultsOf({ wallet, betas, rates, tick, tables, venue }: AccountQuestion): AccountDefaults {
  return { wallet, betas, rates, tables, venue, fields: tick === undefined ? [] : [['tick', tick]] };
}

/**
 * Positions to add. One without a mark, rate or contract takes it from its symbol in the account.
 *
 * @param flag - what problems without a field are about.
 */
export function readAdditions(
  { account }: AccountInput,
  add: readonly RawPosition[],
  defaults: AccountDefaults,
  flag = '--add',
): AccountInput {
  const problems: Problem[] = [];
  const read: AccountInput[] = [];
  const hasMark = (symbol: string): boolean => positionOn(symbol, account.positions)?.terms.mark !== undefined;
  for (const each of withMarks(add, hasMark)) {
    const fields = [...defaults.fields, ...fieldsOfSymbol(each, account.positions)];
    try {
      const venue = venueOfAddition(each, account.positions);
      read.push(readOne(venue === undefined ? each : { ...each, venue }, { ...defaults, fields }));
    } catch (error) {
      if (!(error instanceof LiqcalcError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0)
    throw new LiqcalcError(problems.map((each) => (each.field === '' ? problemOf(flag, each) : each)));
  return {
    account: { wallet: account.wallet, positions: read.flatMap((each) => each.account.positions) },
    facts: read.flatMap((each) => each.facts),
    own: [],
  };
}

function readOne(position: RawPosition, defaults: AccountDefaults): AccountInput {
  return readAccount({ wallet: '0', positions: [position], own: [], problems: [] }, defaults);
}

/**
 * The venue of an addition that names none: the venue of its symbol in the account, else the one venue of all
 * positions.
 */
function venueOfAddition(addition: RawPosition, positions: readonly AccountPosition[]): string | undefined {
  const same = samePosition(addition, positions);
  if (same) return same.venue ?? DEFAULT_VENUE;
  const venues = new Set(positions.map(({ venue }) => venue ?? DEFAULT_VENUE));
  const [venue] = venues;
  return venues.size > 1 ? UNKNOWN_VENUE : venue;
}

function samePosition({ record }: RawPosition, positions: readonly AccountPosition[]): AccountPosition | undefined {
  const symbol = record.find(([key]) => key === 'symbol')?.[1];
  return typeof symbol === 'string' ? positionOn(symbol, positions) : undefined;
}

function positionOn(symbol: string, positions: readonly AccountPosition[]): AccountPosition | undefined {
  return positions.find(({ terms }) => symbolKey(terms.symbol) === symbolKey(symbol));
}

function fieldsOfSymbol(addition: RawPosition, positions: readonly AccountPosition[]): RawRecord {
  const { record } = addition;
  const same = samePosition(addition, positions);
  if (!same) return [];
  const { mark, mmr, cum, mmFee, contract, multiplier } = same.terms;
  const gives = (key: string): boolean => record.some(([name]) => name === key);
  const rates: RawRecord =
    gives('mmr') || !mmr
      ? []
      : [['mmr', mmr.times(Ratio.HUNDRED).toText(30)], ...(cum ? [['cum', cum.toText(30)] as const] : [])];
  return [
    ...(mark ? [['mark', mark.toText(30)] as const] : []),
    ...rates,
    ...(mmFee && !gives('mmFee') ? [['mmFee', mmFee.times(Ratio.HUNDRED).toText(30)] as const] : []),
    ...(contract ? [['contract', contract] as const] : []),
    ...(multiplier ? [['multiplier', multiplier.toText(30)] as const] : []),
  ];
}

/** The ways to a margin ratio in percent. Nothing need be closed if money could be taken out. */
function needOf(assessment: AccountAssessment, percent: Ratio): NonNullable<AccountAnswer['need']> {
  const ratio = percent.over(Ratio.HUNDRED);
  const change = walletChangeFor(assessment, ratio);
  return { percent, change, ways: change && change.sign() > 0 ? waysOut(assessment, ratio) : [] };
}

/** The answer for an account that was read. */
export function answerFor(
  input: AccountInput,
  { need, isReconciled, tick, within, order, rooms }: AccountQuestion,
): AccountAnswer {
  const assessment = assessAccount(input.account);
  const step = tick === undefined ? undefined : Ratio.parse(tick);
  return {
    input,
    assessment,
    ...(within && { near: { percent: within, holds: (each) => isAlarming(within, each) } }),
    ...(order && { order }),
    ...(rooms && { rooms }),
    ...(need && { need: needOf(assessment, need) }),
    ...(isReconciled && {
      discrepancies: discrepancies(
        assessment,
        { account: input.reported, positions: input.facts.map(({ reported }) => reported) },
        step?.kind === 'decimal' ? step.value : undefined,
      ),
    }),
  };
}
