import { accountProblems } from '../core/account-problems.js';
import type { Account, AccountPosition, MarginMode } from '../core/account.js';
import type { RateBasis, WalletBasis, Warning } from '../core/assessment.js';
import {
  DEFAULT_VENUE,
  symbolKey,
  UNKNOWN_VENUE,
  venueKey,
  NO_TABLES,
  type BracketTable,
  type TableSource,
} from '../core/brackets.js';
import { lacksSize, sizedTable, symbolProblems, tableFor } from '../core/tables/table-for.js';
import { isLiqcalcError, LiqcalcError, problem, problemOf, type Problem } from '../core/errors.js';
import { Ratio, stepOf } from '../core/ratio.js';
import type { ReportedAccount, ReportedPosition } from '../core/reconcile.js';
import type { ReportedValue } from '../core/reconcile-reasons.js';
import { plainSymbol, REFUSED_VENUES, tablesVenue, venues } from '../core/venues/index.js';
import { FIELDS, type FieldKey } from './fields.js';
import { maintenanceAt } from '../core/leg.js';
import { contractOf, legFrom, type Terms } from '../core/position.js';
import { fieldOfKey, readPosition as readRecord, type PositionInput, type RawRecord } from './record.js';
import { PLACE } from '../schema/account.js';
import { readJson } from '../schema/issues.js';
import { readValue } from '../schema/value.js';

/** A key with the JSON text of its value, as read or as it will be written. */
export type JsonField = readonly [key: string, json: string];

/** Rates from a venue's record of a position, in liqcalc's fields. */
export interface OwnRates {
  /** `mmr` in percent, and `cum` if known. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether the record has the rate, or only values that it is derived from. */
  readonly basis: RateBasis;
  /** The rate of the first tier, a fraction, if the record shows it: a table with another one is of another time. */
  readonly firstRate?: Ratio | undefined;
}

/** A position as its source gives it, not validated. */
export interface RawPosition {
  /** How messages name it: `positions[1]`. */
  readonly name: string;
  readonly record: RawRecord;
  /** Its fields as output repeats them. */
  readonly own: () => readonly JsonField[];
  /** The source's own object as JSON, if `own` does not have the source's fields. */
  readonly source?: string;
  /** The source's name of a field if it differs from our key; messages use it. */
  readonly sourceKeys?: Readonly<Record<string, string>>;
  /** Set if it is written in one word, as `KEY=VALUE`; messages then suggest that form. */
  readonly isWord?: true;
  /** Whether the entry was computed: its decimals then do not affect the rounding of prices. */
  readonly isEntryDerived?: boolean;
  /** Its venue; by default the venue in its record, else `DEFAULT_VENUE`. */
  readonly venue?: string;
  /** The rule of that venue when the record was written, if it is not the present one. */
  readonly rule?: string | undefined;
  /** Rates from the venue's own figures. */
  readonly ownRates?: OwnRates | undefined;
  /** Warnings about how it was read. */
  readonly notes?: readonly Warning[] | undefined;
  /** The exchange's own price; `null` if it reports that there is none. */
  readonly reported?: string | null;
  /** Maintenance margin at the mark, as the exchange reports it. */
  readonly reportedMaintenance?: string;
  /** Maintenance over equity, as the exchange reports it, a fraction. */
  readonly reportedRatio?: string;
  /** Unrealised profit, as the exchange reports it. */
  readonly reportedProfit?: string;
}

/** Figures of an exchange besides prices, as written. */
export type ReportedFigures = Pick<RawPosition, 'reportedMaintenance' | 'reportedRatio' | 'reportedProfit'>;

/** An account as its source gives it, not validated. */
export interface RawAccount {
  readonly wallet?: RawRecord[number][1];
  /** How to give a wallet that is missing; by default as the key `wallet`. */
  readonly walletGivenBy?: string;
  /** The wallet calculated from other figures of the source. It is used if the source and the input have no wallet. */
  readonly inferred?: { readonly wallet: string; readonly basis: WalletBasis } | undefined;
  readonly positions: readonly RawPosition[];
  /** The account's own fields as output repeats them, without wallet and positions. */
  readonly own: readonly JsonField[];
  /** The venue of positions without their own, as written. */
  readonly venue?: string;
  /** Whether several settlement assets share the wallet. */
  readonly isMultiAssets?: boolean;
  /** What the exchange reports about the cross positions together. */
  readonly reported?: ReportedFigures;
  /** Problems found so far; if there are any, the positions may be missing. */
  readonly problems: readonly Problem[];
}

