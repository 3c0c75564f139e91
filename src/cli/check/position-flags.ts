import { SHARED } from '../../commands/shared/inputs.js';
import type { Asking } from '../../commands/shared/question.js';
import { PLAN_FIELDS } from '../../commands/shared/trade.js';
import { STOP_PRICES } from '../../core/risk/input.js';
import type { Inputs } from '../../schema/input.js';
import type { Flag } from '../flags.js';
import { usageOf } from '../read-question.js';

const flag = (name: string, meaning: string): Flag => ({ name, meaning, heading: 'Question' });

/** What is said yes or no to: what is not said is not known, and rules that need it say so. */
const SAID: readonly Flag[] = [
  flag('no-stop', 'there is no stop'),
  flag('no-orders', 'no order stands'),
  flag('event', 'a scheduled event is near'),
  flag('no-event', 'none is near'),
  flag('auto-margin', 'the exchange adds margin by itself'),
  flag('no-auto-margin', 'it does not'),
  flag('illiquid', 'the pair is illiquid'),
  flag('no-illiquid', 'it is not'),
];

const { equity, stop, rates, candles, atrSeed } = SHARED;

/** What `check` asks of one position besides its fields. */
export const CHECK_INPUTS = {
  equity,
  stop,
  stopOn: {
    kind: 'choice',
    choices: STOP_PRICES,
    placeholder: 'PRICE',
    meaning: 'the price that triggers --stop: mark or last, default mark',
  },
  mode: {
    kind: 'choice',
    choices: ['cross', 'isolated'],
    placeholder: 'M',
    meaning: 'margin mode, cross with --wallet; by default what the margin says',
  },
  usualLev: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'x',
    placeholder: 'X',
    meaning: 'the leverage that you usually have',
  },
  orders: {
    kind: 'text',
    placeholder: 'FILE',
    repeats: true,
    meaning: "orders that stand, as JSON: the exchange's openOrders, and openAlgoOrders, which has the stops",
  },
  funding: {
    kind: 'text',
    placeholder: 'R,R,...',
    meaning: 'funding rates paid, oldest first, in percent with its sign: 0.01%,-0.02%',
  },
  fundingInterval: {
    kind: 'decimal',
    range: 'positive',
    suffix: 'h',
    placeholder: 'HOURS',
    meaning: 'hours between payments of funding, default that of the times, else 8h',
  },
  rates,
  candles,
  atrSeed,
  feed: {
    kind: 'text',
    repeats: true,
    placeholder: 'NAME=P',
    meaning: 'price of the index or of another market; may be given several times',
  },
  openInterest: { kind: 'text', placeholder: 'X,X,...', meaning: 'open interest, oldest first' },
} as const satisfies Inputs;

/** One position as `check` asks for it. */
export const CHECK_POSITION = {
  position: PLAN_FIELDS,
  inputs: CHECK_INPUTS,
  supplies: [],
  excludes: [['funding', 'rates', 'both give the funding rates']],
} as const satisfies Asking;

/** The flags of one position and of what is known of it. */
export const CHECK_POSITION_FLAGS: readonly Flag[] = [
  ...usageOf({ ...CHECK_POSITION, position: [], inputs: CHECK_INPUTS }, []).flags,
  ...SAID,
  ...usageOf({ ...CHECK_POSITION, inputs: {} }, []).flags,
];
