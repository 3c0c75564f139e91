import type { ResultKey } from '../formats/result-keys.js';
import { RESULTS } from '../formats/results.js';
import { bareLine, bareText } from '../report/bare.js';
import { toBinary } from './binary-text.js';
import type { Encoder } from './encoder.js';
import { spelling } from './echo-record.js';

/** Writes bare values separated by tabs, one record per line: results, or the record's own values. */
export function bareEncoder(only: readonly string[]): Encoder {
  const names = only.map(toBinary);
  const keys = names.filter((name): name is ResultKey => Object.hasOwn(RESULTS, name));
  return {
    begin: () => '',
    resultsOf: () => keys,
    rejects: () => undefined,
    answered: ({ record }, keys, { values }) => {
      const cells = names.map((name) => {
        const place = keys.indexOf(name as ResultKey);
        return place < 0 ? record.bare(spelling(name, record)) : toBinary(bareText(values[place]));
      });
      const line = bareLine(cells);
      return () => line;
    },
    failed: () => '\n',
    end: () => '',
  };
}