/** Data about a position of an account besides its terms. */
export interface PositionFacts {
  readonly own: RawPosition['own'];
  readonly entryDecimals: number;
  /** What the exchange reports about it, if anything. */
  readonly reported?: ReportedPosition;
}

/**
 * The exchange's price of a position: `null` if it reports that there is none, `undefined` if it does not report one.
 */
export function exchangePriceOf({ reported }: PositionFacts): Ratio | null | undefined {
  const price = reported?.price;
  return price === 'none' ? null : price?.value;
}

/** A parsed account: the input of its assessment, and the fields that output repeats. */
export interface AccountInput {
  readonly account: Account;
  readonly facts: readonly PositionFacts[];
  /** The account's own fields as output repeats them, without wallet and positions. */
  readonly own: readonly JsonField[];
  /** What the exchange reports about the cross positions together. */
  readonly reported?: ReportedAccount;
  /** Warnings about how it was read. */
  readonly notes?: readonly Warning[];
}

/** A rate for positions that lack it: for all of them, or for a symbol. Values are valid texts of the field. */
export interface GivenRate {
  readonly all?: string | undefined;
  /** By `symbolKey`. */
  readonly bySymbol: ReadonlyMap<string, string>;
}

/** The rates that can be given for positions without their own. */
export const GIVEN_RATES = ['mmr', 'cum', 'mmFee'] as const;
export type GivenRates = Readonly<Record<(typeof GIVEN_RATES)[number], GivenRate>>;

/** Defaults for every account that is read. */
export interface AccountDefaults {
  /** The wallet of accounts without one. */
  readonly wallet?: string | undefined;
  /** Betas by symbol, as `symbolKey` spells it. */
  readonly betas: ReadonlyMap<string, Ratio>;
  /** The venue of positions without their own, if neither does their account have one. */
  readonly venue?: string | undefined;
  /** Values for fields that are missing from positions. */
  readonly fields: RawRecord;
  readonly tables: TableSource;
  /** Rates of flags. Messages about a missing rate then name the flag. */
  readonly rates?: GivenRates | undefined;
}

/**
 * Reads an account.
 *
 * @throws {LiqcalcError} with all problems, named by position and key.
 */
export function readAccount(raw: RawAccount, given: AccountDefaults): AccountInput {
  const problems: Problem[] = [...raw.problems];
  const defaults = { ...given, venue: accountVenue(raw, problems) ?? given.venue };
  const wallet = readWallet(raw, defaults, problems);
  const crossFields: RawRecord = [...defaults.fields, ['wallet', NO_WALLET]];
  const readings = raw.positions.map((each) => readPosition(each, defaults, crossFields));
  for (const { from, position, problems: found } of readings) {
    const own = withoutEchoes(found).map((each) => inSourceWords(from, each, defaults));
    problems.push(...[...own, ...(position?.failure ?? [])].map((each) => problemOf(from.name, each)));
  }
  const positions = readings.flatMap(({ position }) => position ?? []);
  const { isMultiAssets = false } = raw;
  const failed = positions.filter(({ failure }) => failure).length;
  // A position that alone has no rate does not refuse the others.
  const isRefused = problems.length > failed || (failed > 0 && failed === raw.positions.length);
  if (!isRefused) problems.splice(0, problems.length, ...accountProblems({ positions, isMultiAssets }));
  if (problems.length > 0) throw new LiqcalcError(problems);
  const isWalletGiven = walletText(raw, defaults) !== undefined;
  return {
    account: {
      wallet,
      isWalletGiven,
      isMultiAssets,
      positions: isMultiAssets ? positions.map(heldCollateral) : positions,
    },
    facts: readings.flatMap(({ facts }) => facts ?? []),
    own: raw.own,
    ...(raw.reported && { reported: reportedFigures(raw.reported) }),
    notes: walletNotes(raw, wallet, defaults),
  };
}

