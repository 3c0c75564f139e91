import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/assessment.js';
import { exitFigures } from '../../../src/core/plan/exits.js';
import { Ratio } from '../../../src/core/ratio.js';

const of = (text: string): Ratio => Ratio.from(text);
const LONG = { side: 'long', entry: of('60000'), lev: of('20'), mmr: of('0.004'), qty: of('0.5') } as const;

describe('stop and take-profit price of a position', () => {
  it('count the fees of entry and exit', () => {
    // 0.5 x 1200 and 0.05 % of 30000 and 29400; 0.5 x 6000 less 0.05 % of 30000 and 33000.
    const position = assess({ ...LONG, taker: of('0.0005') }, undefined);
    const { loss, gain, rewardRisk, breakEven, room, warnings } = exitFigures(position, {
      stop: of('58800'),
      take: of('66000'),
    });
    expect(loss?.toText(8)).toBe('629.7');
    expect(gain?.toText(8)).toBe('2968.5');
    // 2968.5 / 629.7, and 60000 x 1.0005 / 0.9995.
    expect(rewardRisk?.toText(6)).toBe('4.71415');
    expect(breakEven?.toText(6)).toBe('60060.030015');
    expect(room?.isBefore).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('of an inverse contract are in base coin', () => {
    // 100 contracts of 100: 10000 x (1/58000 - 1/60000).
    const position = assess(
      { ...LONG, lev: of('10'), qty: of('100'), contract: 'inverse', multiplier: of('100') },
      undefined,
    );
    const { loss, gain, rewardRisk, breakEven } = exitFigures(position, { stop: of('58000') });
    expect(loss?.toText(8)).toBe('0.00574713');
    expect([gain, rewardRisk]).toEqual([undefined, undefined]);
    expect(breakEven?.toText(8)).toBe('60000');
  });

  it('are compared with the mark: a stop may be in profit, and then has no ratio', () => {
    const position = assess({ ...LONG, mark: of('65000') }, undefined);
    const { loss, gain, rewardRisk } = exitFigures(position, { stop: of('63000'), take: of('70000') });
    expect(loss?.toText(8)).toBe('-1500');
    expect(gain?.toText(8)).toBe('5000');
    expect(rewardRisk).toBeUndefined();
    expect(() => exitFigures(position, { stop: of('65000') })).toThrow('must be below the mark (65000) of a long');
    expect(() => exitFigures(position, { take: of('64000') })).toThrow('must be above the mark (65000) of a long');
  });

  it('warn of a stop that liquidation precedes, at the price itself too', () => {
    const short = assess({ ...LONG, side: 'short', lev: of('10') }, undefined);
    // (6000 + 60000) x 0.5 / (0.5 x 1.004)
    const price = short.price as Ratio;
    expect(price.toText(8)).toBe('65737.05179283');
    expect(exitFigures(short, { stop: price }).room?.isBefore).toBe(false);
    expect(exitFigures(short, { stop: of('66000') }).warnings.map(({ code }) => code)).toEqual([
      'STOP_BEYOND_LIQUIDATION',
    ]);
    expect(exitFigures(short, { stop: of('65737') }).room?.isBefore).toBe(true);
    expect(() => exitFigures(short, { stop: of('59000') })).toThrow('must be above the entry (60000) of a short');
  });

  it('may be a take-profit price alone', () => {
    const { loss, gain, room, warnings } = exitFigures(assess(LONG, undefined), { take: of('61000') });
    expect(gain?.toText(8)).toBe('500');
    expect([loss, room, warnings]).toEqual([undefined, undefined, []]);
  });

  it('of a position that no price liquidates come before it', () => {
    const never = assess({ ...LONG, lev: Ratio.ONE, mmr: Ratio.ZERO }, undefined);
    expect(exitFigures(never, { stop: of('1') }).room).toEqual({ isBefore: true });
  });
});
