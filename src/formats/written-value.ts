import { problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { Ratio } from '../core/ratio.js';
import { jsonItems, jsonKind, jsonMembers, jsonScalar, type JsonKind } from './json.js';
import { readValue, type Shape } from '../schema/value.js';

/** What a decimal may be. */
export type DecimalShape = Pick<Shape, 'range' | 'suffix'>;

const SHAPES = new Map<string, Shape>();

/** One object for each shape, so that its schema is made once. */
function decimalShape({ range, suffix }: DecimalShape): Shape {
  const key = `${range ?? ''} ${suffix ?? ''}`;
  const known = SHAPES.get(key);
  if (known) return known;
  const shape: Shape = { kind: 'decimal', ...(range && { range }), ...(suffix && { suffix }) };
  SHAPES.set(key, shape);
  return shape;
}

const SHOWN = 60;

/**
 * A value of untrusted JSON, and where it stands: what is wrong with it is told under that name, and reading goes on, so
 * that everything that is wrong is told at once.
 */
export class WrittenValue {
  /** @param json - text that `isJson` accepts. */
  constructor(
    readonly name: string,
    readonly json: string,
    readonly problems: Problem[],
  ) {}

  get kind(): JsonKind {
    return jsonKind(this.json);
  }

  /** The text of a string or number. */
  get text(): string | undefined {
    return jsonScalar(this.json);
  }

  /** Tells that it cannot be read, and what to write. */
  refuse(advice: string): void {
    const shown = this.text ?? this.json.trim();
    const value = shown.length > SHOWN ? `${shown.slice(0, SHOWN - 3)}...` : shown;
    this.problems.push(problem('NOT_A_VALUE', this.name, { value, advice }));
  }

  decimal(shape: DecimalShape): Ratio | undefined {
    const { text } = this;
    if (text === undefined) {
      this.refuse('write a number');
      return undefined;
    }
    const read = readValue(decimalShape(shape), this.name, text);
    if ('problem' in read) this.problems.push(read.problem);
    else if (read.value instanceof Ratio) return read.value;
    return undefined;
  }

  /** A yes or no, also as text: exchanges write both. */
  yesOrNo(): boolean | undefined {
    const word = (this.text ?? this.json.trim()).toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
    this.refuse('write true or false');
    return undefined;
  }

  /** A word in the spelling that the choices have; any case. */
  choice<T extends string>(choices: readonly T[]): T | undefined {
    const written = this.text;
    if (written === undefined) {
      this.refuse(`write one of ${choices.join(', ')}`);
      return undefined;
    }
    const word = written.trim().toUpperCase();
    const found = choices.find((each) => each.toUpperCase() === word);
    if (found !== undefined) return found;
    const suggestion = closest(word, choices);
    this.problems.push(problem('NOT_A_CHOICE', this.name, { value: written.slice(0, SHOWN), choices, suggestion }));
    return undefined;
  }

  /** The elements of an array, each under its number. */
  items(advice: string): readonly WrittenValue[] | undefined {
    if (this.kind !== 'array') {
      this.refuse(advice);
      return undefined;
    }
    return jsonItems(this.json).map((item, index) => new WrittenValue(`${this.name}[${index}]`, item, this.problems));
  }

  /** The members of an object, each under its key; a key that is there twice is told. */
  members(advice: string): ReadonlyMap<string, WrittenValue> | undefined {
    if (this.kind !== 'object') {
      this.refuse(advice);
      return undefined;
    }
    return membersOf(this.name, jsonMembers(this.json), this.problems);
  }
}

/**
 * Values by key; a key that is there twice is told.
 *
 * @param name - of what they are members of; empty for the whole.
 */
export function membersOf(
  name: string,
  members: readonly { readonly key: string; readonly json: string }[],
  problems: Problem[],
): ReadonlyMap<string, WrittenValue> {
  const found = new Map<string, WrittenValue>();
  for (const { key, json } of members) {
    const path = name === '' ? key : `${name}.${key}`;
    if (found.has(key)) problems.push(problem('DUPLICATE_KEY', path, { other: '' }));
    found.set(key, new WrittenValue(path, json, problems));
  }
  return found;
}

/**
 * The value under the first of some spellings of a key; `null` is not given. Two spellings at once are told.
 */
export function givenUnder(
  members: ReadonlyMap<string, WrittenValue>,
  ...spellings: readonly string[]
): WrittenValue | undefined {
  const [first, second] = spellings.flatMap((key) => {
    const value = members.get(key);
    return value && value.kind !== 'null' ? [{ key, value }] : [];
  });
  if (first && second) second.value.problems.push(problem('DUPLICATE_KEY', second.value.name, { other: first.key }));
  return first?.value;
}

/** Tells unknown keys that look like a slip for a key that is lacking. */
export function tellSlips(
  members: ReadonlyMap<string, WrittenValue>,
  wanted: readonly string[],
  isKnown: (key: string) => boolean,
): void {
  const lacking = wanted.filter((key) => !members.has(key));
  for (const [key, { name, problems }] of members) {
    if (isKnown(key) || wanted.includes(key)) continue;
    const suggestion = closest(key, lacking);
    if (suggestion !== undefined) problems.push(problem('UNKNOWN_KEY', name, { suggestion }));
  }
}
