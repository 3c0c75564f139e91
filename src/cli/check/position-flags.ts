import type { QuestionInputs } from '../../commands/shared/question.js';
import { PLAN_FIELDS } from '../../commands/shared/trade.js';
import { RISK_DATA } from '../../formats/risk-data/index.js';
import type { Datum } from '../../formats/risk-datum.js';
import type { Inputs } from '../../schema/input.js';
import { SHARED } from '../../schema/shared-inputs.js';
import type { Flag } from '../flags.js';
import { usageOf } from '../read-question.js';

const DATA = Object.values<Datum>(RISK_DATA);

/** The flags with a value for the data that rules judge. */
const { equity, stop, stopOn, ...others } = Object.assign({}, ...DATA.map(({ inputs }) => inputs)) as Inputs;

const HEADING = 'Data for the rules';

const MODE = {
  kind: 'choice',
  choices: ['cross', 'isolated'],
  placeholder: 'M',
  meaning: 'margin mode; default cross with --wallet, else isolated',
} as const;

/** The yes-or-no data. Without a flag the answer is unknown, and rules that need it report that. */
const switches = Object.assign({}, ...DATA.map((each) => each.switches)) as Readonly<Record<string, string>>;

/** The inputs of `check` for one position. */
export const CHECK_POSITION = {
  heading: HEADING,
  position: PLAN_FIELDS,
  inputs: { equity, stop, stopOn, mode: MODE, ...others } as Inputs & { readonly mode: typeof MODE },
  switches,
  supplies: [],
  excludes: DATA.flatMap(({ excludes = [] }) => excludes),
} satisfies QuestionInputs;

const OF_ACCOUNT = DATA.filter(({ of }) => of === 'account');

/** Data from flags for accounts that do not have it themselves, and for how accounts are judged. */
export const ACCOUNT_INPUTS = Object.assign({}, ...OF_ACCOUNT.map(({ inputs }) => inputs), {
  atrSeed: SHARED.atrSeed,
}) as Inputs;

/** The same inputs as flags. */
export const ACCOUNT_DATA_FLAGS: readonly Flag[] = usageOf(
  {
    heading: HEADING,
    position: [],
    inputs: ACCOUNT_INPUTS,
    switches: Object.assign({}, ...OF_ACCOUNT.map((each) => each.switches)) as Readonly<Record<string, string>>,
    supplies: [],
  },
  [],
).flags;

/** The flags of one position and of its data. */
export const CHECK_POSITION_FLAGS: readonly Flag[] = usageOf(CHECK_POSITION, []).flags;