function walletText({ wallet, inferred }: RawAccount, defaults: AccountDefaults): RawAccount['wallet'] {
  return wallet ?? defaults.wallet ?? inferred?.wallet;
}

/** That the wallet is inferred, or contradicts the one that follows from the source. */
function walletNotes({ inferred }: RawAccount, wallet: Ratio, defaults: AccountDefaults): Warning[] {
  if (!inferred) return [];
  const { basis } = inferred;
  const other = Ratio.from(inferred.wallet);
  const shown = other.toText(8);
  if (defaults.wallet === undefined) return [{ code: 'WALLET_INFERRED', details: { wallet: shown, basis } }];
  const isNear = !wallet.minus(other).abs().isAbove(wallet.abs().times(CONTRADICTION));
  return isNear ? [] : [{ code: 'WALLET_DIFFERS', details: { given: wallet.toText(8), inferred: shown, basis } }];
}

/** A position whose collateral is a basket of assets, fixed at its present value. */
function heldCollateral(position: AccountPosition): AccountPosition {
  if (position.mode === 'isolated') return position;
  return { ...position, notes: [...(position.notes ?? []), { code: 'COLLATERAL_HELD', details: {} }] };
}

/** Replaces a missing wallet of cross positions, so that the positions can still be validated. */
const NO_WALLET = '0';

function readWallet(raw: RawAccount, defaults: AccountDefaults, problems: Problem[]): Ratio {
  const text = walletText(raw, defaults);
  // If the input is refused as a whole, no single field is reported as missing.
  const isWhole = ({ code, field }: Problem): boolean =>
    field === '' && (code === 'NOT_AN_ACCOUNT' || code === 'REFUSED');
  if (raw.problems.some(isWhole)) return Ratio.ZERO;
  if (text === undefined) {
    const isNeeded =
      raw.positions.length === 0 || raw.positions.some(({ record }) => placeOf(record).mode !== 'isolated');
    if (isNeeded)
      problems.push(problem('MISSING', '', { what: 'cross wallet', give: [raw.walletGivenBy ?? 'wallet'] }));
    return Ratio.ZERO;
  }
  const read = typeof text === 'string' ? readValue(FIELDS.wallet, 'wallet', text) : undefined;
  if (read && 'value' in read && read.value instanceof Ratio) return read.value;
  problems.push(
    read && 'problem' in read
      ? read.problem
      : problem('NOT_A_VALUE', 'wallet', { value: typeof text === 'string' ? text : text.notAValue }),
  );
  return Ratio.ZERO;
}

/** A parsed position, possibly incomplete. */
interface Reading {
  readonly from: RawPosition;
  readonly position?: AccountPosition;
  readonly facts?: PositionFacts;
  readonly problems: readonly Problem[];
}

function readPosition(source: RawPosition, common: AccountDefaults, crossFields: RawRecord): Reading {
  // The record of a position of our own shape is a getter that parses its text on each read: it is read once here.
  const written = source.record;
  const venue = venueOf(source, written, common);
  const given = withGivenRates(source, written, venue, common);
  const record = given === source ? written : given.record;
  const present = given.ownRates && tableOf(record, venue, common.tables);
  const found = present && isOfItsTime(given, present) ? present : undefined;
  const readFrom = (from: RawPosition, of: RawRecord): Reading =>
    readTerms({ from, record: of, venue, table: found }, common, crossFields);
  const withOwn = (): Reading => {
    const own = withOwnRates(given, record, venue);
    return readFrom(own, own.record);
  };
  const read = given.ownRates && !found ? withOwn() : readFrom(withVenue(given, venue), record);
  const contradiction = maintenanceContradiction(read.position, read.facts);
  if (!contradiction) return read;
  // A table of another venue may follow another rule or be of another day: the record's own rates are closer.
  if (found && venue !== DEFAULT_VENUE) return noted(withOwn(), contradiction);
  return noted(read, { ...contradiction, details: { ...contradiction.details, taken: 'ours' } });
}

