import { fieldOfKey } from '../formats/record.js';
import type { ResultKey } from '../formats/result-keys.js';
import { RESULTS } from '../formats/results.js';
import { bareLine, bareText } from '../report/bare.js';
import { toBinary } from './binary-text.js';
import type { Encoder } from './encoder.js';
import type { EchoRecord } from './echo-record.js';

/** Writes bare values separated by tabs, one record per line: results, or the record's own values. */
export function bareEncoder(only: readonly string[]): Encoder {
  const names = only.map(toBinary);
  const keys = names.filter((name): name is ResultKey => Object.hasOwn(RESULTS, name));
  return {
    begin: () => '',
    resultsOf: () => keys,
    rejects: () => undefined,
    answered: (record, keys, values) => {
      const cells = names.map((name) => {
        const place = keys.indexOf(name as ResultKey);
        return place < 0 ? record.bare(spelling(name, record)) : toBinary(bareText(values[place]));
      });
      return bareLine(cells);
    },
    failed: () => '\n',
    end: () => '',
  };
}

/** The key of a field in the record, which may be an alias. */
function spelling(name: string, { names }: EchoRecord): string {
  const field = names.includes(name) ? undefined : fieldOfKey(name);
  return (field && names.find((own) => fieldOfKey(own) === field)) ?? name;
}
