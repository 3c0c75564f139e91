import { LiqcalcError, problem } from '../../core/errors.js';
import type { Invocation } from '../command.js';
import type { Marks } from '../live/marks.js';

/** A call with what `--live` and `--account` add to it. */
interface LiveCall {
  readonly invocation: Invocation;
  readonly marks?: Marks | undefined;
}

/**
 * A call about accounts: with `--live --account VENUE` that of the exchange; with `--live` alone, positions without a
 * mark get the one of the exchange.
 *
 * @param needs - whether the data of the rules are requested, too.
 */
export async function liveCall(invocation: Invocation, needs: 'account' | 'risk data'): Promise<LiveCall> {
  const { io, options, unknown } = invocation;
  if (options['live'] !== true) {
    if (options['account'] === undefined) return { invocation };
    const why = 'only then is the exchange asked';
    throw new LiqcalcError([problem('NEEDS', 'account', { other: 'live', why })]);
  }
  if (options['account'] !== undefined) {
    const { withLiveAccount } = await import('../live/account.js');
    return { invocation: await withLiveAccount(invocation, needs) };
  }
  const { liveMarks } = await import('../live/marks.js');
  const marks = await liveMarks(io, options, unknown);
  return { invocation: { ...invocation, options: { ...options, ...marks.inSpecs(options) } }, marks };
}
