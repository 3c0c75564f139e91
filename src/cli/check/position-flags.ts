import { PLAN_FIELDS } from '../plan-fields.js';
import { COMMON_FLAGS, type Flag } from '../flags.js';
import { questionUsage, type QuestionSpec } from '../read-question.js';

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

type Asks =
  | 'equity'
  | 'stop'
  | 'stopOn'
  | 'mode'
  | 'usualLev'
  | 'orders'
  | 'funding'
  | 'fundingInterval'
  | 'rates'
  | 'candles'
  | 'atrSeed'
  | 'feed'
  | 'openInterest';

/** One position as `check` asks for it. */
export const CHECK_POSITION: QuestionSpec<Asks> = {
  fields: PLAN_FIELDS,
  asked: [
    'equity',
    'stop',
    'stopOn',
    'mode',
    'usualLev',
    'orders',
    'funding',
    'fundingInterval',
    'rates',
    'candles',
    'atrSeed',
    'feed',
    'openInterest',
  ],
  switches: SAID,
  supplies: [],
  needs: [],
  excludes: [['funding', 'rates', 'both give the funding rates']],
};

const COMMON_NAMES: ReadonlySet<string> = new Set(COMMON_FLAGS.map(({ name }) => name));

/** The flags of one position and of what is known of it. */
export const CHECK_POSITION_FLAGS: readonly Flag[] = questionUsage(CHECK_POSITION).flags.filter(
  ({ name }) => !COMMON_NAMES.has(name),
);
