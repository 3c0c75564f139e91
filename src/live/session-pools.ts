import { isFailed } from '../core/account.js';
import { maintenanceAt } from '../core/leg.js';
import { Ratio } from '../core/ratio.js';
import { symbolKeyOn } from '../core/venues/index.js';
import type { AccountDefaults } from '../formats/raw-account.js';
import { firstOf } from '../formats/table-source.js';
import type { WatchEvent } from '../schema/watch.js';
import { accountEventMembers } from './account-event.js';
import { ageOf, type Freshness } from './freshness.js';
import { pricedPools, sourcesOf, type Pool } from './pools.js';
import type { SessionRun, SessionSteps } from './session-run.js';

/** The pools of a session at the present marks, and the events that contain them. */
export class SessionPools {
  readonly #run: SessionRun;
  readonly #steps: SessionSteps;
  #defaults: AccountDefaults;
  #pools: readonly Pool[] = [];
  #isOld = true;

  constructor(run: SessionRun, steps: SessionSteps) {
    this.#run = run;
    this.#steps = steps;
    this.#defaults = run.settings.defaults;
  }

  get all(): readonly Pool[] {
    return this.#pools;
  }

  /** Notes that the state is another. */
  outdate(): void {
    this.#isOld = true;
  }

  async readBrackets(symbols: readonly string[]): Promise<void> {
    const { venue, readTables, hasAccount, defaults } = this.#run.settings;
    if (!venue.brackets || !readTables || !hasAccount || (venue.bracketsNeedSymbols && symbols.length === 0)) return;
    try {
      const tables = readTables(await venue.brackets(this.#run.link, symbols), this.#run.time.wall);
      const before = symbols.length > 0 ? this.#defaults.tables : defaults.tables;
      this.#defaults = { ...this.#defaults, tables: firstOf([tables, before]) };
      this.outdate();
    } catch (error) {
      if (!this.#run.isOver) this.#run.survives(error);
    }
  }

  /**
   * Prices the pools again if the state is another.
   *
   * @returns whether there is another answer.
   */
  price(): boolean {
    if (!this.#isOld) return false;
    const { own, hasAccount, symbols } = this.#run.settings;
    this.#isOld = false;
    const state = this.#steps.state();
    const given = own.map((each) => ({ ...each, from: [each.raw] }));
    const before = this.#pools;
    const sources = hasAccount ? sourcesOf(state) : given;
    this.#pools = pricedPools(sources, state, this.#defaults, before);
    const [was, is] = [before, this.#pools].map((pools) => pools.map(({ answer }) => answer)) as [unknown[], unknown[]];
    for (const { name, problem } of this.#pools) {
      const old = before.find((each) => each.name === name)?.problem;
      if (problem && problem.message !== old?.message) this.#run.tell({ type: 'error', ...problem });
    }
    return was.length !== is.length || is.some((each, index) => each !== was[index]) || symbols.length > 0;
  }

  /** A margin call beside our own maintenance margin at its mark. */
  compared(event: Extract<WatchEvent, { type: 'marginCall' }>): WatchEvent {
    const key = symbolKeyOn(this.#steps.state().venue, event.symbol);
    for (const { keys, answer } of this.#pools) {
      const index = keys.findIndex(
        (each, at) => each === key && answer?.assessment.account.positions[at]?.terms.side === event.side,
      );
      const position = index < 0 ? undefined : answer?.assessment.positionAt(index);
      const [mark, theirs] = [Ratio.parse(event.mark), Ratio.parse(event.maintenance)];
      if (!position || isFailed(position) || mark.kind !== 'decimal' || theirs.kind !== 'decimal') continue;
      const ours = maintenanceAt(position.position, mark.value);
      return { ...event, ourMaintenance: ours.toText(8), difference: ours.minus(theirs.value).toText(8) };
    }
    return event;
  }

  /**
   * Writes each account and each mark that is watched without a position.
   *
   * @returns whether there was any.
   */
  write(fresh: Freshness): boolean {
    const { decimals, symbols } = this.#run.settings;
    const { time } = this.#run;
    let isAny = false;
    for (const pool of this.#pools) {
      const { answer } = pool;
      if (!answer) continue;
      isAny = true;
      const members = accountEventMembers({ ...pool, answer }, fresh, time.now(), { decimals, today: time.wall });
      this.#run.tell({ type: 'account', positions: [] }, members);
    }
    for (const symbol of symbols) isAny = this.#writeMark(symbol, fresh) || isAny;
    return isAny;
  }

  #writeMark(symbol: string, fresh: Freshness): boolean {
    const { venue, marks } = this.#steps.state();
    const key = symbolKeyOn(venue, symbol);
    const mark = marks.get(key);
    if (!mark) return false;
    this.#run.tell({
      type: 'mark',
      symbol: key,
      mark: mark.price.toText(30),
      index: mark.index?.toText(30) ?? null,
      funding: mark.funding?.percent().toText(30) ?? null,
      nextFunding: mark.nextFunding === undefined ? null : new Date(mark.nextFunding).toISOString(),
      markAgeMs: Math.round(ageOf(mark, this.#run.time.now())),
      stale: fresh.isStale(key),
    });
    return true;
  }
}
