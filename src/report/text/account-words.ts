import type { BracketTable } from '../../core/brackets.js';
import type { Terms } from '../../core/position.js';
import type { Reason } from '../../core/reconcile-reasons.js';
import { stepOf, type Ratio } from '../../core/ratio.js';
import { settlementAsset } from '../../core/settlement.js';
import type { Shock } from '../../core/shock.js';
import { jsonScalar } from '../../formats/json.js';
import type { AccountInput } from '../../formats/raw-account.js';
import { printableLine } from '../printable.js';

/** The asset that an account settles in: its own word for it, else that of the symbols of its pool, if they contain one. */
export function assetOf({ own, account: { positions, isMultiAssets } }: AccountInput): string | undefined {
  const given = jsonScalar(own.find(([key]) => key === 'asset')?.[1] ?? 'null');
  if (given !== undefined && given !== '') return given;
  if (isMultiAssets === true) return 'USD';
  const [only, ...others] = new Set(positions.map(({ terms, table }) => settledIn(terms, table)));
  return others.length === 0 ? only : undefined;
}

const settledIn = ({ symbol = '', contract }: Terms, table: BracketTable | undefined): string | undefined =>
  settlementAsset(symbol, table?.contract ?? contract ?? 'linear');

/** An amount for people to read: two decimals, or four digits if it is small. */
export function amountWords(amount: Ratio, decimals?: number): string {
  return amount.toText(decimals ?? placesOf(amount));
}

/** The same for a change of a wallet, rounded up: an addition is then large enough, and a withdrawal small enough. */
export function addedWords(change: Ratio): string {
  const places = placesOf(change);
  return change.ceilTo(stepOf(places)).toText(places);
}

const signedPercent = (move: Ratio): string => `${move.sign() > 0 ? '+' : ''}${move.percent().toText(30)} %`;

/** The moves of a shock: `BTCUSDT -10 %, all others -5 %`. */
export function shockMoves({ bySymbol, all }: Shock): string {
  const moves = [...bySymbol].map(([symbol, move]) => `${printableLine(symbol)} ${signedPercent(move)}`);
  const others = all ? [`${moves.length > 0 ? 'all others' : 'all'} ${signedPercent(all)}`] : [];
  return [...moves, ...others].join(', ');
}

/** Significant digits and decimals that an amount for reading has. */
const AMOUNT_DIGITS = 4;
const MOST_AMOUNT_DECIMALS = 12;

function placesOf(amount: Ratio): number {
  return Math.min(MOST_AMOUNT_DECIMALS, Math.max(2, amount.decimalsFor(AMOUNT_DIGITS)));
}

/** A likely reason for a difference between our figures and the exchange's, in words. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'brackets':
      return reason.maintenance && reason.ours
        ? `another bracket table: the exchange counts ${reason.maintenance.toText(8)} maintenance at the mark, the table here gives ${reason.ours.toText(8)}`
        : 'another bracket table';
    case 'heldAtMark':
      return `the exchange keeps the maintenance margin of the mark: with ${reason.maintenance.toText(8)} at every price, our liquidation price is the exchange's`;
    case 'fee':
      return `a fee of ${reason.fee.percent().toText(8)} % of the value in the exchange's maintenance (mmFee)`;
    case 'pnlInCollateral':
      return `only one of the two wallets includes the PnL of ${reason.profit.toText(8)}: the exchange's figures fit a wallet of ${amountWords(reason.wallet)}`;
    case 'leg':
      return legWords(reason);
    case 'wallet':
      return `another wallet, or a position that is missing here: the exchange's figures fit a wallet of ${amountWords(reason.wallet)}`;
    case 'existence':
      return 'another wallet, another bracket table, or a position that is missing here: only one of the two calculations gives a price';
  }
}

function legWords(reason: Extract<Reason, { kind: 'leg' }>): string {
  if ('wallet' in reason)
    return `a leg of this symbol is missing here, or it has another bracket table: the other prices fit a wallet of ${amountWords(reason.wallet)}`;
  return `a leg is missing here, or a size, entry or mark differs: the exchange counts a PnL of ${reason.profit.toText(8)}, the positions here have ${reason.ours.toText(8)}`;
}
