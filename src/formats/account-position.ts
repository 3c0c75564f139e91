import type { AccountPosition, MarginMode } from '../core/account.js';
import type { Warning } from '../core/assessment.js';
import {
  DEFAULT_VENUE,
  symbolKey,
  UNKNOWN_VENUE,
  venueKey,
  NO_TABLES,
  type BracketTable,
  type TableSource,
} from '../core/brackets.js';
import { sizedTable, symbolProblems, tableFor } from '../core/tables/table-for.js';
import { isLiqcalcError, LiqcalcError, problem, type Problem } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import type { ReportedAccount } from '../core/reconcile.js';
import type { ReportedValue } from '../core/reconcile-reasons.js';
import { plainSymbol, REFUSED_VENUES, tablesVenue, venues } from '../core/venues/index.js';
import { ruleProblems } from '../core/venues/ruled-leg.js';
import type { FieldKey } from './fields.js';
import { contractOf, type Terms } from '../core/position.js';
import { fieldOfKey, readPosition as readRecord, type PositionInput, type RawRecord, valueOf } from './record.js';
import { PLACE } from '../schema/account.js';
import { readJson } from '../schema/issues.js';
import type { RawPosition, ReportedFigures, PositionFacts, AccountDefaults } from './raw-account.js';
import {
  isOfItsTime,
  tableOf,
  withGivenRates,
  withOwnRates,
  withVenue,
  maintenanceContradiction,
  rateNotes,
} from './position-rates.js';

/** A parsed position, possibly incomplete. */
interface Reading {
  readonly from: RawPosition;
  readonly position?: AccountPosition;
  readonly facts?: PositionFacts;
  readonly problems: readonly Problem[];
}

/** Reads one position of an account, with the rates that its venue, its record or the call gives. */
export function readAccountPosition(source: RawPosition, common: AccountDefaults, crossFields: RawRecord): Reading {
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

function readTerms(
  { from, record, venue, table: known }: ReadFrom,
  common: AccountDefaults,
  crossFields: RawRecord,
): Reading {
  const { mode = 'cross', beta, problems: unread } = placeOf(record);
  const isCross = mode !== 'isolated';
  const hasVenue = valueOf(record, 'venue') !== undefined;
  const fields = hasVenue ? record.filter(([key]) => key !== 'venue') : record;
  const read = readRecord(fields, isCross ? crossFields : common.fields);
  const input = read.kind === 'position' ? read.input : undefined;
  const { isWord = false } = from;
  const place = { record, isWord };
  const problems = [...unread, ...refusedVenue(venue), ...placeProblems(place, isCross, input)];
  if (read.kind === 'problems') {
    const unknown =
      read.unrated && !known ? symbolProblems(read.unrated, tablesAt(venue, common), tablesVenue(venue)) : [];
    const own = isCross ? read.problems : read.problems.map((each) => ofIsolated(each, isWord));
    return { from, problems: [...problems, ...own, ...unknown] };
  }
  if (!input || problems.length > 0) return { from, problems };
  try {
    const { formula } = input;
    const terms = ruled(input.terms, from.rule ?? venue);
    const tables = tablesAt(venue, common);
    const { table, failure, needs } = rated(terms, known, () => tableFor(terms, tables, tablesVenue(venue)));
    if (needs.length > 0) return { from, problems: needs };
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

/** The table of a position, or why it has no price; `needs` are the problems of a position with a rate. */
function rated(
  terms: Terms,
  known: BracketTable | undefined,
  find: () => BracketTable | undefined,
): ReturnType<typeof orFailure> & { readonly needs: readonly Problem[] } {
  const needs = ruleProblems(terms);
  const table = known && sizedTable(known, terms);
  const { failure, ...found } = table ? { table, failure: undefined } : orFailure(find);
  return failure ? { failure: [...failure, ...needs], needs: [] } : { ...found, needs };
}

/** The table of a symbol, or the problem that a position without a rate has no table. */
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

/** The tables of a venue. An unknown venue has no tables, so only the rates in the record are used. */
function tablesAt(venue: string, { tables }: AccountDefaults): TableSource {
  return venue === UNKNOWN_VENUE ? NO_TABLES : tables;
}

/** The venue of a position: from its source, else from its record, else that of its account, else the default. */
function venueOf({ venue }: RawPosition, record: RawRecord, { venue: usual = DEFAULT_VENUE }: AccountDefaults): string {
  const written = valueOf(record, 'venue');
  return venue ?? (typeof written === 'string' ? venueKey(written) : usual);
}

/** The part of a record that places the position in an account, and its problems. */
interface Place {
  /** Cross if the record does not contain it. */
  readonly mode: MarginMode | undefined;
  readonly beta: Ratio | undefined;
  readonly problems: readonly Problem[];
}

export function placeOf(record: RawRecord): Place {
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

/** @param isWord - whether the position is written in one word. */
const crossMargin = (isWord: boolean): string =>
  `a cross position uses the wallet as its margin; write ${isWord ? 'mode=isolated' : '"mode": "isolated"'} if it is isolated`;

const ALONE = 'is for single positions; cross positions of an account need the exact formula';

/** Problems of a position as part of an account; a single position may be valid with the same fields. */
function placeProblems(
  { record, isWord = false }: Pick<RawPosition, 'record'> & { readonly isWord?: boolean | undefined },
  isCross: boolean,
  input: PositionInput | undefined,
): Problem[] {
  const given = record.map(([name]) => fieldOfKey(name));
  const problems = conflicts(record, given, ACCOUNT_FIELDS, { with: 'positions', why: ONE_WALLET });
  if (isCross) problems.push(...conflicts(record, given, ISOLATED_FIELDS, { with: 'mode', why: crossMargin(isWord) }));
  if (!given.includes('symbol')) problems.push(problem('MISSING', '', { what: 'symbol', give: ['symbol'] }));
  if (isCross && !given.includes('mark') && !input?.terms.mark)
    problems.push(problem('MISSING', '', { what: 'mark price', give: [isWord ? 'mark=PRICE' : 'mark'] }));
  if (isCross && input && input.formula !== 'exact') {
    problems.push(problem('FORMULA_REFUSES', 'formula', { formula: input.formula, why: ALONE }));
  }
  return problems;
}

/** A missing margin of an isolated position: the wallet of the account cannot replace it. */
function ofIsolated(of: Problem, isWord: boolean): Problem {
  if (of.code !== 'MISSING' || !of.details.give.includes('wallet')) return of;
  const give = isWord ? ['lev=X', 'margin=M'] : ['lev', 'margin'];
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
  const { own, echo, isEntryDerived, reported } = from;
  const figures = reportedFigures(from);
  const price =
    typeof reported === 'string' ? reportedValue('reported', reported) : reported === null ? 'none' : undefined;
  const isReported = price !== undefined || Object.keys(figures).length > 0;
  return {
    own,
    echo,
    entryDecimals: isEntryDerived ? (terms.mark?.decimalPlaces() ?? 0) : entryDecimals,
    ...(isReported && { reported: { ...figures, ...(price !== undefined && { price }) } }),
  };
}

export function reportedFigures({
  reportedMaintenance,
  reportedRatio,
  reportedProfit,
}: ReportedFigures): ReportedAccount {
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
export function inSourceWords({ sourceKeys, isWord }: RawPosition, of: Problem, { rates }: AccountDefaults): Problem {
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
