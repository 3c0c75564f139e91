import { problem, type Problem } from '../core/errors.js';
import type { JsonField, RawAccount, RawPosition } from './raw-account.js';
import { ACCOUNT_FIGURES, COMPARED_FIGURES, keysInJson } from './account-figures.js';
import { OTHER_KNOWN_KEYS } from './fields.js';
import { accountMembers } from '../schema/account.js';
import { JsonArray, JsonObject, shownValue, type JsonValue } from '../schema/json-value.js';
import { anyText } from '../schema/leaves.js';
import { givenMembers, type DeclaredObject } from '../schema/object.js';
import { jsonItems, jsonKind, jsonMembers, jsonScalar, jsonValue, type JsonMember } from './json.js';
import type { RawRecord } from './record.js';
import { RESULT_KEYS } from './result-keys.js';

/** Keys that output adds to an account; they are removed if the output is read again as input. */
const ANSWER_KEYS: ReadonlySet<string> = new Set([
  ...keysInJson(ACCOUNT_FIGURES),
  'reconcile',
  'ways',
  'fills',
  'ordersLeftOut',
]);
/** Keys that output adds to a position. */
const POSITION_ANSWER_KEYS: ReadonlySet<string> = new Set([...RESULT_KEYS, ...keysInJson(COMPARED_FIGURES), 'error']);

/** What an account must look like, for messages about other input. */
const WANTED = 'write {"wallet": ..., "positions": [...]}';

/** Shortens the text of a value for messages. */
const shownText = (json: string): string => json.trim().slice(0, 60);

/** An account that cannot be read, because the text is of the wrong kind. */
export function unreadableAccount(json: string, want: string): RawAccount {
  return { positions: [], own: [], problems: [problem('NOT_AN_ACCOUNT', '', { value: shownText(json), want })] };
}

/**
 * An account of liqcalc's own shape: `{"wallet": ..., "positions": [...]}`.
 *
 * @param json - text that `isJson` accepts.
 */
export function ownAccount(json: string): RawAccount {
  if (jsonKind(json) !== 'object') return unreadableAccount(json, WANTED);
  const members = jsonMembers(json);
  const problems: Problem[] = [];
  const account = new JsonObject(json, () => members.map(({ key, json: value }) => [key, jsonValue(value)]));
  const given = new Map(
    givenMembers(ACCOUNT, account, (of) => problems.push(of)).map(([key, , value]) => [key, value] as const),
  );
  const [wallet, positions, venue] = ['wallet', 'positions', 'venue'].map((key) => given.get(key));
  return {
    ...(wallet !== undefined && { wallet: typeof wallet === 'string' ? wallet : { notAValue: shownValue(wallet) } }),
    positions: positions === undefined ? [] : positionsOf(positions, problems),
    ...(typeof venue === 'string' && { venue }),
    isMultiAssets: given.get('multiAssetsMargin') === true,
    own: members
      .filter(({ key }) => !ANSWER_KEYS.has(key) && key !== 'positions')
      .map(({ key, json: value }) => [key, value]),
    problems,
  };
}

/** The keys of an account; its positions are parsed when they are priced. */
const ACCOUNT: DeclaredObject = {
  members: accountMembers(anyText()),
  unknown: 'slipsRefused',
  isPassed: (key) => OTHER_KNOWN_KEYS.includes(key),
};

/** The positions of an array of liqcalc's own records. */
function positionsOf(positions: JsonValue, problems: Problem[]): RawPosition[] {
  if (!(positions instanceof JsonArray)) {
    problems.push(problem('NOT_A_VALUE', 'positions', { value: shownValue(positions), advice: 'write an array' }));
    return [];
  }
  return jsonItems(positions.source).flatMap((json, index) => {
    const name = `positions[${index}]`;
    if (jsonKind(json) === 'object') return [new OwnPosition(name, json)];
    problems.push(problem('NOT_A_POSITION', name, { value: shownText(json) }));
    return [];
  });
}

/** A position of liqcalc's own shape: kept as text and parsed when it is read, because an account may have many. */
class OwnPosition implements RawPosition {
  readonly own: RawPosition['own'];
  readonly reported?: string;
  #isEchoed = false;

  constructor(
    readonly name: string,
    private readonly json: string,
  ) {
    this.own = () => ownFields(json);
    const reported = json.includes('"reported"') ? reportedOf(json) : undefined;
    if (reported !== undefined) this.reported = reported;
  }

  get record(): RawRecord {
    const members = jsonMembers(this.json);
    this.#isEchoed = isEchoed(this.json, members);
    return recordOf(members);
  }

  /** Known once the record was read. A copy with another record or other fields does not have it. */
  get echo(): string | undefined {
    return this.#isEchoed ? this.json : undefined;
  }
}

/** Keys that output writes as they were read. */
const PLAIN_KEY = /^[\w.+-]*$/;

/** Whether output repeats an object as it is: without blanks, line ends and escapes in keys, and no key of an answer. */
function isEchoed(object: string, members: readonly JsonMember[]): boolean {
  let at = 0;
  for (const { key, json, start, end } of members) {
    if (start !== at + 1 || end !== start + key.length + json.length + 3) return false;
    if (!PLAIN_KEY.test(key) || POSITION_ANSWER_KEYS.has(key) || oneLine(json) !== json) return false;
    at = end;
  }
  return object.length === at + 1;
}

function recordOf(members: readonly JsonMember[]): RawRecord {
  const record: RawRecord[number][] = [];
  for (const { key, json: value } of members) {
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

/** A value of a record: the text of a number or string as written, or a description of any other value. */
function rawValue(json: string): RawRecord[number][1] {
  return jsonScalar(json) ?? { notAValue: shownText(json) };
}

/** JSON text on one line: in a valid text, line ends occur only as blanks between its parts. */
function oneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]+\s*/g, ' ') : json;
}
