import { isJson, jsonKind, jsonMembers, jsonString, jsonValue, type JsonMember } from '../formats/json.js';
import type { RawRecord, RawValue } from '../formats/record.js';
import type { ResultKey } from '../formats/result-keys.js';
import type { JsonValue } from '../schema/json-value.js';
import { csvCell } from '../report/csv.js';
import { ERROR_KEY, type Failure } from '../report/failure.js';
import { fromBinary, unescaped } from './binary-text.js';
import { isRewritten, resultsAmong, type EchoRecord } from './echo-record.js';

const NONE: readonly ResultKey[] = [];

/** A record that is a JSON object. */
export class JsonRecord implements EchoRecord {
  readonly results: readonly ResultKey[];
  readonly raw: RawRecord;
  readonly #kept: readonly JsonMember[];
  #values: ReadonlyMap<string, string> | undefined;

  /** @param text - one JSON object on one line. */
  constructor(
    readonly text: string,
    readonly members: readonly JsonMember[],
  ) {
    this.#kept = members.some(({ key }) => isRewritten(key)) ? members.filter(({ key }) => !isRewritten(key)) : members;
    this.results = this.#kept === members ? NONE : resultsAmong(members.map(({ key }) => key));
    this.raw = rawRecord(members, unescaped);
  }

  get names(): readonly string[] {
    return this.#kept.map(({ key }) => key);
  }

  decoded(): RawRecord {
    return rawRecord(jsonMembers(fromBinary(this.text)), jsonString);
  }

  value(): JsonValue {
    return jsonValue(fromBinary(this.text));
  }

  json(added: string): string {
    const { text, members } = this;
    const last = members.at(-1);
    const own = this.#kept === members ? text.slice(0, last?.end ?? 1) : this.#withoutRewritten();
    const comma = added !== '' && this.#kept.length > 0 ? ',' : '';
    return own + comma + added + text.slice(last?.end ?? 1);
  }

  /** The text up to the last member that is kept, without the members that are replaced. */
  #withoutRewritten(): string {
    const { text, members } = this;
    let own = text.slice(0, members[0]?.start);
    let before: JsonMember | undefined;
    members.forEach((member, index) => {
      if (isRewritten(member.key)) return;
      const previous = members[index - 1];
      if (before && previous) own += previous === before ? text.slice(before.end, member.start) : ',';
      own += text.slice(member.start, member.end);
      before = member;
    });
    return own;
  }

  csv(columns: readonly string[], delimiter: string): string {
    return columns.map((name) => csvCell(this.bare(name), delimiter)).join(delimiter);
  }

  bare(name: string): string {
    // If a key is given twice, the first value counts.
    this.#values ??= new Map([...this.members].reverse().map(({ key, json: value }) => [key, value]));
    const json = this.#values.get(name) ?? 'null';
    const kind = jsonKind(json);
    return kind === 'string' ? unescaped(json) : kind === 'null' ? '' : json;
  }
}

/** @param textOf - reads a JSON string of the members: as one character per byte, or decoded. */
function rawRecord(members: readonly JsonMember[], textOf: (json: string) => string): RawRecord {
  const raw: (readonly [string, RawValue])[] = [];
  let nulls = 0;
  for (const { key, json } of members) {
    const kind = jsonKind(json);
    if (kind === 'string') raw.push([key, textOf(json)]);
    else if (kind === 'number') raw.push([key, json]);
    else if (kind === 'null') nulls++;
    else raw.push([key, { notAValue: json }]);
  }
  return nulls > 0 ? [...raw, ...repeatedNulls(members)] : raw;
}

/** A key given twice stays twice, even if one of its values is `null`. */
function repeatedNulls(members: readonly JsonMember[]): RawRecord {
  const seen = new Set<string>();
  const repeated = new Set(members.flatMap(({ key }) => (seen.size === seen.add(key).size ? [key] : [])));
  return members
    .filter(({ key, json }) => repeated.has(key) && jsonKind(json) === 'null')
    .map(({ key }) => [key, { notAValue: 'null' }] as const);
}

/** The result of reading a text as a record: the record, or why it is not a record. */
export type ReadRecord =
  | { readonly kind: 'record'; readonly record: EchoRecord; readonly failure?: Failure }
  | { readonly kind: 'text'; readonly failure: Failure; readonly isJson: boolean };

const NOT_JSON = { code: 'INVALID_INPUT', message: 'not valid JSON' };

/** Reads the text of one JSON value, as one character per byte. */
export function readJsonRecord(text: string): ReadRecord {
  if (!isJson(text)) return { kind: 'text', failure: NOT_JSON, isJson: false };
  const kind = jsonKind(text);
  if (kind !== 'object') {
    const message = `${kind === 'null' ? 'null' : `this ${kind}`} is not a record; write an object like {"side":"long","entry":"30000"}`;
    return { kind: 'text', failure: { code: 'INVALID_INPUT', message }, isJson: true };
  }
  const line = onOneLine(text);
  const members = jsonMembers(line, unescaped);
  const earlier = earlierFailure(members);
  const record = new JsonRecord(line, members);
  return { kind: 'record', record, ...(earlier && { failure: earlier }) };
}

/**
 * Line ends occur only between members, so it is safe to remove them and their indentation. A run of blanks is matched
 * whole, and kept unless it contains a line end.
 */
function onOneLine(text: string): string {
  if (!text.includes('\n') && !text.includes('\r')) return text;
  return text.replace(/[ \t\r\n]+/g, (blanks) => (/[\r\n]/.test(blanks) ? '' : blanks));
}

/** An object with only `input` and `error` is the earlier failure of a text that was not an object. It is passed on unchanged. */
function earlierFailure(members: readonly JsonMember[]): Failure | undefined {
  const [input, error] = members;
  if (input?.key !== 'input' || error?.key !== ERROR_KEY || members.length > 2) return undefined;
  if (jsonKind(input.json) !== 'string' || jsonKind(error.json) !== 'object') return undefined;
  const failure = new Map(jsonMembers(error.json).map(({ key, json }) => [key, json]));
  const [code, message] = [failure.get('code'), failure.get('message')];
  if (code === undefined || message === undefined || failure.size !== 2) return undefined;
  if (jsonKind(code) !== 'string' || jsonKind(message) !== 'string') return undefined;
  return { code: unescaped(code), message: unescaped(message) };
}
