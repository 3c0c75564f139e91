import type { Bracket, Confidence } from '../brackets.js';
import type { ContractName } from '../contracts/index.js';
import type { Leg } from '../leg.js';
import type { Ratio } from '../ratio.js';

/** The price at which a venue values a position for its maintenance margin. */
export type Valuation =
  /** The price in question: maintenance falls and rises with it. */
  | 'price'
  /** The entry price: maintenance is a constant. */
  | 'entry'
  /** The present mark: maintenance stays at its present amount. */
  | 'mark';

/** The fee that a venue counts into maintenance: whose rate it is, and the rate most users pay, a fraction as text. */
export interface FeeRule {
  readonly of: 'taker' | 'liqFee';
  readonly usual: string;
}

/** A leg with the inputs that only some venues use. */
export interface VenueLeg {
  readonly leg: Omit<Leg, 'brackets' | 'fee' | 'fixed'>;
  readonly lev: Ratio | undefined;
  /** The rate of the rule's `fee`, a fraction. */
  readonly feeRate: Ratio;
}

/** A position as far as a venue's rule needs it. */
export interface RuledTerms {
  readonly leg: VenueLeg['leg'];
  /** Brackets of a table, or the one of a rate. */
  readonly brackets: readonly Bracket[];
  readonly lev: Ratio | undefined;
  /** Present mark price, quote per base; the entry if there is no mark. */
  readonly mark: Ratio | undefined;
  /** Value of one contract on the contract's axis: base units (linear), quote (inverse). */
  readonly contractValue: Ratio;
  /** The fee in maintenance, if the user gave it; a fraction. */
  readonly mmFee: Ratio | undefined;
  readonly taker: Ratio | undefined;
  readonly liqFee: Ratio | undefined;
}

/** How a venue computes maintenance in one margin mode. */
export interface MarginRule {
  readonly valued: Valuation;
  /** The fee of the rule. */
  readonly fee?: FeeRule;
  /** Where the fee counts: as a share of the value, or only as `fixed` and `addedMargin` say. */
  readonly feeIn?: 'value' | 'own terms';
  /** Maintenance besides rate and amount that no price changes, margin asset; `undefined` if it needs the leverage. */
  readonly fixed?: (of: VenueLeg) => Ratio | undefined;
  /** What added margin counts for, margin asset; without it, itself. */
  readonly addedMargin?: (added: Ratio, of: VenueLeg) => Ratio;
  /** What the initial margin contains besides `value / lev`, margin asset; `undefined` if it needs the leverage. */
  readonly initialFee?: (of: VenueLeg) => Ratio | undefined;
  /** Why positions that share a wallet cannot be priced, if only one alone can. */
  readonly alone?: string;
  /** How reliable the rule is: A the venue's own text or answers, B agreeing copies, C derived. */
  readonly confidence: Confidence;
  /** What is known too little of it, in words. */
  readonly doubt?: string;
}

/** A margin mode for which a venue's prices cannot be computed. */
export interface RefusedMode {
  readonly refused: string;
}

/** Which bracket of a table applies. */
export interface TierRule {
  /** `marginal`: each rate applies to the part within its bracket. `whole`: one rate applies to the whole position. */
  readonly apply: 'marginal' | 'whole';
  /** What the limits of a tier count. */
  readonly by: 'value' | 'contracts';
}

/**
 * A venue's rule: how it turns a position and a bracket table into maintenance margin.
 *
 * A venue that has changed its rule has a member for each: `bybit` is today's, `bybit-2024` the one before.
 */
export interface Venue {
  /** The name that `--venue` takes. */
  readonly name: string;
  /** The venue whose bracket tables it uses. */
  readonly venue: string;
  /** One line for help and tables. */
  readonly meaning: string;
  /** The first day of the rule: `2025-09-02`; only its year or month if the day is unknown. */
  readonly since: string;
  /** Its contract types; without it, all. */
  readonly contracts?: readonly ContractName[];
  readonly tiers: TierRule;
  /** Hours between payments of funding; without it, eight. */
  readonly fundingHours?: string;
  /** Set if it counts linear positions in contracts, whose size in base units differs by symbol. */
  readonly countsContracts?: true;
  readonly isolated: MarginRule | RefusedMode;
  readonly cross: MarginRule | RefusedMode;
  /** A leg of a hedge as the venue counts it beside the other one; without it, fully. */
  readonly hedge?: (own: RuledTerms, partner: RuledTerms) => RuledTerms;
  /** The command that imports the venue's table of a symbol, as it is typed; `undefined` if it cannot be read. */
  readonly tablesFrom: (symbol: string) => string | undefined;
  /** What to do with that command, if it does not fetch the table itself. */
  readonly importedBy?: (symbol: string) => string;
  /** What the cross positions have in common that count together for a tier, from a symbol; without it, each counts alone. */
  readonly tierFamily?: (symbol: string) => string;
  /** One spelling for a symbol; without it, `symbolKey`. */
  readonly symbolKey?: (written: string) => string;
  /** The usual value of one of its coin-margined contracts, USD; absent if it is unknown. */
  readonly contractUsd?: (symbol: string) => string;
  /** Contracts whose value it publishes, for messages: `0.01 BTC for BTC-USDT-SWAP`. */
  readonly contractExamples?: Readonly<Partial<Record<ContractName, string>>>;
  /** The venue's own name of a market, from a symbol by `symbolKeyOn` that is not spelled as the venue does. */
  readonly marketName?: (symbol: string) => string | undefined;
  /** Where the rule is written, and the day it was read. */
  readonly sources: readonly { readonly text: string; readonly read: string }[];
}
