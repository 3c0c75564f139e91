import { problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import type { JsonField, RawAccount, RawPosition } from './account.js';
import { OTHER_KNOWN_KEYS } from './fields.js';
import { jsonItems, jsonKind, jsonMembers, jsonScalar } from './json.js';
import type { RawRecord } from './record.js';
import { RESULTS } from './results.js';

/** Keys that answers put on an account; they are cut out where an answer comes in again. */
const ANSWER_KEYS: ReadonlySet<string> = new Set([
  'equity',
  'maintenanceMargin',
  'marginRatio',
  'effectiveLeverage',
  'outcome',
  'reason',
  'marketMovePercent',
  'need',
  'reconcile',
]);
/** Keys that answers put on a position besides its results. */
const POSITION_ANSWER_KEYS: ReadonlySet<string> = new Set([
  ...Object.keys(RESULTS),
  'liquidationPrices',
  'reported',
  'difference',
]);
const ACCOUNT_KEYS = ['wallet', 'positions'] as const;

/** What an account must look like, for those whose text is something else. */
const WANTED = 'write {"wallet": ..., "positions": [...]}';

/** Cuts the text of a value down for messages. */
const shownText = (json: string): string => json.trim().slice(0, 60);

/** A text that is not of the kind that is wanted, as an account that cannot be read. */
export function unreadableAccount(json: string, want: string): RawAccount {
  return { positions: [], own: [], problems: [problem('NOT_AN_ACCOUNT', '', { value: shownText(json), want })] };
}

/**
 * An account of our own shape: `{"wallet": ..., "positions": [...]}`.
 *
 * @param json - text that `isJson` accepts.
 */
export function ownAccount(json: string): RawAccount {
  if (jsonKind(json) !== 'object') return unreadableAccount(json, WANTED);
  const members = jsonMembers(json);
  const given = members.filter(({ json: value }) => jsonKind(value) !== 'null').map(({ key }) => key);
  const problems = keyProblems(
    members.map(({ key }) => key),
    given,
  );
  const valueOf = (key: string): string | undefined => {
    const found = members.find((member) => member.key === key)?.json;
    return found === undefined || jsonKind(found) === 'null' ? undefined : found;
  };
  const positions = valueOf('positions');
  const wallet = valueOf('wallet');
  return {
    ...(wallet !== undefined && { wallet: rawValue(wallet) }),
    positions: positions === undefined ? [] : positionsOf(positions, problems),
    own: members
      .filter(({ key }) => !ANSWER_KEYS.has(key) && key !== 'wallet' && key !== 'positions')
      .map(({ key, json: value }) => [key, value]),
    problems,
  };
}

/** @param given - those of the keys that have a value other than `null`. */
function keyProblems(keys: readonly string[], given: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const lacking = ACCOUNT_KEYS.filter((key) => !keys.includes(key));
  keys.forEach((key) => {
    if (seen.size === seen.add(key).size) problems.push(problem('DUPLICATE_KEY', key, { other: '' }));
    const suggestion = OTHER_KNOWN_KEYS.includes(key) ? undefined : closest(key, lacking);
    if (suggestion !== undefined) problems.push(problem('UNKNOWN_KEY', key, { suggestion }));
  });
  const isSlip = problems.some((each) => each.code === 'UNKNOWN_KEY' && each.details.suggestion === 'positions');
  if (!given.includes('positions') && !isSlip) {
    problems.push(problem('MISSING', '', { what: 'the list of positions', give: ['positions'] }));
  }
  return problems;
}

/** Positions of an array of our own records. */
export function positionsOf(array: string, problems: Problem[]): RawPosition[] {
  if (jsonKind(array) !== 'array') {
    problems.push(problem('NOT_A_VALUE', 'positions', { value: shownText(array), advice: 'write an array' }));
    return [];
  }
  return jsonItems(array).flatMap((json, index) => {
    const name = `positions[${index}]`;
    if (jsonKind(json) === 'object') return [new OwnPosition(name, json)];
    problems.push(problem('NOT_A_POSITION', name, { value: shownText(json) }));
    return [];
  });
}

/** A position of our own shape: kept as text and taken apart when it is read, because an account may have many. */
class OwnPosition implements RawPosition {
  readonly own: RawPosition['own'];
  readonly reported?: string;

  constructor(
    readonly name: string,
    private readonly json: string,
  ) {
    this.own = () => ownFields(json);
    const reported = json.includes('"reported"') ? reportedOf(json) : undefined;
    if (reported !== undefined) this.reported = reported;
  }

  get record(): RawRecord {
    return recordOf(this.json);
  }
}

function recordOf(json: string): RawRecord {
  const record: RawRecord[number][] = [];
  for (const { key, json: value } of jsonMembers(json)) {
    if (jsonKind(value) !== 'null') record.push([key, rawValue(value)]);
  }
  return record;
}

function ownFields(json: string): readonly JsonField[] {
  const fields: JsonField[] = [];
  for (const { key, json: value } of jsonMembers(json)) {
    if (!POSITION_ANSWER_KEYS.has(key)) fields.push([key, oneLine(value)]);
  }
  return fields;
}

function reportedOf(json: string): string | undefined {
  const found = jsonMembers(json).find(({ key }) => key === 'reported')?.json;
  return found === undefined || jsonKind(found) === 'null' ? undefined : (jsonScalar(found) ?? found);
}

/** A value of a record: the text of a number or string as it was written, or what stands there instead. */
export function rawValue(json: string): RawRecord[number][1] {
  return jsonScalar(json) ?? { notAValue: shownText(json) };
}

/** JSON text on one line: line ends within a valid text are blanks between its parts. */
function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]+\s*/g, ' ') : json;
}
