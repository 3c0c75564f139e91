import type { Problem } from '../../core/errors.js';
import { RISK_DATA } from '../../formats/risk-data/index.js';
import type { RiskValues } from '../../formats/risk-account.js';
import type { Datum, Owner } from '../../formats/risk-datum.js';
import { kebab } from '../../schema/input.js';
import { fileText } from '../files.js';
import { gathering } from '../gathering.js';
import type { Parsed } from '../flags.js';
import type { Io } from '../io.js';
import { textsOf } from '../read-question.js';

const DATA = Object.entries<Datum>(RISK_DATA);

/** The values of inputs by key. */
type InputValues = Readonly<Record<string, unknown>>;

/** The data of an account or a position that flags give directly, without a file. */
export function flaggedData(owner: Datum['of'], values: InputValues, options: Parsed['options']): RiskValues {
  const data = DATA.filter(([, { of }]) => of === owner);
  return Object.fromEntries(data.map(([key, datum]) => [key, flagged(datum, values, options[key])]));
}

/** @param switched - `false` for `--no-stop`, `true` for `--event`. */
function flagged({ inputs = {}, files = {}, none }: Datum, values: InputValues, switched: unknown): unknown {
  if (switched === false && none) return none.value;
  if (typeof switched === 'boolean') return switched;
  const [key] = Object.keys(inputs);
  return key === undefined || key in files ? undefined : values[key];
}

/**
 * The data in files that flags name. The files are opened if the flags are valid. Anything invalid is added to the
 * problems.
 */
export function filedData(io: Io, options: Parsed['options'], owner: Owner, problems: Problem[]): RiskValues {
  const values: Record<string, unknown> = {};
  for (const [datum, { files = {} }] of DATA) {
    for (const [key, read] of Object.entries(files)) {
      const paths = textsOf(options, key);
      if (paths.length === 0) continue;
      const [path = ''] = paths;
      const found: Problem[] = [];
      const flag = `--${kebab(key)}`;
      const place = { name: paths.length === 1 ? path : flag, owner, problems: found };
      const value = gathering(found, () =>
        read(
          paths.map((each) => fileText(io, each)),
          place,
        ),
      );
      problems.push(...found.map((of) => (of.field === path ? { ...of, field: flag } : withoutFlags(of))));
      if (value !== undefined) values[datum] = value;
    }
  }
  return values;
}

/** A key that is missing in a file cannot be given by a flag. */
function withoutFlags(of: Problem): Problem {
  return of.code === 'MISSING' && of.field !== '' ? { ...of, details: { ...of.details, give: [] } } : of;
}