/** Whether a table is of the time of a record: not if another rule held then, or another rate for the first tier. */
function isOfItsTime({ rule, ownRates }: RawPosition, { brackets }: BracketTable): boolean {
  const first = ownRates?.firstRate;
  return rule === undefined && (!first || brackets[0]?.rate.compare(first) === 0);
}

/** The sources of a position, with its venue's table of its symbol. */
interface ReadFrom {
  readonly from: RawPosition;
  readonly record: RawRecord;
  readonly venue: string;
  readonly table: BracketTable | undefined;
}

/** The problem of a position at a venue whose rule is known not to be covered. */
function refusedVenue(venue: string): readonly Problem[] {
  const why = REFUSED_VENUES[venue];
  return why === undefined ? [] : [problem('VENUE_REFUSES', 'venue', { venue, why })];
}

/** The venue of an account, checked. */
function accountVenue({ venue }: RawAccount, problems: Problem[]): string | undefined {
  if (venue === undefined) return undefined;
  const read = readValue(FIELDS.venue, 'venue', venue);
  if ('problem' in read) problems.push(read.problem);
  return 'problem' in read ? undefined : (read.value as string);
}

function readTerms(
  { from, record, venue, table: found }: ReadFrom,
  common: AccountDefaults,
  crossFields: RawRecord,
): Reading {
  const { mode = 'cross', beta, problems: unread } = placeOf(record);
  const isCross = mode !== 'isolated';
  const hasVenue = valueOf(record, 'venue') !== undefined;
  const fields = hasVenue ? record.filter(([key]) => key !== 'venue') : record;
  const read = readRecord(fields, isCross ? crossFields : common.fields);
  const input = read.kind === 'position' ? read.input : undefined;
  const place = { name: from.name, record };
  const problems = [...unread, ...refusedVenue(venue), ...placeProblems(place, isCross, input)];
  if (read.kind === 'problems') {
    const unknown =
      read.unrated && !found ? symbolProblems(read.unrated, tablesAt(venue, common), tablesVenue(venue)) : [];
    const own = isCross ? read.problems : read.problems.map((each) => ofIsolated(each, from.name));
    return { from, problems: [...problems, ...own, ...unknown] };
  }
  if (!input || problems.length > 0) return { from, problems };
  try {
    const { formula } = input;
    const terms = ruled(input.terms, from.rule ?? venue);
    const tables = tablesAt(venue, common);
    const sized = found && sizedTable(found, terms);
    const { table, failure } = sized ? { table: sized } : orFailure(() => tableFor(terms, tables, tablesVenue(venue)));
    // Later checks do not know how the position was written.
    if (!failure) contractOf(terms, table);
    const notes = [...rateNotes(from, venue, terms), ...(from.notes ?? [])];
    const position: AccountPosition = {
      name: from.name,
      terms,
      mode,
      formula,
      beta: beta ?? betaOf(terms, common),
      ...(table && { table }),
      ...(failure && { failure: failure.map((each) => inSourceWords(from, each, common)) }),
      ...(venue !== DEFAULT_VENUE && { venue }),
      ...(notes.length > 0 && { notes }),
    };
    return { from, position, facts: factsOf(from, input), problems };
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    return { from, problems: error.problems };
  }
}

/** A table, or why there is none for a position without a rate. */
function orFailure(find: () => BracketTable | undefined): {
  readonly table?: BracketTable | undefined;
  readonly failure?: readonly Problem[];
} {
  try {
    return { table: find() };
  } catch (error) {
    if (!isLiqcalcError(error) || error.code !== 'UNKNOWN_SYMBOL') throw error;
    return { failure: error.problems };
  }
}

/** Terms with the rule of a venue, if it has one of its own. */
function ruled(terms: Terms, venue: string): Terms {
  return venue === DEFAULT_VENUE || !Object.hasOwn(venues, venue) ? terms : { ...terms, venue };
}

/** The beta of a symbol, for positions without their own. */
function betaOf({ symbol = '' }: Terms, { betas }: AccountDefaults): Ratio {
  return betas.size === 0 ? Ratio.ONE : (betas.get(symbolKey(symbol)) ?? Ratio.ONE);
}

