import { ENVELOPES, recordsAt, type VenueRecords } from './exchange-venue.js';
import type { WalletBasis } from '../core/assessment.js';
import type { ContractName } from '../core/contracts/index.js';
import { problem, type Problem } from '../core/errors.js';
import { profitAt } from '../core/leg.js';
import { contracts } from '../core/contracts/index.js';
import { Ratio } from '../core/ratio.js';
import type { VenueName } from '../core/venue-names.js';
import { venueAnswer, venuePosition, type CcxtKey, type Texts, type VenueAnswerKey } from '../schema/exchanges.js';
import { JsonObject, type JsonValue } from '../schema/json-value.js';
import type { RawAccount, ReportedFigures } from './raw-account.js';
import {
  accountOfPositions,
  errorAnswer,
  ExchangeRecord,
  exchangeRecords,
  quotientText,
  refusedAccount,
  unreadableAccount,
  type ExchangeReader,
  type ReadingOptions,
  type VenueRecord,
} from './exchange-record.js';
import { jsonValue } from './json.js';
import { reportedAccount, unifiedPosition, type RatedPosition } from './unified-position.js';

/** A position of a venue: its figures in the keys of ccxt, and what those keys do not hold. */
export interface VenuePosition {
  readonly figures: Texts<CcxtKey>;
  readonly contract: ContractName;
  /** Value of one contract: base units (linear), quote (inverse); `undefined` if the record does not show it. */
  readonly unit: Ratio | undefined;
  readonly isCounted?: boolean;
  readonly asset?: string | undefined;
  /** Isolated margin without profit, if `exchange-backing` does not know its key. */
  readonly margin?: string | undefined;
}

/** What a reader of a venue's own records gets. */
export interface VenueReading {
  readonly own: VenueRecord;
  /** All records of the answer. */
  readonly all: readonly VenueRecord[];
  readonly problems: Problem[];
}

/** A wallet that is calculated from an answer. */
export interface Inference {
  readonly equity: Ratio | undefined;
  readonly basis: WalletBasis;
}

/** How the positions that a venue's API returns are read. */
export interface VenueApi {
  readonly venue: VenueName;
  /** One line for help. */
  readonly meaning: string;
  /** What to give, for messages about other input. */
  readonly wanted: string;
  /** The venue's names of our fields. */
  readonly sourceKeys: Readonly<Record<string, string>>;
  /** The records of an answer; without it, those of the usual envelopes. */
  readonly recordsOf?: (answer: JsonValue) => VenueRecords | undefined;
  /** The position of a record; a reason in words if it cannot be read. */
  readonly positionOf: (reading: VenueReading) => VenuePosition | string;
  /** The equity of the cross positions, from which their wallet follows. */
  readonly crossEquity?: (cross: readonly RatedPosition[], account: AnswerRecord | undefined) => Inference;
  /** The figures that the answer reports for all cross positions together. */
  readonly reportedOf?: (account: AnswerRecord) => ReportedFigures;
}

/** The content of an answer besides its positions. */
export type AnswerRecord = ExchangeRecord<VenueAnswerKey>;

/** The reader of a venue's own answers. */
export function venueReader(api: VenueApi): ExchangeReader {
  return {
    meaning: api.meaning,
    read: (json, options) => {
      const answer = jsonValue(json);
      const failure = answer instanceof JsonObject ? failureOf(answer) : undefined;
      if (failure !== undefined) return [refusedAccount(failure)];
      const found = (api.recordsOf ?? ((of) => recordsAt(of, ENVELOPES)))(answer);
      return [found ? accountOf(api, found, answer, options) : unreadableAccount(json, api.wanted)];
    },
  };
}

/** The codes with which venues report success: `0`, `00000`, `200000`. */
const WELL = /^(?:0+|200000)$/;

/** The error of an answer that contains no positions. */
function failureOf(answer: JsonObject): string | undefined {
  const record = ExchangeRecord.read(venueAnswer, '', answer, []);
  const code = record.text('retCode') ?? record.text('code') ?? record.text('label');
  const message = record.text('retMsg') ?? record.text('msg') ?? record.text('message');
  return code === undefined || WELL.test(code) ? undefined : errorAnswer(message ?? 'no message', code);
}

