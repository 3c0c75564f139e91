import { fieldOfPart, problemOf, type Problem } from '../core/errors.js';
import type { PositionData, RiskInput } from '../core/risk/input.js';
import { JsonObject } from '../schema/json-value.js';
import { givenMembers, spellingsOf, type Members, type ObjectRules } from '../schema/object.js';
import type { RawAccount, RawPosition } from './raw-account.js';
import { OTHER_KNOWN_KEYS } from './fields.js';
import { isJson, jsonValue } from './json.js';
import { fieldOfKey } from './record.js';
import { RESULTS } from './results.js';
import { timedRates, timesProblems } from './risk-data/funding.js';
import { RISK_DATA } from './risk-data/index.js';
import { memberOf, type Datum, type Owner, type Place } from './risk-datum.js';
import { lazily } from '../schema/lazily.js';

/** Data about an account besides its positions. */
export type AccountData = Pick<RiskInput, 'equity' | 'event' | 'usualLev' | 'marginLog'>;

/** The data for rules of an account, besides its positions' terms, and all problems of the data. */
export interface RiskData {
  readonly account: AccountData;
  /** In the order of the account's positions. */
  readonly positions: readonly PositionData[];
  readonly problems: readonly Problem[];
}

type DatumKey = keyof typeof RISK_DATA;

/** The values of data by key. */
export type RiskValues = {
  readonly [K in DatumKey]?: (typeof RISK_DATA)[K] extends Datum<infer T> ? T | undefined : never;
};

function membersOf(owner: Datum['of']): Members {
  const data = Object.entries<Datum>(RISK_DATA).filter(([, { of }]) => of === owner);
  return Object.fromEntries(data.map(([key, each]) => [key, memberOf(each)]));
}

/** The data of an account and of its positions as members of their objects. */
export const riskMembers: () => Readonly<Record<Datum['of'], Members>> = lazily(() => ({
  account: membersOf('account'),
  position: membersOf('position'),
}));

/** Common words that look like misspelled keys of the data but are not. */
const NO_SLIPS: ReadonlySet<string> = new Set(['fees', 'step', 'asset']);

const isKnown = (key: string): boolean =>
  NO_SLIPS.has(key) || fieldOfKey(key) !== undefined || Object.hasOwn(RESULTS, key) || OTHER_KNOWN_KEYS.includes(key);

/** Unknown keys in our own shape may be misspelled; unknown keys of exchanges are not checked. */
const RULES: Readonly<Record<'ours' | 'of an exchange', ObjectRules>> = {
  ours: { unknown: 'slipsRefused', isPassed: isKnown },
  'of an exchange': {},
};

/**
 * Reads the data of an account of ours or of an exchange.
 *
 * @param text - the JSON that the account came in; an array or an empty text has no data about the account itself.
 */
export function readRiskData({ positions }: RawAccount, text: string): RiskData {
  const problems: Problem[] = [];
  const whole = isJson(text) ? jsonValue(text) : undefined;
  const rules = RULES[positions.every(({ source }) => source === undefined) ? 'ours' : 'of an exchange'];
  const values =
    whole instanceof JsonObject
      ? readMembers(whole, { members: riskMembers().account, ...rules }, { name: '', owner: {}, problems })
      : {};
  return {
    account: accountData(values),
    positions: positions.map((each) => readPositionData(each, problems)),
    problems,
  };
}

function readMembers(
  object: JsonObject,
  declared: ObjectRules & { readonly members: Members },
  place: Place,
): RiskValues {
  const { name, problems } = place;
  const values: Record<string, unknown> = {};
  const report = (of: Problem): void => void problems.push(name === '' ? of : problemOf(name, of));
  for (const [key, spelling, value] of givenMembers(declared, object, report)) {
    values[key] = RISK_DATA[key as DatumKey].read(value, { ...place, name: memberName(name, spelling) });
  }
  return values;
}

