import { describe, expect, it } from 'vitest';
import { assess, type Assessment } from '../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { bankruptcy } from '../../src/core/health.js';
import { initialMargin, maintenanceAt } from '../../src/core/leg.js';
import { legFrom, positionFrom, type Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';
import { venues, type Venue } from '../../src/core/venues/index.js';
import { readPosition } from '../../src/formats/record.js';
import { VENUE_ANSWERS } from './venue-answers.js';

const r = (text: string): Ratio => Ratio.from(text);

function assessed(record: Readonly<Record<string, string>>): Assessment {
  const read = readPosition(Object.entries(record).filter(([key]) => key !== 'id'));
  if (read.kind === 'problems') throw new Error(JSON.stringify(read.problems));
  return assess(read.input.terms, undefined, read.input.formula);
}

describe('prices that venues answered', () => {
  it.each(VENUE_ANSWERS)('$id', ({ record, liquidationPrice, within, plus = '0', bankruptcyPrice }) => {
    const found = assessed(record);
    const { tick } = found.terms;
    const price = found.price && (tick ? found.price.ceilTo(tick) : found.price).plus(r(plus));
    if (liquidationPrice === null) expect(price).toBeUndefined();
    else expect(price?.minus(r(liquidationPrice)).abs().isAbove(r(within))).toBe(false);
    if (bankruptcyPrice === undefined) return;
    const ruin = bankruptcy(found.position).bound?.price as Ratio;
    // These venues rounded a long's bankruptcy price up to the tick; others print it with fewer decimals.
    expect((tick ? ruin.ceilTo(tick) : ruin).toFixed(2)).toBe(bankruptcyPrice);
  });
});

describe('maintenance that venues answered', () => {
  const maintenance = (terms: Terms, table?: BracketTable): string => {
    const { mark, entry } = terms;
    return maintenanceAt(positionFrom(terms, table), mark ?? entry).toText(8);
  };

  it('bybit-2024 cross: rate of the entry value, and the fee to close (XRPUSDT, 2022)', () => {
    const terms = { side: 'long', venue: 'bybit-2024', wallet: r('10') } as const;
    const more = {
      entry: r('0.3615'),
      mark: r('0.3615'),
      qty: r('100'),
      lev: r('10'),
      mmr: r('0.01'),
      taker: r('0.0006'),
    };
    expect(maintenance({ ...terms, ...more })).toBe('0.381021');
  });

  it('bybit cross: rate of the mark value, and the fee of the entry (ADAUSDT, 2025-12, within 1e-7)', () => {
    const terms = { side: 'long', venue: 'bybit', wallet: r('10') } as const;
    const more = { entry: r('0.37293023'), mark: r('0.3702'), qty: r('43'), lev: r('75'), mmr: r('0.0075') };
    const ours = r(maintenance({ ...terms, ...more }));
    expect(ours.minus(r('0.12809175')).abs().isAbove(r('0.0000001'))).toBe(false);
  });

  it('bybit-2024 hedge: the locked size has no rate (BTCUSDT, 2023-11)', () => {
    const common = { venue: 'bybit-2024', symbol: 'BTCUSDT', qty: r('0.003'), lev: r('10'), mmr: r('0.005') };
    const [entry, wallet] = [r('37416.5'), r('1000')];
    const [short, long] = (['short', 'long'] as const).map((side) => ({ ...common, side, entry, mark: entry, wallet }));
    // The venue's answer for the short leg, 0.1358219, is twice the fee to close it and nothing else.
    const ours = maintenanceAt(legFrom(short as Terms, undefined, { terms: long as Terms }), entry);
    expect(ours.plus(ours).toFixed(7)).toBe('0.1358219');
  });

  const bitgetTable = (): BracketTable => ({
    venue: 'bitget',
    symbol: 'BTCUSDT',
    contract: 'linear',
    multiplier: Ratio.ONE,
    asOf: '2025-11-10',
    confidence: 'A',
    source: 'Bitget support 12560603841952, worked example',
    brackets: bracketsFrom(
      [
        { floor: '0', cap: '200000', rate: '0.004', amount: undefined },
        { floor: '200000', cap: '1000000', rate: '0.005', amount: undefined },
      ],
      'the worked example',
    ),
  });

  it.each([
    ['bitget-2024', '1848'],
    ['bitget', '1648'],
  ])('%s: 330,000 in two tiers, fee included: %s', (venue, expected) => {
    const terms = { side: 'long', venue, symbol: 'BTCUSDT', entry: r('110000'), qty: r('3'), lev: r('20') } as const;
    expect(maintenance(terms, bitgetTable())).toBe(expected);
  });

  it('bitget: 3 at 110,000 at 20x in two tiers is liquidated at 105,021.45 (by whole tiers 105,088.50)', () => {
    const terms = { side: 'long', symbol: 'BTCUSDT', entry: r('110000'), qty: r('3'), lev: r('20') } as const;
    expect(assess({ ...terms, venue: 'bitget' }, bitgetTable()).price?.toFixed(2)).toBe('105021.45');
    expect(assess({ ...terms, venue: 'bitget-2024' }, bitgetTable()).price?.toFixed(2)).toBe('105088.50');
  });
});

describe('initial margins that Bybit answered: value over leverage, and the fee to close', () => {
  const initial = (record: Readonly<Record<string, string>>, closings = '1'): string => {
    const { terms, position } = assessed({ wallet: '1000', ...record });
    const { cross } = venues[record['venue'] as string] as Venue;
    if ('refused' in cross) throw new Error(cross.refused);
    const feeRate = terms.taker ?? r('0.00055');
    const fee = cross.fixed?.({ leg: position, lev: terms.lev, feeRate }) as Ratio;
    return initialMargin(position, terms.lev as Ratio)
      .plus(fee.times(r(closings)))
      .toFixed(9);
  };

  it.each([
    // XRPUSDT, 2022-06
    [{ side: 'long', qty: '100', entry: '0.3615', lev: '10', mmr: '1', taker: '0.06' }, '3.634521000'],
    // ETHUSD, 2023: the answer, 0.01926611, has the added 0.01 and cuts after 8 decimals
    [
      {
        side: 'long',
        contract: 'inverse',
        multiplier: '1',
        qty: '200',
        entry: '1812.70004844',
        lev: '12',
        mmr: '0.5',
        taker: '0.06',
      },
      '0.009266104',
    ],
  ])('%j: %s', (record, expected) => {
    expect(initial({ venue: 'bybit-2024', ...record })).toBe(expected);
  });

  it('ADAUSDT, 2025-12: the value is that at the mark now, the fee still that of the entry (the answer: 0.22095025)', () => {
    const record = { venue: 'bybit', side: 'long', qty: '43', entry: '0.37293023', lev: '75', mmr: '0.75' };
    const fee = r(initial(record)).minus(r('43').times(r('0.37293023')).over(r('75')));
    expect(r('43').times(r('0.3702')).over(r('75')).plus(fee).toFixed(8)).toBe('0.22095020');
  });

  it('BTCUSDT short beside an equal long, 2023-11: two fees to close', () => {
    const record = { venue: 'bybit-2024', side: 'short', qty: '0.003', entry: '37416.5', lev: '10', mmr: '0.5' };
    expect(initial(record, '2')).toBe('11.360771895');
  });
});

describe('bankruptcy prices that KuCoin answered until 2025-05: initial and added margin, without the frozen fee', () => {
  it.each([
    [
      'ETHUSDTM long, down to the tick',
      { side: 'long', qty: '0.02', entry: '4182.10', margin: '3.63660870' },
      '4000.25',
    ],
    ['XRPUSDTM short, up to the tick', { side: 'short', qty: '10', entry: '0.7658', margin: '8.65816084' }, '1.6317'],
  ])('%s', (_, record, expected) => {
    const tick = r(expected === '1.6317' ? '0.0001' : '0.05');
    const ruin = bankruptcy(assessed({ venue: 'kucoin-2024', mmr: '1', taker: '0.06', lev: '1', ...record }).position)
      .bound?.price as Ratio;
    expect((record.side === 'long' ? ruin.floorTo(tick) : ruin.ceilTo(tick)).toText(4)).toBe(expected);
  });
});

describe('prices that venues print in their documents', () => {
  it.each<[string, Record<string, string>, string]>([
    ['bybit isolated', { venue: 'bybit', entry: '20000', qty: '1', lev: '50', mmr: '0.5' }, '19698.49'],
    [
      'bybit isolated, 100 added (derived)',
      { venue: 'bybit', entry: '20000', qty: '1', lev: '50', mmr: '0.5', addMargin: '100' },
      '19597.93',
    ],
    [
      'bybit cross: the fee to close stays',
      { venue: 'bybit', entry: '60000', qty: '0.1', lev: '10', mmr: '0.5', wallet: '1000' },
      '50281.11',
    ],
    [
      'kucoin isolated (derived)',
      { venue: 'kucoin', entry: '60000', qty: '1', lev: '20', mmr: '0.4', liqFee: '0.06' },
      '57263.41',
    ],
  ])('%s', (_, record, expected) => {
    expect(assessed({ side: 'long', ...record }).price?.toFixed(2)).toBe(expected);
  });
});