function accountOf(api: VenueApi, found: VenueRecords, answer: JsonValue, { asset }: ReadingOptions): RawAccount {
  const problems: Problem[] = [];
  const account = (of: JsonValue | undefined): AnswerRecord | undefined =>
    of instanceof JsonObject ? ExchangeRecord.read(venueAnswer, '', of, []) : undefined;
  const answered = account(answer)?.present('time');
  const all = exchangeRecords(venuePosition, found, found.at, problems);
  const open = all.flatMap((own) => openPosition(api, { own, all, problems }, answered));
  const owner = account(found.owner);
  const read = accountOfPositions(open, asset, problems, (chosen) => ({
    ...reportedAccount(chosen),
    ...(owner && api.reportedOf?.(owner)),
  }));
  const cross = open.filter((each) => each.isCross && (asset === undefined || each.asset === asset));
  const inferred = cross.length > 0 ? inferredWallet(api, cross, owner) : undefined;
  return { ...read, ...(inferred && { inferred }) };
}

function inferredWallet(
  { crossEquity }: VenueApi,
  cross: readonly RatedPosition[],
  owner: AnswerRecord | undefined,
): RawAccount['inferred'] {
  const { equity, basis } = crossEquity?.(cross, owner) ?? {};
  const profits = cross.map(profitOf);
  if (!equity || basis === undefined || profits.some((each) => each === undefined)) return undefined;
  const profit = Ratio.sum(profits.flatMap((each) => each ?? []));
  return { wallet: quotientText(equity.minus(profit)), basis };
}

/** The profit from entry to mark: the prices of the position are computed with it, even if the venue prints another profit. */
function profitOf({ of: { side, contract, size, entry, mark } }: RatedPosition): Ratio | undefined {
  return entry && mark && profitAt({ side, contract: contracts[contract], size, entry }, mark);
}

function openPosition(api: VenueApi, reading: VenueReading, answered: Ratio | undefined): RatedPosition[] {
  const { own, problems } = reading;
  const { venue, sourceKeys } = api;
  const read = api.positionOf(reading);
  if (typeof read === 'string') {
    problems.push(problem('REFUSED', own.name, { why: read }));
    return [];
  }
  const record = new ExchangeRecord<CcxtKey>(read.figures, own.name, own.object);
  const [symbol, text, size] = [record.text('symbol'), record.text('contracts'), record.decimal('contracts')];
  const nameOf = (key: string): string => sourceKeys[key] ?? key;
  const lacks = (what: string, key: string): RatedPosition[] => {
    problems.push(problem('MISSING', own.name, { what, give: [nameOf(key)] }));
    return [];
  };
  if (symbol === undefined) return lacks('symbol', 'symbol');
  if (text === undefined) return lacks('size', 'qty');
  if (!size) {
    problems.push(problem('MALFORMED_NUMBER', `${own.name}.${nameOf('qty')}`, { value: text }));
    return [];
  }
  if (size.sign() === 0) return [];
  const { unit } = read;
  if (!unit) return lacks('value of one contract', 'multiplier');
  return [
    unifiedPosition({ ...read, record, info: own, venue, symbol, contracts: size.abs(), unit, sourceKeys, answered }),
  ];
}

/** The venue's own liquidation price: 0 if its key has no price. */
export function ownPrice<K extends string>(record: ExchangeRecord<K>, key: K): string | undefined {
  return record.text(key) ?? (record.object.has(key) ? '0' : undefined);
}

/** The side of a signed size. */
export function sideOfSize(size: Ratio | undefined): 'long' | 'short' | undefined {
  return size && (size.sign() < 0 ? 'short' : 'long');
}

/** How far a value may be from a power of ten: prices of two dollar assets differ, and values are rounded. */
const NEAR_POWER = Ratio.from('0.02');
const TEN = Ratio.from('10');

/**
 * The value of one contract, from that of all: a power of ten if it is near one, as the venues' contracts are; else the
 * quotient.
 *
 * @param value - of all contracts: base units (linear), quote (inverse).
 */
export function contractValue(value: Ratio | undefined, size: Ratio | undefined): Ratio | undefined {
  if (value?.sign() !== 1 || !size || size.sign() === 0) return undefined;
  const each = value.over(size.abs());
  let power = Ratio.ONE;
  for (let steps = 0; steps < MOST_STEPS && each.isBelow(power.over(FACTOR)); steps++) power = power.over(TEN);
  for (let steps = 0; steps < MOST_STEPS && each.isAbove(power.times(FACTOR)); steps++) power = power.times(TEN);
  return each.minus(power).abs().isAbove(power.times(NEAR_POWER)) ? each : power;
}

/** Half of a power of ten on a logarithmic scale. */
const FACTOR = Ratio.from('3');
const MOST_STEPS = 12;
