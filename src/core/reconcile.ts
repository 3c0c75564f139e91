import type { AssessedPosition } from './account.js';
import { symbolKey } from './brackets.js';
import { equityAt, maintenanceAt, totalMaintenanceAt } from './position.js';
import { Ratio } from './ratio.js';

/** What the exchange says of a position. */
export interface Reported {
  /** Its liquidation price; nothing where it says that there is none. */
  readonly price?: Ratio;
  /** The decimals that its price is written with. */
  readonly decimals?: number;
  /** Its maintenance margin at the mark, margin asset. */
  readonly maintenance?: Ratio;
}

const FEE_STEP = Ratio.from('0.00005');
/** A figure this near to a round fee, as a share of it, is that fee. */
const ROUND = Ratio.from('0.005');

/** A fee that was worked out from rounded figures: the multiple of 0.005 % that it is near, else itself; a fraction. */
export function roundFee(fee: Ratio): Ratio {
  const round = fee.over(FEE_STEP).plus(Ratio.of(1n, 2n)).floorTo(Ratio.ONE).times(FEE_STEP);
  return distanceOf(fee, round).isAbove(fee.times(ROUND)) ? fee : round;
}

/** Why a price of ours and the exchange's may differ. */
export type Reason =
  /** Its maintenance at the mark differs from ours: another bracket table. */
  | { readonly kind: 'brackets'; readonly maintenance?: Ratio; readonly ours?: Ratio }
  /** Its prices fit another wallet, or a position that is not here. */
  | { readonly kind: 'wallet'; readonly wallet: Ratio }
  /** The prices of the other symbols fit one wallet, this one does not: a leg of it may not be here. */
  | { readonly kind: 'leg'; readonly wallet: Ratio }
  /** One of both prices does not exist. */
  | { readonly kind: 'existence' };

/** A position whose price differs from the exchange's by more than a tick, or whose maintenance differs. */
export interface Discrepancy {
  /** Its place among the positions. */
  readonly index: number;
  readonly price?: Ratio;
  readonly reported?: Ratio;
  readonly tick: Ratio;
  readonly reason: Reason;
}

const FIVE_DIGITS_BELOW = 5;
/** Written so precisely, a price leaves its tick to its size. */
const MOST_DECIMALS = 30;

/**
 * The step that prices of a size are usually quoted in: five digits below the first (0.1 for 26316.89), or what the
 * price is written with if that is coarser.
 *
 * @param decimals - those that the price is written with.
 */
export function usualTick(price: Ratio, decimals: number): Ratio {
  let tick = Ratio.of(1n, 10n ** BigInt(FIVE_DIGITS_BELOW));
  const ten = Ratio.of(10n);
  let leading = price;
  for (; !leading.isBelow(ten); leading = leading.over(ten)) tick = tick.times(ten);
  for (; leading.isBelow(Ratio.ONE); leading = leading.times(ten)) tick = tick.over(ten);
  return tick.max(Ratio.of(1n, 10n ** BigInt(decimals)));
}

/**
 * The positions whose price differs from the exchange's by more than a tick, each with the likely reason.
 *
 * The reason comes from the wallet that would make our price the exchange's: one wallet for all says the wallet (or a
 * position that is not here) is the difference, one symbol that stands apart says a leg of it is.
 *
 * @param reported - for each position what the exchange says, or nothing where it says nothing.
 * @param tick - the tick of all; without it that of the position, else the usual one.
 */
export function discrepancies(
  positions: readonly AssessedPosition[],
  reported: readonly (Reported | undefined)[],
  tick?: Ratio,
): Discrepancy[] {
  const shifts = positions.map((each, index) => {
    const said = reported[index];
    return each.mode === 'cross' && said?.price ? walletShift(each, said.price) : undefined;
  });
  const common = commonShift(positions, shifts);
  return positions.flatMap((position, index): Discrepancy[] => {
    const said = reported[index];
    if (!said) return [];
    const { price } = position;
    const step =
      tick ?? position.terms.tick ?? usualTick(said.price ?? price ?? Ratio.ONE, said.decimals ?? MOST_DECIMALS);
    const gap = price && said.price && distanceOf(price, said.price);
    const isSamePrice = gap ? !gap.isAbove(step) : !price && !said.price;
    if (isSamePrice && !maintenanceReason(position, said)) return [];
    const reason = reasonOf({ position, said, shift: shifts[index], common, isOff: gap !== undefined });
    return [{ index, tick: step, reason, ...(price && { price }), ...(said.price && { reported: said.price }) }];
  });
}

function distanceOf(a: Ratio, b: Ratio): Ratio {
  return a.isBelow(b) ? b.minus(a) : a.minus(b);
}

/** What the wallet would have to be more by for the price to be the one reported. */
function walletShift(position: AssessedPosition, price: Ratio): Ratio {
  return totalMaintenanceAt(position.position, price).minus(equityAt(position.position, price));
}

/** Wallets closer than this are one: reported prices are rounded. */
const NEAR = Ratio.from('0.001');

function areNear(a: Ratio, b: Ratio, scale: Ratio): boolean {
  return !distanceOf(a, b).isAbove(scale.times(NEAR));
}

/** A wallet shift that most symbols agree on, with the symbols that do; nothing where fewer than two agree. */
interface CommonShift {
  readonly shift: Ratio;
  readonly symbols: ReadonlySet<string>;
}

function commonShift(
  positions: readonly AssessedPosition[],
  shifts: readonly (Ratio | undefined)[],
): CommonShift | undefined {
  const bySymbol = new Map<string, Ratio>();
  positions.forEach(({ terms }, index) => {
    const shift = shifts[index];
    if (shift) bySymbol.set(symbolKey(terms.symbol), shift);
  });
  const groups = [...bySymbol].map(([, shift]) => {
    const scale = distanceOf(shift, Ratio.ZERO);
    const symbols = new Set(
      [...bySymbol].filter(([, other]) => areNear(shift, other, scale)).map(([symbol]) => symbol),
    );
    return { shift, symbols };
  });
  const [largest] = groups.sort((a, b) => b.symbols.size - a.symbols.size);
  return largest && (largest.symbols.size > 1 || bySymbol.size === 1) ? largest : undefined;
}

function reasonOf(of: {
  readonly position: AssessedPosition;
  readonly said: Reported;
  readonly shift: Ratio | undefined;
  readonly common: CommonShift | undefined;
  readonly isOff: boolean;
}): Reason {
  const { position, said, shift, common, isOff } = of;
  const ofMaintenance = maintenanceReason(position, said);
  if (ofMaintenance) return ofMaintenance;
  if (!isOff) return { kind: 'existence' };
  if (!shift) return { kind: 'brackets' };
  const { wallet } = position.position.collateral;
  if (!common) return { kind: 'brackets' };
  const isCommon = common.symbols.has(symbolKey(position.terms.symbol));
  return { kind: isCommon ? 'wallet' : 'leg', wallet: wallet.plus(common.shift) };
}

/** That maintenance at the mark differs by more than it is rounded: another table. */
function maintenanceReason({ position, reference }: AssessedPosition, { maintenance }: Reported): Reason | undefined {
  const ours = maintenanceAt(position, reference);
  if (!maintenance || areNear(ours, maintenance, ours.max(maintenance))) return undefined;
  const step = Ratio.of(1n, 10n ** BigInt(maintenance.decimalPlaces()));
  return distanceOf(ours, maintenance).isAbove(step) ? { kind: 'brackets', maintenance, ours } : undefined;
}
