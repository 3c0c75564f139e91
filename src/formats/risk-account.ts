import type { Problem } from '../core/errors.js';
import type { PositionData } from '../core/risk/input.js';
import type { RawAccount, RawPosition } from './account.js';
import { OTHER_KNOWN_KEYS } from './fields.js';
import { isJson, jsonKind, jsonMembers } from './json.js';
import { fieldOfKey } from './record.js';
import { RESULTS } from './results.js';
import {
  ACCOUNT_DATA,
  POSITION_DATA,
  readAccountData,
  readPositionData,
  type AccountData,
  type Members,
} from './risk-data.js';
import type { Owner } from './risk-orders.js';
import { membersOf, tellSlips, type WrittenValue } from './written-value.js';

/** What rules judge of an account besides its positions' terms, and everything that is wrong with it. */
export interface RiskData {
  readonly account: AccountData;
  /** In the order of the account's positions. */
  readonly positions: readonly PositionData[];
  readonly problems: readonly Problem[];
}

/** Words of traders that look like slips for keys of the data and are none. */
const NO_SLIPS: ReadonlySet<string> = new Set(['fees', 'step', 'asset']);

const isKnown = (key: string): boolean =>
  NO_SLIPS.has(key) || fieldOfKey(key) !== undefined || Object.hasOwn(RESULTS, key) || OTHER_KNOWN_KEYS.includes(key);

/**
 * Reads the data of an account of ours or of an exchange.
 *
 * @param text - the JSON that the account came in; an array and an empty text say nothing of the account itself.
 */
export function readRiskData({ positions }: RawAccount, text: string): RiskData {
  const problems: Problem[] = [];
  const members = accountMembers(text, problems);
  const isOurs = positions.every(({ source }) => source === undefined);
  if (isOurs) tellSlips(members, ACCOUNT_DATA, isKnown);
  const account = readAccountData(members);
  return {
    account,
    positions: positions.map((each) => readPositionData(dataOf(each, problems), ownerOf(each))),
    problems,
  };
}

/** Of a position that cannot be read what can be: what is wrong with it is told by the reading of the account itself. */
function ownerOf({ record }: RawPosition): Owner {
  const given = (field: 'symbol' | 'side'): string | undefined => {
    const value = record.find(([key]) => fieldOfKey(key) === field)?.[1];
    return typeof value === 'string' ? value : undefined;
  };
  const [symbol, side] = [given('symbol'), given('side')?.toLowerCase()];
  return { symbol, side: side === 'long' || side === 'short' ? side : undefined };
}

/** Keys that are there twice are told by the reading of the account itself. */
function accountMembers(text: string, problems: Problem[]): Members {
  return isJson(text) && jsonKind(text) === 'object' ? membersOf('', jsonMembers(text), problems) : new Map();
}

function dataOf({ name, source, own }: RawPosition, problems: Problem[]): Members {
  if (source === undefined) {
    const fields = own().map(([key, json]) => ({ key, json }));
    const members = membersOf(name, fields, problems);
    tellSlips(members, Object.keys(POSITION_DATA), isKnown);
    return members;
  }
  const members = membersOf(name, jsonMembers(source), problems);
  const info = members.get('info');
  const raw = info?.kind === 'object' ? membersOf(info.name, jsonMembers(info.json), problems) : undefined;
  const added = raw?.get('isAutoAddMargin');
  if (!added || members.has('autoMargin')) return members;
  return new Map<string, WrittenValue>([...members, ['autoMargin', added]]);
}
