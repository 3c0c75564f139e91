import { riskPosition } from '../../core/risk/input.js';
import type { AssessedPosition } from '../../core/account.js';
import { assess } from '../../core/assessment.js';
import { problem, type Problem } from '../../core/errors.js';
import { poolOf, safeRange } from '../../core/liquidation.js';
import type { AtrSeed } from '../../core/plan/atr-seeds.js';
import type { RiskInput } from '../../core/risk/input.js';
import { accountData, positionData } from '../../formats/risk-account.js';
import { filedData, flaggedData } from './flagged-data.js';
import { CHECK_POSITION } from './position-flags.js';
import { FINDING_FORMATS, type FindingFormat } from './options.js';
import { withoutProblems } from '../gathering.js';
import type { Invocation } from '../command.js';
import { readCommonOptions, type CommonOptions } from '../options.js';
import type { ReadQuestion } from '../../commands/shared/read-question.js';
import { readAsked, reportingSymbol } from '../read-question.js';
import { tableOf } from '../tables.js';

type PositionInput = ReadQuestion<(typeof CHECK_POSITION)['inputs']>;

/** One position from flags, ready to be judged. */
export interface CheckedPosition {
  readonly input: RiskInput;
  readonly common: CommonOptions<FindingFormat>;
}

/**
 * The position of `liqcalc check long|short` with its data from flags.
 *
 * @param problems - problems found so far: all problems are reported at once.
 */
export async function checkedPosition(invocation: Invocation, problems: Problem[]): Promise<CheckedPosition> {
  const found: Problem[] = [];
  const common = readCommonOptions(invocation.options, found, FINDING_FORMATS);
  const read = (): PositionInput =>
    withoutProblems(problems, () => {
      const question = readAsked(invocation, CHECK_POSITION, found);
      problems.push(...modeProblems(question));
      return question;
    });
  const { terms, values } = await reportingSymbol(invocation, CHECK_POSITION, read);
  const filed = withoutProblems(problems, () => filedData(invocation.io, invocation.options, terms, problems));
  const data = positionData({ ...flaggedData('position', values, invocation.options), ...filed });
  const assessment = assess(terms, await tableOf(invocation, terms));
  const assessed: AssessedPosition = {
    ...assessment,
    mode: terms.wallet ? 'cross' : 'isolated',
    range: safeRange(poolOf(assessment.position)),
  };
  const { atrSeed } = values as { readonly atrSeed?: AtrSeed };
  const ofAccount = flaggedData('account', values, invocation.options);
  return {
    input: { positions: [riskPosition(assessed, data)], ...accountData({ ...ofAccount, ...filed }), atrSeed },
    common,
  };
}

function modeProblems({ terms, values: inputs }: PositionInput): Problem[] {
  if (inputs.mode === 'cross' && !terms.wallet) {
    return [problem('NEEDS', 'mode', { other: 'wallet', why: 'the wallet is the margin of a cross position' })];
  }
  const isCross = inputs.mode === 'isolated' && terms.wallet;
  return isCross
    ? [problem('CONFLICT', 'mode', { with: 'wallet', why: 'a wallet is the margin of cross positions' })]
    : [];
}
