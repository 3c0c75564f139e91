import type { Frame } from '../report/format.js';
import { RESULTS, type Result, type ResultKey } from '../formats/results.js';
import type { Written } from '../schema/figure.js';
import { toBinary } from './binary-text.js';
import type { Encoder } from './encoder.js';
import { ERROR_KEY, type Failure, type EchoRecord } from './echo-record.js';

const PREFIXES = new Map(Object.keys(RESULTS).map((key) => [key, `${JSON.stringify(key)}:`]));

/** Writes records as JSON objects in a frame. */
export function jsonEncoder(fields: readonly ResultKey[], frame: Frame): Encoder {
  const { beforeFirst, beforeOthers, after } = frame;
  let isFirst = true;
  const framed = (object: string): string => {
    const before = isFirst ? beforeFirst : beforeOthers;
    isFirst = false;
    return before + object + after;
  };
  return {
    begin: () => '',
    resultsOf: ({ results }) =>
      results.length === 0 ? fields : [...fields, ...results.filter((key) => !fields.includes(key))],
    rejects: () => undefined,
    answered: (record, keys, values) => framed(record.json(members(keys, values))),
    failed: (failed, failure) => framed(failedJson(failed, failure)),
    end: () => (isFirst ? frame.empty : frame.end),
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

function failedJson(failed: EchoRecord | string, { code, message, field }: Failure): string {
  const about = field === undefined ? '' : `,"field":${JSON.stringify(field)}`;
  const error = `"${ERROR_KEY}":{"code":${JSON.stringify(code)},"message":${JSON.stringify(message)}${about}}`;
  return typeof failed === 'string' ? `{"input":${JSON.stringify(failed)},${error}}` : failed.json(error);
}
