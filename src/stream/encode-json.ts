import { failedText, failureMember } from '../report/failure.js';
import { framing, type Frame } from '../report/frame.js';
import type { ResultKey } from '../formats/result-keys.js';
import { RESULTS, type Result } from '../formats/results.js';
import type { Written } from '../schema/figure.js';
import { toBinary } from './binary-text.js';
import type { Encoder } from './encoder.js';

const PREFIXES = new Map(Object.keys(RESULTS).map((key) => [key, `${JSON.stringify(key)}:`]));

/** Writes records as JSON objects in a frame. */
export function jsonEncoder(fields: readonly ResultKey[], frame: Frame): Encoder {
  const { before, after, end } = framing(frame);
  const framed = (object: string): string => before() + object + after;
  return {
    begin: () => '',
    resultsOf: ({ results }) =>
      results.length === 0 ? fields : [...fields, ...results.filter((key) => !fields.includes(key))],
    rejects: () => undefined,
    answered: ({ record }, keys, { values }) => {
      const object = record.json(members(keys, values));
      return () => framed(object);
    },
    failed: (failed, failure) =>
      framed(typeof failed === 'string' ? failedText(failed, failure) : failed.json(failureMember(failure))),
    end,
  };
}

function members(keys: readonly ResultKey[], values: readonly Written[]): string {
  let text = '';
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as ResultKey;
    const value = values[index];
    if (value === undefined) continue;
    if (text !== '') text += ',';
    text += PREFIXES.get(key) ?? '';
    text += isDecimal(RESULTS[key]) && typeof value === 'string' ? `"${value}"` : toBinary(JSON.stringify(value));
  }
  return text;
}

function isDecimal({ kind }: Result): boolean {
  return kind === 'price' || kind === 'amount' || kind === 'percent' || kind === 'ratio';
}
