import type { Reason } from '../core/reconcile.js';

/** The likely reason of a difference between our price and the exchange's, in words. */
export function reasonWords(reason: Reason): string {
  switch (reason.kind) {
    case 'brackets':
      return reason.maintenance && reason.ours
        ? `another bracket table: the exchange counts ${reason.maintenance.toText(8)} maintenance at the mark, the table here gives ${reason.ours.toText(8)}`
        : 'another bracket table';
    case 'wallet':
      return `another wallet, or a position that is missing here: the exchange's prices fit a wallet of ${reason.wallet.toText(2)}`;
    case 'leg':
      return `a leg of this symbol is missing here, or it has another bracket table: the other prices fit a wallet of ${reason.wallet.toText(2)}`;
    case 'existence':
      return 'another wallet, another bracket table, or a position that is missing here: only one of both has a price';
  }
}
