import type { AccountAssessment } from '../core/account.js';
import type { Assessment } from '../core/assessment.js';
import { distancePercent, isAlarming } from '../core/nearness.js';
import type { Ratio } from '../core/ratio.js';
import { RATIO_DECIMALS } from '../schema/figure.js';
import type { Io } from './io.js';
import { ID_KEYS } from '../formats/record.js';
import { clipped, printableLine } from '../report/printable.js';

/** The maximum number of positions that are named. */
const MOST_NAMED = 10;

/** A position or account at or below the limit. It has no distance if no price is safe. */
interface Alarm {
  /** In percent, rounded as in the output. */
  readonly percent: Ratio | undefined;
  readonly words: string;
}

/** Collects the positions and accounts at or below the limit of `--alert`, and names the nearest. */
export class Alerts {
  readonly #limit: Ratio | undefined;
  readonly #nearest: Alarm[] = [];
  #isReached = false;
  #below: number | undefined;

  /** @param limit - percent of `--alert`; if it is `undefined`, nothing is collected. */
  constructor(limit: Ratio | undefined) {
    this.#limit = limit;
    // A few units of the last printed decimal: printed values are rounded.
    this.#below = limit && Math.max(0, Number(limit.toText(10))) * (1 + 1e-12) + 2 * 10 ** -RATIO_DECIMALS;
  }

  get isReached(): boolean {
    return this.#isReached;
  }

  /** The percentage, as printed, below which a position may have to be named. It falls once ten are nearer. */
  get below(): number | undefined {
    return this.#below;
  }

  /** @param place - the place and the owner of the position; empty if they are unknown. */
  position(assessment: Assessment, place: () => string = () => ''): void {
    if (!this.#limit || !isAlarming(this.#limit, assessment)) return;
    const percent = distancePercent(assessment);
    this.#add(percent, (shown) => `${positionWords(assessment, shown)}${inBrackets(place())}`);
  }

  /** Adds an account: its market move, and each of its positions. */
  account(assessment: AccountAssessment, place: () => string = () => ''): void {
    if (!this.#limit) return;
    // Positions are computed on first access, so only with a limit.
    const { move, positions } = assessment;
    for (const each of [move.down, move.up]) {
      const percent = each?.percent();
      if (!percent || percent.abs().isAbove(this.#limit)) continue;
      const words = `account: a market move of ${percent.toText(RATIO_DECIMALS)} % liquidates it`;
      this.#add(percent.abs(), () => words + inBrackets(place()));
    }
    for (const each of positions) this.position(each, place);
  }

  /** The nearest in words. */
  words(): readonly string[] {
    const named = this.#nearest.map(({ words }) => words);
    return named.length < MOST_NAMED ? named : [...named, `only the nearest ${MOST_NAMED} are named`];
  }

  #add(exact: Ratio | undefined, words: (percent: string) => string): void {
    this.#isReached = true;
    const nearest = this.#nearest;
    const percent = exact?.rounded(RATIO_DECIMALS);
    const place = nearest.findIndex((each) => isNearer(percent, each.percent));
    if (place < 0 && nearest.length === MOST_NAMED) return;
    nearest.splice(place < 0 ? nearest.length : place, 0, {
      percent,
      words: words(percent?.toText(RATIO_DECIMALS) ?? ''),
    });
    if (nearest.length > MOST_NAMED) nearest.pop();
    if (nearest.length < MOST_NAMED) return;
    const last = nearest[MOST_NAMED - 1]?.percent;
    this.#below = last ? Number(last.toText(RATIO_DECIMALS)) : Number.NEGATIVE_INFINITY;
  }
}

/** The place of a record in the input, and its owner according to its own keys. */
export function recordPlace(at: string, valueOf: (key: string) => string | undefined): string {
  const key = ID_KEYS.find((each) => valueOf(each));
  return [at, key === undefined ? '' : `${key} ${clipped(valueOf(key) ?? '')}`]
    .filter((part) => part !== '')
    .join(', ');
}

/** Names the positions at or below the limit of `--alert`, and returns whether there are any. */
export function reportAlerts(
  io: Pick<Io, 'stderr'>,
  { alert, isQuiet }: { readonly alert: Ratio | undefined; readonly isQuiet: boolean },
  assessments: readonly Assessment[],
): boolean {
  const alerts = new Alerts(alert);
  for (const each of assessments) alerts.position(each);
  for (const words of isQuiet ? [] : alerts.words()) io.stderr.write(`liqcalc: alert: ${printableLine(words)}\n`);
  return alerts.isReached;
}

/** Whether one distance is below another. A position that is safe at no price has no distance and comes first. */
function isNearer(one: Ratio | undefined, other: Ratio | undefined): boolean {
  return other !== undefined && (one === undefined || one.isBelow(other));
}

function positionWords({ terms, outcome }: Assessment, percent: string): string {
  const name = [...(terms.symbol === undefined ? [] : [clipped(terms.symbol)]), terms.side].join(' ');
  if (outcome.kind !== 'already') return `${name}: ${percent} % to liquidation`;
  return `${name}: liquidated already, ${percent === '' ? 'no price is safe' : `distance ${percent} %`}`;
}

const inBrackets = (text: string): string => (text === '' ? '' : ` (${text})`);