function noted(reading: Reading, note: Warning): Reading {
  const { position } = reading;
  return position ? { ...reading, position: { ...position, notes: [...(position.notes ?? []), note] } } : reading;
}

/** The tables of a venue; of an unknown one there are none, so only the record's own rates are used. */
function tablesAt(venue: string, { tables }: AccountDefaults): TableSource {
  return venue === UNKNOWN_VENUE ? NO_TABLES : tables;
}

/** The venue of a position: from its source, else from its record, else that of its account, else the default. */
function venueOf({ venue }: RawPosition, record: RawRecord, { venue: usual = DEFAULT_VENUE }: AccountDefaults): string {
  const written = valueOf(record, 'venue');
  return venue ?? (typeof written === 'string' ? venueKey(written) : usual);
}

/** The table of a record with rates of its own; none if it counts contracts, and neither says how large one is. */
function tableOf(record: RawRecord, venue: string, tables: TableSource): BracketTable | undefined {
  const symbol = valueOf(record, 'symbol');
  if (typeof symbol !== 'string' || venue === UNKNOWN_VENUE) return undefined;
  const table = tables.find(symbol, tablesVenue(venue));
  return table && lacksSize(table, valueOf(record, 'multiplier') !== undefined) ? undefined : table;
}

/**
 * A position with the rates that flags give for it. A rate for its symbol takes priority over its table; one for all
 * positions is for those that have neither a table nor the exchange's own rate. A rate in its record always stays.
 */
function withGivenRates(
  from: RawPosition,
  record: RawRecord,
  venue: string,
  { rates, tables }: AccountDefaults,
): RawPosition {
  if (!rates || !GIVEN_RATES.some((key) => rates[key].all !== undefined || rates[key].bySymbol.size > 0)) return from;
  const symbol = valueOf(record, 'symbol');
  const key = typeof symbol === 'string' ? symbolKey(symbol) : '';
  const isFeeAssumed = from.notes?.some(({ code }) => code === 'FEE_ASSUMED') === true;
  const present = new Set(record.map(([name]) => fieldOfKey(name)));
  if (isFeeAssumed) present.delete('mmFee');
  const given = (field: keyof GivenRates, isForAll: () => boolean): RawRecord => {
    const { all, bySymbol } = rates[field];
    const value = present.has(field) ? undefined : (bySymbol.get(key) ?? (isForAll() ? all : undefined));
    return value === undefined ? [] : [[field, value]];
  };
  const isRated = (): boolean => from.ownRates?.basis === 'rate' || tableOf(record, venue, tables) !== undefined;
  const mmr = given('mmr', () => !isRated());
  const cum = given('cum', () => mmr.length > 0);
  const mmFee = given('mmFee', () => true);
  const added = [...mmr, ...cum, ...mmFee] as readonly (readonly [string, string])[];
  if (added.length === 0) return from;
  const isReplaced = (name: string): boolean => mmFee.length > 0 && fieldOfKey(name) === 'mmFee';
  return {
    ...from,
    ...(mmr.length > 0 && { ownRates: undefined }),
    ...(mmFee.length > 0 && { notes: from.notes?.filter(({ code }) => code !== 'FEE_ASSUMED') }),
    record: [...record.filter(([name]) => !isReplaced(name)), ...added],
    own: () => [
      ...from.own().filter(([name]) => !isReplaced(name)),
      ...added.map(([name, value]) => [name, JSON.stringify(value)] as const),
    ],
  };
}

/** A position whose output fields contain the venue, if it is not the default. */
function withVenue(from: RawPosition, venue: string): RawPosition {
  if (from.venue === undefined || venue === DEFAULT_VENUE) return from;
  return { ...from, own: () => [...from.own(), ['venue', JSON.stringify(from.rule ?? venue)]] };
}

