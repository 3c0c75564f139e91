import { describe, expect, it } from 'vitest';
import { assessAccount, type AccountPosition } from '../../../src/core/account.js';
import { accountProblems } from '../../../src/core/account-problems.js';
import { assess } from '../../../src/core/assessment.js';
import { bracketsFrom, type BracketTable } from '../../../src/core/brackets.js';
import { contracts, type ContractName } from '../../../src/core/contracts/index.js';
import { isLiqcalcError } from '../../../src/core/errors.js';
import type { Side } from '../../../src/core/leg.js';
import type { Position, Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { REFUSED_VENUES, venues, type MarginRule, type Venue } from '../../../src/core/venues/index.js';
import { readPosition } from '../../../src/formats/record.js';

const r = (text: string): Ratio => Ratio.from(text);

/** A position whose cross wallet backs it about as a leverage of 10 does. */
interface Place {
  readonly venue: Venue;
  readonly rule: MarginRule;
  readonly mode: 'isolated' | 'cross';
  readonly contract: ContractName;
  readonly side: Side;
}

const EVERY_CONTRACT = Object.keys(contracts) as ContractName[];
const MODES = ['isolated', 'cross'] as const;
const SIDES: readonly Side[] = ['long', 'short'];

/** Every venue, margin mode, contract type and side that has a price. */
const PLACES: readonly Place[] = Object.values(venues).flatMap((venue) =>
  MODES.flatMap((mode) => {
    const rule = venue[mode];
    if ('refused' in rule) return [];
    return (venue.contracts ?? EVERY_CONTRACT).flatMap((contract) =>
      SIDES.map((side) => ({ venue, rule, mode, contract, side })),
    );
  }),
);

const named = PLACES.map((place) => {
  const { venue, mode, contract, side } = place;
  return [`${venue.name} ${mode} ${contract} ${side}`, place] as const;
});
const placesOf = (valued: MarginRule['valued']): typeof named => named.filter(([, { rule }]) => rule.valued === valued);

const NO_FEE = { taker: Ratio.ZERO, liqFee: Ratio.ZERO };
const FEES = { taker: r('0.0007'), liqFee: r('0.0009') };

/** 3 base units or 300 quote, entered at 100: worth 300 in quote, 3 in the base coin. */
function termsAt({ venue, mode, contract, side }: Place, more: Partial<Terms> = {}): Terms {
  const isInverse = contracts[contract].marginAsset === 'base';
  const size = isInverse ? { qty: r('300'), multiplier: Ratio.ONE } : { qty: r('3') };
  const backing = mode === 'cross' ? { wallet: r(isInverse ? '0.31' : '31') } : {};
  const common = { side, venue: venue.name, contract, entry: r('100'), lev: r('10'), mmr: r('0.01') };
  return { ...common, ...size, ...backing, ...more };
}

function priceOf(terms: Terms, table?: BracketTable): Ratio {
  const { price } = assess(terms, table);
  if (!price) throw new Error(`no price for ${JSON.stringify(terms)}`);
  return price;
}

/** The terms without a rate of their own: a table gives it. */
function withoutRate(terms: Terms): Terms {
  const others: { -readonly [K in keyof Terms]: Terms[K] } = { ...terms };
  delete others.mmr;
  return others;
}

const same = (a: Ratio, b: Ratio): boolean => a.compare(b) === 0;

/** +1 if the position earns along the axis of its contract: the price, or one over it. */
const signOn = ({ side, contract }: Place): Ratio =>
  (side === 'long') === (contracts[contract].longSlope === 1) ? Ratio.ONE : Ratio.ONE.negated();

/** The value of the position at a price, in the margin asset. */
const valueOf = ({ contract, size }: Position, price: Ratio): Ratio => size.times(contract.coordinate(price));

const RATES = ['0.01', '0.025', '0.06'] as const;

/** Tiers whose limits lie at shares of what they count at the entry. */
function tableAt({ venue, contract }: Place, shares: readonly [string, string]): BracketTable {
  const isInverse = contracts[contract].marginAsset === 'base';
  const inBase = (venue.tiers.by === 'value' && isInverse) || !isInverse;
  const counted = venue.tiers.by === 'value' && !isInverse ? r('300') : r(inBase ? '3' : '300');
  const [first, second] = shares.map((share) => counted.times(r(share)).toText(9)) as [string, string];
  const rows = [
    { floor: '0', cap: first, rate: RATES[0], amount: undefined },
    { floor: first, cap: second, rate: RATES[1], amount: undefined },
    { floor: second, cap: undefined, rate: RATES[2], amount: undefined },
  ];
  return {
    venue: venue.name,
    symbol: 'LAW',
    contract,
    multiplier: Ratio.ONE,
    asOf: '2026-11-22',
    confidence: 'A',
    source: 'test',
    brackets: bracketsFrom(rows, 'LAW', venue.tiers.apply),
  };
}

/** What each tier takes: of the part of the value in it, or of all of it where the counted amount lies in it. */
function ratedBy({ venue }: Place, table: BracketTable, of: { readonly value: Ratio; readonly counted: Ratio }): Ratio {
  const rates = table.brackets.map(({ floor, cap, rate }) => {
    if (venue.tiers.apply === 'marginal') {
      const top = cap?.isBelow(of.value) === true ? cap : of.value;
      return top.minus(floor).max(Ratio.ZERO).times(rate);
    }
    const isIn = of.counted.isAbove(floor) && cap?.isBelow(of.counted) !== true;
    return isIn ? rate.times(of.value) : Ratio.ZERO;
  });
  return Ratio.sum(rates);
}

describe('the rule of every registered venue', () => {
  it('is found by its name, and says since when it holds, where it is written and how its tables are imported', () => {
    expect(PLACES.length).toBeGreaterThan(60);
    for (const [name, venue] of Object.entries(venues)) {
      expect(venue.name).toBe(name);
      expect(venue.since).toMatch(/^20\d\d(-\d\d){0,2}$/);
      expect(venue.sources.length).toBeGreaterThan(0);
      // The command ends the message: it runs as it is pasted.
      expect(venue.tablesFrom('BTCUSDT')).toMatch(
        /^(?:curl -s \S*https:\S+ .*\| )?liqcalc brackets import -(?: --\w+ \w+)*$/,
      );
    }
  });

  it.each(Object.values(venues))(
    '$name: a mode or contract type that it has no price for is refused in words',
    (venue) => {
      const codes = (terms: Terms): string[] => {
        try {
          assess(terms);
          return [];
        } catch (error) {
          if (!isLiqcalcError(error)) throw error;
          return error.problems.map(({ code }) => code);
        }
      };
      for (const mode of MODES) {
        for (const contract of EVERY_CONTRACT) {
          const rule = venue[mode];
          const isPriced = !('refused' in rule) && (venue.contracts ?? EVERY_CONTRACT).includes(contract);
          const place = { venue, mode, contract, side: 'long', rule: rule as MarginRule } as const;
          expect(codes(termsAt(place))).toEqual(isPriced ? [] : ['VENUE_REFUSES']);
        }
      }
    },
  );

  it.each(Object.entries(REFUSED_VENUES))(
    '%s has no rule, and a record that names it gets the reason',
    (venue, why) => {
      expect(venues).not.toHaveProperty(venue);
      const record = { side: 'long', entry: '100', lev: '10', mmr: '1', venue };
      expect(readPosition(Object.entries(record))).toMatchObject({
        kind: 'problems',
        problems: [{ code: 'VENUE_REFUSES', details: { venue, why } }],
      });
    },
  );

  it.each(named)('%s: equity equals its own maintenance at the price', (_, place) => {
    const { rule, venue } = place;
    for (const shares of [
      ['0.3', '0.95'],
      ['0.97', '1.02'],
      ['1', '1.5'],
      ['0.4', '0.9'],
    ] as const) {
      const table = tableAt(place, shares);
      const terms = withoutRate(termsAt(place, { ...FEES, mark: r('99.5'), symbol: 'LAW' }));
      const { position, price } = assess(terms, table);
      if (!price) throw new Error('no price');
      const valued = { price, entry: terms.entry, mark: r('99.5') }[rule.valued];
      const looked = rule.valued === 'entry' ? terms.entry : r('99.5');
      const value = valueOf(position, valued);
      const counted = venue.tiers.by === 'value' ? valueOf(position, looked) : position.size;
      const fee = rule.fee && rule.feeIn !== 'own terms' ? FEES[rule.fee.of].times(value) : Ratio.ZERO;
      const leverage = { leg: position, lev: terms.lev, feeRate: rule.fee ? FEES[rule.fee.of] : Ratio.ZERO };
      const fixed = rule.fixed?.(leverage) ?? Ratio.ZERO;
      const maintenance = Ratio.sum([ratedBy(place, table, { value, counted }), fee, fixed]);
      const gained = valueOf(position, price).minus(valueOf(position, terms.entry)).times(signOn(place));
      const backing = terms.wallet ?? valueOf(position, terms.entry).over(r('10'));
      expect(same(backing.plus(gained), maintenance)).toBe(true);
    }
  });

  it.each(named)('%s: long and short mirror without a fee', (_, place) => {
    const coordinateOf = (side: Side): Ratio =>
      contracts[place.contract].coordinate(priceOf(termsAt({ ...place, side }, NO_FEE)));
    const [long, short] = [coordinateOf('long'), coordinateOf('short')];
    const [rate, e] = [
      r('0.01').times(signOn({ ...place, side: 'long' })),
      contracts[place.contract].coordinate(r('100')),
    ];
    // From both sides the same distance to twice the entry, with the value at the price weighed by 1 -+ rate.
    const isAtPrice = place.rule.valued === 'price';
    const weighted = isAtPrice
      ? long.times(Ratio.ONE.minus(rate)).plus(short.times(Ratio.ONE.plus(rate)))
      : long.plus(short);
    expect(same(weighted, e.plus(e))).toBe(true);
  });

  it.each(named)('%s: more margin moves the price away, more leverage moves it nearer', (_, place) => {
    const isFurther = (a: Ratio, b: Ratio): boolean => (place.side === 'long' ? a.isBelow(b) : a.isAbove(b));
    const plain = termsAt(place, FEES);
    const more = r(contracts[place.contract].marginAsset === 'base' ? '0.02' : '2');
    const added = plain.wallet ? { wallet: plain.wallet.plus(more) } : { addMargin: more };
    expect(isFurther(priceOf({ ...plain, ...added }), priceOf(plain))).toBe(true);
    if (place.mode === 'cross') return;
    expect(isFurther(priceOf(plain), priceOf({ ...plain, lev: r('11') }))).toBe(true);
    const margin = r(contracts[place.contract].marginAsset === 'base' ? '0.3' : '30');
    expect(same(priceOf({ ...plain, margin }), priceOf(plain))).toBe(true);
  });

  it.each(named)('%s: size and wallet scaled together change nothing', (_, place) => {
    const scale = r('7.3');
    const isAlone = place.rule.alone !== undefined;
    const isCross = place.mode === 'cross' && !isAlone;
    const others = isCross ? { othersMm: r('0.004'), othersPnl: r('-0.003') } : {};
    const added = place.mode === 'cross' ? {} : { addMargin: r('0.01') };
    const terms: Terms = termsAt(place, { ...FEES, ...others, ...added });
    const scaled = (['qty', 'wallet', 'othersMm', 'othersPnl', 'addMargin'] as const).flatMap((key) => {
      const amount = terms[key];
      return amount ? [[key, amount.times(scale)] as const] : [];
    });
    expect(same(priceOf({ ...terms, ...Object.fromEntries(scaled) }), priceOf(terms))).toBe(true);
  });

  it.each(named)('%s: a fee given for maintenance is a part of the rate, in place of its own fee', (_, place) => {
    const withFee = priceOf(termsAt(place, { ...FEES, mmFee: r('0.002') }));
    expect(same(withFee, priceOf(termsAt(place, { ...FEES, mmFee: Ratio.ZERO, mmr: r('0.012') })))).toBe(true);
    expect(same(withFee, priceOf(termsAt(place, { mmFee: r('0.002') })))).toBe(true);
    const { fee, feeIn } = place.rule;
    if (fee && feeIn !== 'own terms') {
      const usual = r(fee.usual);
      expect(same(priceOf(termsAt(place, { mmFee: usual })), priceOf(termsAt(place)))).toBe(true);
    }
  });
});

describe('one tier without a fee', () => {
  const binance = venues['binance'] as Venue;

  it.each(placesOf('price'))('%s: the price of Binance', (_, place) => {
    const others = termsAt({ ...place, venue: binance }, { mark: r('98') });
    expect(same(priceOf(termsAt(place, { ...NO_FEE, mark: r('98') })), priceOf(others))).toBe(true);
  });

  it.each(placesOf('entry'))('%s: the price of the formula `simple`', (_, place) => {
    const simple = assess(termsAt({ ...place, venue: binance }), undefined, 'simple').price;
    expect(same(priceOf(termsAt(place, { ...NO_FEE, mark: r('98') })), simple as Ratio)).toBe(true);
  });

  it.each(placesOf('mark'))('%s: mark - s (equity - maintenance at the mark) / n', (_, place) => {
    const { coordinate } = contracts[place.contract];
    const terms = termsAt(place, { ...NO_FEE, mark: r('98') });
    const { position } = assess(terms);
    const [value, s] = [valueOf(position, r('98')), signOn(place)];
    const backing = terms.wallet ?? valueOf(position, terms.entry).over(r('10'));
    const equity = backing.plus(value.minus(valueOf(position, terms.entry)).times(s));
    const room = equity.minus(r('0.01').times(value)).over(position.size);
    expect(same(coordinate(priceOf(terms)), coordinate(r('98')).minus(s.times(room)))).toBe(true);
  });
});

describe('hedges and accounts', () => {
  function crossAt(name: string, more: Partial<Terms> & Pick<Terms, 'side' | 'symbol' | 'qty'>): AccountPosition {
    const common = { venue: name, entry: r('100'), mark: r('100'), lev: r('10'), mmr: r('0.01'), wallet: r('50') };
    return {
      name: `positions[${more.symbol ?? ''}]`,
      mode: 'cross',
      formula: 'exact',
      beta: Ratio.ONE,
      terms: { ...common, taker: r('0.001'), ...more },
    };
  }

  const held = (name: string, long: string, short: string, rates: Partial<Record<Side, Ratio>> = {}): Ratio => {
    const leg = (side: Side, qty: string): AccountPosition =>
      crossAt(name, { side, symbol: 'X', qty: r(qty), ...(rates[side] && { mmr: rates[side] }) });
    return assessAccount({ wallet: r('50'), positions: [leg('long', long), leg('short', short)] }).maintenance;
  };

  it.each(['bybit', 'bybit-2024'])('%s: the locked size has no rate, both closing fees stay', (name) => {
    // 0.1 % of 300 (1 - 1/10) and of 300 (1 + 1/10).
    expect(held(name, '3', '3').toText(8)).toBe('0.6');
    // 1 % of the open 200, 0.1 % of 500 x 0.9 and of 300 x 1.1.
    expect(held(name, '5', '3').toText(8)).toBe('2.78');
    expect(held(name, '3', '5').toText(8)).toBe('2.82');
  });

  it('gate: both legs have the rates of the larger one', () => {
    // (2 % + 0.1 %) of 500 and of 300; (1 % + 0.1 %) if the other leg is larger.
    expect(held('gate', '5', '3', { long: r('0.02') }).toText(8)).toBe('16.8');
    expect(held('gate', '3', '5', { long: r('0.02') }).toText(8)).toBe('8.8');
  });

  it('gate: the tier of the larger leg counts for the smaller one too', () => {
    const table: BracketTable = {
      ...tableAt({ venue: venues['gate'] as Venue, contract: 'linear' } as Place, ['1', '2']),
      symbol: 'X',
    };
    const leg = (side: Side, qty: string): AccountPosition => {
      const { terms, ...position } = crossAt('gate', { side, symbol: 'X', qty: r(qty) });
      return { ...position, terms: withoutRate(terms), table };
    };
    const { maintenance } = assessAccount({ wallet: r('50'), positions: [leg('long', '5'), leg('short', '1')] });
    // 500: 1 % of 300 and 2.5 % of 200, 1.6 % of all; 100 at the same 1.6 %, alone 1 %; and 0.1 % of both.
    expect(maintenance.toText(8)).toBe('10.2');
  });

  const twoAt = (name: string): AccountPosition[] => [
    crossAt(name, { side: 'long', symbol: 'X', qty: r('3') }),
    crossAt(name, { side: 'short', symbol: 'Y', qty: r('2'), mark: r('101') }),
  ];
  const crossRules = Object.values(venues).flatMap(({ name, cross }) => ('refused' in cross ? [] : [{ name, cross }]));

  it.each(crossRules.filter(({ cross }) => cross.alone !== undefined))(
    '$name: cross positions that share a wallet are refused in words',
    ({ name, cross: { alone } }) => {
      const [first, second] = twoAt(name) as [AccountPosition, AccountPosition];
      const refused = { code: 'VENUE_REFUSES', details: { venue: name, why: alone } };
      expect(accountProblems({ positions: [first, second] })).toMatchObject([refused]);
      expect(accountProblems({ positions: [first, { ...second, mode: 'isolated' }] })).toEqual([]);
      for (const others of [{ othersMm: Ratio.ONE }, { othersPnl: Ratio.ONE }]) {
        expect(() => assess({ ...first.terms, ...others })).toThrow(alone);
      }
      expect(priceOf({ ...first.terms, othersMm: Ratio.ZERO, othersPnl: Ratio.ZERO }).sign()).toBe(1);
    },
  );

  const sharing = crossRules.filter(({ cross }) => cross.alone === undefined);

  it.each(sharing)('$name: a position of an account has the price that it has alone beside the others', ({ name }) => {
    const positions = twoAt(name);
    expect(accountProblems({ positions })).toEqual([]);
    const [first, second] = positions as [AccountPosition, AccountPosition];
    const others = assessAccount({ wallet: r('50'), positions: [second] });
    const [inAccount] = assessAccount({ wallet: r('50'), positions }).positions;
    // The short of 2 from 100 has lost 2 at its mark of 101.
    const alone = priceOf({ ...first.terms, othersMm: others.maintenance, othersPnl: r('-2') });
    expect(same(inAccount?.price as Ratio, alone)).toBe(true);
  });

  it.each(sharing)('$name: after the market move equity equals maintenance', ({ name, cross: { valued } }) => {
    const [long] = twoAt(name) as [AccountPosition, AccountPosition];
    const positions = [long, crossAt(name, { side: 'long', symbol: 'Y', qty: r('2'), mark: r('101') })];
    const account = assessAccount({ wallet: r('50'), positions });
    const factor = Ratio.ONE.plus(account.move.down as Ratio);
    const movedTo = (mark = r('100')): Ratio => mark.times(factor);
    const moved = positions.map((each) => ({ ...each, terms: { ...each.terms, mark: movedTo(each.terms.mark) } }));
    const after = assessAccount({ wallet: r('50'), positions: moved });
    // Maintenance that is held keeps the amount that it had before the move.
    expect(same(after.equity, valued === 'price' ? after.maintenance : account.maintenance)).toBe(true);
  });
});
