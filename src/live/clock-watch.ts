import { WAITS, type SessionRun } from './session-run.js';

const CLOCK_MS = 3_600_000;

/** Measures the venue's clock at the start, each hour, and after a jump of the clock of this computer. */
export class ClockWatch {
  constructor(private readonly run: SessionRun) {}

  async measure(why: 'start' | 'again'): Promise<void> {
    const { run } = this;
    if (!run.settings.venue.time) return;
    try {
      const offset = await run.link.measureClock();
      if (run.isOver) return;
      run.time.measured(offset);
      if (why === 'start') return;
      run.tell({ type: 'clock', offsetMs: Math.round(offset), message: 'the clock of the venue was measured' });
    } catch (error) {
      if (run.isOver || !run.survives(error)) return;
      run.after(WAITS.retry, () => void this.measure(why));
    }
  }

  eachHour(): void {
    this.run.after(CLOCK_MS, () => {
      void this.measure('again');
      this.eachHour();
    });
  }

  /**
   * A computer that slept has old marks, although its monotonic clock stood still.
   *
   * @returns whether its clock jumped.
   */
  noteJump(): boolean {
    const { time } = this.run;
    const gone = time.jumpMs();
    if (gone === 0) return false;
    const words =
      gone > 0 ? 'this computer slept, or its clock was set forward' : 'the clock of this computer was set back';
    this.run.tell({ type: 'clock', offsetMs: Math.round(gone), message: words });
    void this.measure('again');
    return true;
  }
}