function withOwnRates(given: RawPosition, record: RawRecord, venue: string): RawPosition {
  const from = withVenue(given, venue);
  if (!from.ownRates) return from;
  const rates = Object.entries(from.ownRates.fields);
  return {
    ...from,
    record: [...record, ...rates],
    own: () => [...from.own(), ...rates.map(([key, value]) => [key, JSON.stringify(value)] as const)],
  };
}

/** The note that a position of another venue is priced by its record. */
function rateNotes({ ownRates }: RawPosition, venue: string, { symbol = '', mmr }: Terms): Warning[] {
  if (venue === UNKNOWN_VENUE) return [{ code: 'VENUE_UNKNOWN', details: { symbol } }];
  if (!mmr || !ownRates) return [];
  return [{ code: 'OWN_RATES', details: { symbol, venue, basis: ownRates.basis } }];
}

/** A larger relative difference between the exchange's maintenance and ours is a contradiction. */
const CONTRADICTION = Ratio.from('0.001');

/** The note that the exchange's maintenance margin at the mark differs from that of the rates by more than rounding. */
function maintenanceContradiction(
  position: AccountPosition | undefined,
  facts: PositionFacts | undefined,
): (Warning & { readonly code: 'MAINTENANCE_DIFFERS' }) | undefined {
  if (!position || position.failure) return undefined;
  const { terms, table, formula } = position;
  const { mark, symbol = '' } = terms;
  const reported = facts?.reported?.maintenance?.value;
  if (!mark || !reported) return undefined;
  const ours = maintenanceAt(legFrom(terms, table), formula === 'simple' ? terms.entry : mark);
  const gap = ours.max(reported).minus(ours.min(reported));
  const step = stepOf(reported.decimalPlaces());
  if (!gap.isAbove(reported.times(CONTRADICTION)) || !gap.isAbove(step)) return undefined;
  const details = { symbol, reported: reported.toText(8), ours: ours.toText(8), taken: 'reported' } as const;
  return { code: 'MAINTENANCE_DIFFERS', details };
}

function valueOf(record: RawRecord, key: string): RawRecord[number][1] | undefined {
  for (const field of record) if (field[0] === key) return field[1];
  return undefined;
}

/** The part of a record that places the position in an account, and its problems. */
interface Place {
  /** Cross if the record does not contain it. */
  readonly mode: MarginMode | undefined;
  readonly beta: Ratio | undefined;
  readonly problems: readonly Problem[];
}

function placeOf(record: RawRecord): Place {
  const problems: Problem[] = [];
  const [mode, beta] = [valueOf(record, 'mode'), valueOf(record, 'beta')];
  return {
    mode: mode === undefined ? 'cross' : readJson(PLACE.mode.schema, textOf(mode), 'mode', problems),
    beta: beta === undefined ? undefined : readJson(PLACE.beta.schema, textOf(beta), 'beta', problems),
    problems,
  };
}

/** The text of a value, even of an invalid one. */
const textOf = (written: RawRecord[number][1]): string => (typeof written === 'string' ? written : written.notAValue);

const ACCOUNT_FIELDS = ['wallet', 'othersMm', 'othersPnl'] as const;
const ISOLATED_FIELDS = ['margin', 'addMargin'] as const;

const ONE_WALLET = 'the account has one wallet, and its other positions are listed in it';
const CROSS_MARGIN = 'a cross position uses the wallet as its margin; write "mode": "isolated" if it is isolated';
const ALONE = 'is for single positions; cross positions of an account need the exact formula';

/** Problems of a position as part of an account; a single position may be valid with the same fields. */
function placeProblems(
  { name, record }: Pick<RawPosition, 'name' | 'record'>,
  isCross: boolean,
  input: PositionInput | undefined,
): Problem[] {
  const given = record.map(([name]) => fieldOfKey(name));
  const problems = conflicts(record, given, ACCOUNT_FIELDS, { with: 'positions', why: ONE_WALLET });
  if (isCross) problems.push(...conflicts(record, given, ISOLATED_FIELDS, { with: 'mode', why: CROSS_MARGIN }));
  if (!given.includes('symbol')) problems.push(problem('MISSING', '', { what: 'symbol', give: ['symbol'] }));
  if (isCross && !given.includes('mark') && !input?.terms.mark)
    problems.push(
      problem('MISSING', '', { what: 'mark price', give: [name.startsWith('--') ? 'mark=PRICE' : 'mark'] }),
    );
  if (isCross && input && input.formula !== 'exact') {
    problems.push(problem('FORMULA_REFUSES', 'formula', { formula: input.formula, why: ALONE }));
  }
  return problems;
}

