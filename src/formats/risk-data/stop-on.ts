import { STOP_PRICES } from '../../core/risk/input.js';
import { word } from '../../schema/leaves.js';
import { datum } from '../risk-datum.js';

/** The price that triggers the stop. */
export const stopOn = datum({
  of: 'position',
  schema: () => word(STOP_PRICES),
  meaning: 'the price that triggers stop',
  inputs: {
    stopOn: {
      kind: 'choice',
      choices: STOP_PRICES,
      placeholder: 'PRICE',
      meaning: 'the price that triggers --stop: mark or last, default mark',
    },
  },
});