const memberName = (name: string, key: string): string => (name === '' ? key : fieldOfPart(name, key));

const NO_DATA: PositionData = {};
/** Lists of keys, joined, of objects without data and problems: most positions of an account have the same keys. */
const WITHOUT_DATA = new Set<string>();
const REMEMBERED_LISTS = 1000;

/** The data of a position. What its keys decide is decided once for all positions that have the same. */
function readPositionData(position: RawPosition, problems: Problem[]): PositionData {
  if (position.source !== undefined) return readData(position, problems);
  const own = position.own().map(([key]) => key);
  const keys = JSON.stringify(own);
  if (WITHOUT_DATA.has(keys)) return NO_DATA;
  const before = problems.length;
  const data = readData(position, problems);
  const hasNone = problems.length === before && !own.some((key) => dataKeys().has(key));
  if (hasNone && WITHOUT_DATA.size < REMEMBERED_LISTS) WITHOUT_DATA.add(keys);
  return data;
}

/** The keys whose values are data. */
const dataKeys = lazily(
  () =>
    new Set([
      ...Object.entries(riskMembers().position).flatMap(([key, member]) => spellingsOf(key, member)),
      'positionSide',
      'info',
    ]),
);

/** Reads the valid data of an invalid position, too: reading the account itself reports the position's problems. */
function readData(position: RawPosition, problems: Problem[]): PositionData {
  const { name, source } = position;
  const place: Place = { name, owner: ownerOf(position), problems };
  const object = objectOf(position);
  const rules = RULES[source === undefined ? 'ours' : 'of an exchange'];
  const values = readMembers(object, { members: riskMembers().position, ...rules }, place);
  const { funding, fundingTimes } = values;
  problems.push(...timesProblems(object).map((each) => problemOf(name, each)));
  return {
    ...hedgeMode(object),
    ...positionData({
      ...values,
      autoMargin: values.autoMargin ?? addedMargin(object, place),
      funding: funding && timedRates(funding, fundingTimes),
    }),
  };
}

/** The data for rules of a position, from the values of its keys. */
export function positionData({ orders, ...own }: RiskValues): PositionData {
  return { ...own, ...orders };
}

/** The data for rules of an account, from the values of its keys. */
export function accountData({ equity, event, usualLev, marginLog }: RiskValues): AccountData {
  return { equity, event, usualLev, marginLog };
}

/** A position as its source gives it. */
export function objectOf({ source, own }: RawPosition): JsonObject {
  if (source !== undefined) return jsonValue(source) as JsonObject;
  return new JsonObject('', () => own().map(([key, json]) => [key, jsonValue(json)]));
}

/** Whose data a position's is. */
export function ownerOf({ record }: RawPosition): Owner {
  const given = (field: 'symbol' | 'side'): string | undefined => {
    const value = record.find(([key]) => fieldOfKey(key) === field)?.[1];
    return typeof value === 'string' ? value : undefined;
  };
  const [symbol, side] = [given('symbol'), given('side')?.toLowerCase()];
  return { symbol, side: side === 'long' || side === 'short' ? side : undefined };
}

/** The mode according to the exchange's `positionSide`: `BOTH` is one-way, a side is hedge mode. */
function hedgeMode(object: JsonObject): Pick<PositionData, 'hedgeMode'> {
  const side = object.value('positionSide');
  return typeof side === 'string' ? { hedgeMode: side.toUpperCase() !== 'BOTH' } : {};
}

/** Whether margin is added automatically, from the exchange's own object within ccxt's. */
function addedMargin(object: JsonObject, place: Place): boolean | undefined {
  const info = object.value('info');
  const added = info instanceof JsonObject ? info.value('isAutoAddMargin') : undefined;
  if (added === undefined || object.has('autoMargin')) return undefined;
  return RISK_DATA.autoMargin.read(added, { ...place, name: `${place.name}.info.isAutoAddMargin` });
}