/** A missing margin of an isolated position: the wallet of the account cannot replace it. */
function ofIsolated(of: Problem, name: string): Problem {
  if (of.code !== 'MISSING' || !of.details.give.includes('wallet')) return of;
  const give = name.startsWith('--') ? ['lev=X', 'margin=M'] : ['lev', 'margin'];
  return { ...of, details: { ...of.details, because: 'the position is isolated', give } };
}

/** A conflict for each of some fields that a record has, under the record's own key. */
function conflicts(
  record: RawRecord,
  given: readonly (FieldKey | undefined)[],
  fields: readonly FieldKey[],
  details: { readonly with: string; readonly why: string },
): Problem[] {
  const problems: Problem[] = [];
  for (const field of fields) {
    const at = given.lastIndexOf(field);
    if (at >= 0) problems.push(problem('CONFLICT', record[at]?.[0] ?? field, details));
  }
  return problems;
}

function factsOf(from: RawPosition, { terms, entryDecimals }: PositionInput): PositionFacts {
  const { own, isEntryDerived, reported } = from;
  const figures = reportedFigures(from);
  const price =
    typeof reported === 'string' ? reportedValue('reported', reported) : reported === null ? 'none' : undefined;
  const isReported = price !== undefined || Object.keys(figures).length > 0;
  return {
    own,
    entryDecimals: isEntryDerived ? (terms.mark?.decimalPlaces() ?? 0) : entryDecimals,
    ...(isReported && { reported: { ...figures, ...(price !== undefined && { price }) } }),
  };
}

function reportedFigures({ reportedMaintenance, reportedRatio, reportedProfit }: ReportedFigures): ReportedAccount {
  return {
    ...(reportedMaintenance !== undefined && {
      maintenance: reportedValue('reportedMaintenance', reportedMaintenance),
    }),
    ...(reportedRatio !== undefined && { marginRatio: reportedValue('reportedRatio', reportedRatio) }),
    ...(reportedProfit !== undefined && { profit: reportedValue('reportedProfit', reportedProfit) }),
  };
}

function reportedValue(key: string, written: string): ReportedValue {
  const problems: Problem[] = [];
  const value = readJson(PLACE.reported.schema, written, key, problems);
  if (!value) throw new LiqcalcError(problems);
  return { value, decimals: value.decimals };
}

/** A problem under the source's key of the field. */
function inSourceWords({ sourceKeys, isWord }: RawPosition, of: Problem, { rates }: AccountDefaults): Problem {
  if (of.code === 'UNKNOWN_SYMBOL') {
    const key = sourceKeys ? sourceKeys['mmr'] : isWord ? 'mmr=R' : 'mmr';
    const flag = rates && `--mmr ${plainSymbol(of.details.symbol)}=R`;
    const give = [flag, key].filter((each) => each !== undefined).join(' or ');
    return { ...of, details: { ...of.details, ...(give !== '' && { give }), ...(isWord && { isWord }) } };
  }
  if (of.code === 'LOOKS_COIN_MARGINED') return { ...of, details: { ...of.details, ...(isWord && { isWord }) } };
  if (!sourceKeys) return of;
  const named = { ...of, field: sourceKeys[of.field] ?? of.field };
  if (named.code !== 'MISSING') return named;
  const give = named.details.give.map((key) => sourceKeys[key] ?? key);
  return { ...named, details: { ...named.details, give } };
}

/** A conflict with the mode is enough: the same conflict with the wallet is dropped. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const judged = new Set(
    problems.flatMap((each) => (each.code === 'CONFLICT' && each.details.with !== 'wallet' ? [each.field] : [])),
  );
  return problems.filter(
    (each) => each.code !== 'CONFLICT' || each.details.with !== 'wallet' || !judged.has(each.field),
  );
}
