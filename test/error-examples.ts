import type { Warning } from '../src/core/assessment.js';
import type { Problem } from '../src/core/errors.js';

/** A code in `docs/errors.md`: when it occurs, what to do, and a run that yields it with these details. */
export interface Example<D> {
  readonly when: string;
  readonly fix: string;
  readonly details: D;
  /** The arguments of `liqcalc`; empty if no run of the command line yields the code from flags. */
  readonly run: string;
  /** Standard input of the run. */
  readonly input?: string;
}

type ByCode<T extends { readonly code: string; readonly details: object }> = {
  readonly [C in T['code']]: Example<Extract<T, { readonly code: C }>['details']>;
};

const LONG = 'long --entry 100 --mmr 1';
const X = '--pos long:X:1@100,mark=100,mmr=1';

/** An example of each kind of problem. A new code does not compile without one. */
export const PROBLEM_EXAMPLES: ByCode<Problem> = {
  MALFORMED_NUMBER: {
    when: 'A number is not a plain decimal.',
    fix: 'Write digits with at most one dot, without thousands separators or units.',
    details: { value: '30,000' },
    run: 'long --entry 30,000 --lev 10 --mmr 1',
  },
  TOO_MANY_DIGITS: {
    when: 'A number has more than 40 significant digits.',
    fix: 'Round it.',
    details: { value: '12345678901234567890123456789012345678901' },
    run: 'long --entry 12345678901234567890123456789012345678901 --lev 10 --mmr 1',
  },
  OUT_OF_RANGE: {
    when: 'A number is smaller than 1e-30 or larger than 1e30.',
    fix: 'Check the unit and the exponent.',
    details: { value: '1e31' },
    run: 'long --entry 1e31 --lev 10 --mmr 1',
  },
  NOT_POSITIVE: {
    when: 'A price, size or leverage is 0 or negative.',
    fix: 'Write a number greater than 0; the side of a position is `long` or `short`, not a sign.',
    details: { value: '0' },
    run: 'long --entry 0 --lev 10 --mmr 1',
  },
  NEGATIVE: {
    when: 'A value that cannot be negative has a minus sign.',
    fix: 'Remove the sign.',
    details: { value: '-1' },
    run: `${LONG} --lev 10 --qty 1 --cum=-1`,
  },
  ABOVE_MAXIMUM: {
    when: 'A value is above the largest accepted one.',
    fix: 'Write the maximum or less.',
    details: { value: '31', maximum: '30' },
    run: `${LONG} --lev 10 --dp 31`,
  },
  NOT_A_CHOICE: {
    when: 'A word is not in the list of accepted words.',
    fix: 'Write one of the words in the message.',
    details: { value: 'invers', choices: ['linear', 'inverse'], suggestion: 'inverse' },
    run: `${LONG} --lev 10 --qty 1 --contract invers`,
  },
  NOT_A_VALUE: {
    when: 'A value has the wrong type, or a file the wrong content.',
    fix: 'Follow the second half of the message.',
    details: { value: 'never', advice: 'write a whole number' },
    run: 'check long --entry 100 --lev 10 --mmr 1 --max-warnings never',
  },
  EMPTY: {
    when: 'A flag or key has an empty text as its value.',
    fix: 'Give a value, or leave the flag or key out.',
    details: {},
    run: `${LONG} --lev=`,
  },
  MISSING: {
    when: 'A required input is missing.',
    fix: 'Give one of the inputs in the message.',
    details: { what: 'margin', give: ['lev', 'margin', 'wallet'] },
    run: LONG,
  },
  CONFLICT: {
    when: 'Two inputs exclude each other.',
    fix: 'Leave one of them out.',
    details: { with: 'target-distance', why: 'both give the wanted liquidation price' },
    run: 'solve long --entry 100 --lev 10 --qty 1 --mmr 1 --target 90 --target-distance 10',
  },
  MISSING_OPERAND: {
    when: 'A required argument of a command is missing.',
    fix: 'Add the argument; the message shows the whole command.',
    details: { what: 'a shell', usage: 'liqcalc completion bash|zsh|fish' },
    run: 'completion',
  },
  NEEDS: {
    when: 'An input has an effect only together with another input, which is missing.',
    fix: 'Give the other input too, or leave this one out.',
    details: { other: 'wallet', why: 'other positions count in cross margin only' },
    run: `${LONG} --lev 10 --qty 1 --others-mm 1`,
  },
  UNKNOWN_KEY: {
    when: 'A flag, key or setting does not exist.',
    fix: 'Check the spelling; `liqcalc help COMMAND` and `docs/fields.md` list the names.',
    details: { suggestion: 'mark' },
    run: `${LONG} --lev 10 --markk 1`,
  },
  UNKNOWN_RESULT: {
    when: '`--only` or `--fields` names a result that does not exist.',
    fix: 'Write one of the names in the message.',
    details: { value: 'liquidationPrize', suggestion: 'liquidationPrice', known: [] },
    run: `${LONG} --lev 10 --only liquidationPrize`,
  },
  NO_VALUE_TAKEN: {
    when: 'A switch such as `--json` has a value.',
    fix: 'Write the flag alone.',
    details: {},
    run: `${LONG} --lev 10 --json=1`,
  },
  UNEXPECTED: {
    when: 'There are more arguments than the command accepts.',
    fix: 'Remove the argument, or quote a value that contains spaces.',
    details: { value: 'BTC' },
    run: `${LONG} --lev 10 ETH BTC`,
  },
  DUPLICATE_KEY: {
    when: 'A record has the same field twice, perhaps under two of its names.',
    fix: 'Keep one of them.',
    details: { other: 'entry' },
    run: 'batch',
    input: '{"side":"long","entry":100,"entryPrice":100,"lev":10,"mmr":1}',
  },
  RATES_TOO_HIGH: {
    when: 'The maintenance rate and the fee together reach 100 %.',
    fix: 'Check the unit: rates are percentages.',
    details: { total: '110' },
    run: 'long --entry 100 --lev 10 --mmr 60 --mm-fee 50',
  },
  LOW_RATE: {
    when: 'The library function `liquidationPrice` receives a maintenance rate that is probably a fraction. On the command line this is a warning.',
    fix: 'Write the rate in percent, or add `%` if the low value is intended.',
    details: { value: '0.005', percent: '0.5' },
    run: '',
  },
  WALLET_NOT_POSITIVE: {
    when: 'The margin of the position, after margin was added or removed, is 0 or less.',
    fix: 'Remove less margin.',
    details: { wallet: '-1' },
    run: 'long --entry 30000 --margin=-1 --qty 1 --mmr 0.5',
  },
  NOT_REMOVABLE: {
    when: 'More margin is removed than the exchange releases.',
    fix: 'Remove at most the amount in the message.',
    details: { value: '-20', most: '9' },
    run: `${LONG} --margin 10 --qty 1 --add-margin=-20`,
  },
  FORMULA_REFUSES: {
    when: 'The chosen formula cannot answer for these inputs.',
    fix: 'Leave the input out, or use `--formula exact`.',
    details: { formula: 'article', why: 'is for linear contracts only' },
    run: `${LONG} --lev 10 --qty 1 --contract inverse --formula article`,
  },
  VENUE_REFUSES: {
    when: 'The rule of the venue cannot price this contract type or margin mode.',
    fix: 'Use another venue or margin mode.',
    details: { venue: 'hyperliquid', why: 'its contracts are linear' },
    run: `${LONG} --lev 10 --qty 1 --contract inverse --venue hyperliquid`,
  },
  CONTRADICTS_SYMBOL: {
    when: 'A contract type or multiplier differs from the bracket table of the symbol.',
    fix: 'Leave it out; the table supplies it.',
    details: { value: 'inverse', symbol: 'BTCUSDT', table: 'linear' },
    run: 'long BTCUSDT --entry 100 --lev 10 --qty 1 --contract inverse',
  },
  UNKNOWN_SYMBOL: {
    when: 'There is no bracket table for the symbol, and no maintenance rate was given.',
    fix: 'Check the spelling, give a rate, or import a table with `liqcalc brackets import`.',
    details: {
      symbol: 'NOPE',
      known: Array.from({ length: 45 }, () => ''),
      tables: 'liqcalc brackets import - --symbol NOPE',
      how: "paste the rows of Binance's leverage and margin page into",
    },
    run: 'long NOPE --entry 100 --lev 10 --qty 1',
  },
  LOOKS_COIN_MARGINED: {
    when: 'A symbol without a table has the form of a coin-margined contract, and the contract type or the value of one contract was not given.',
    fix: 'Give the contract type, and for an inverse contract its value; the exchange publishes it.',
    details: { symbol: 'ADAUSD_PERP', venue: 'binance', multiplier: '10' },
    run: 'long ADAUSD_PERP --entry 100 --lev 10 --qty 1 --mmr 1',
  },
  NOTIONAL_OUTSIDE_BRACKETS: {
    when: 'The position is larger than the last bracket of its symbol.',
    fix: 'Check the size and its unit.',
    details: { symbol: 'BTCUSDT', notional: '5400000000000', cap: '1800000000' },
    run: 'long BTCUSDT --entry 60000 --lev 1 --qty 90000000',
  },
  WRONG_SIDE: {
    when: 'A price is on the wrong side of another one, such as a stop above the entry of a long.',
    fix: 'Check the side and both prices.',
    details: { value: '110', must: 'below the entry (100) of a long' },
    run: 'size long --equity 100 --risk 1 --entry 100 --stop 110 --mmr 1',
  },
  TICK_TOO_COARSE: {
    when: 'Rounding to the tick would move the liquidation price beyond the present price.',
    fix: 'Give the tick of the exchange.',
    details: { tick: '1000', price: '90.90909091', reference: '100' },
    run: `${LONG} --lev 10 --tick 1000`,
  },
  INVALID_BRACKETS: {
    when: 'A bracket table contradicts itself.',
    fix: 'Correct the table; `liqcalc brackets validate FILE` checks it.',
    details: { table: 'X', fault: 'no. 2: floor 200 is not the cap of the bracket before it' },
    run: 'long X --entry 100 --lev 10 --qty 1 --brackets test/cli/files/gap.json',
  },
  REPEATED_POSITION: {
    when: 'An account has two positions with the same symbol and side.',
    fix: 'Join them into one, with the average entry.',
    details: { side: 'long', symbol: 'X', first: '--pos no. 1' },
    run: `account --wallet 50 ${X} ${X}`,
  },
  MIXED_POOL: {
    when: 'The positions of one account have different contract types or margin assets.',
    fix: 'Make one account for each.',
    details: { what: 'contract type', values: ['linear', 'inverse'] },
    run: `account --wallet 50 ${X} --pos long:Y:1@100,mark=100,mmr=1,contract=inverse,multiplier=10`,
  },
  HEDGE_DIFFERS: {
    when: 'The long and the short of one symbol have different mark prices, rates or contracts.',
    fix: 'Give both the same value.',
    details: { what: 'mark', symbol: 'X', value: '101', first: '--pos no. 1', other: '100' },
    run: `account --wallet 50 ${X} --pos short:X:1@100,mark=101,mmr=1`,
  },
  BETA_OF_INVERSE: {
    when: 'A beta was given for a position of a coin-margined account.',
    fix: 'Leave it out: its positions depend on the same price.',
    details: { value: '2' },
    run: 'account --wallet 50 --pos long:X:1@100,mark=100,mmr=1,contract=inverse,multiplier=10 --beta X=2',
  },
  NOT_A_POSITION: {
    when: 'An entry of `positions` is not an object.',
    fix: 'Write an object with `symbol`, `side`, `qty`, `entry` and `mark`.',
    details: { value: '1' },
    run: 'account',
    input: '{"wallet":1,"positions":[1]}',
  },
  NOT_AN_ACCOUNT: {
    when: 'A record of `account` or `check` is not an account.',
    fix: 'Follow the second half of the message.',
    details: { value: '7', want: 'write {"wallet": ..., "positions": [...]}' },
    run: 'account',
    input: '7',
  },
  REFUSED: {
    when: 'Another problem with an input; the message explains it.',
    fix: 'Follow the message.',
    details: {
      why: '"long" is not of the form SIDE:SYMBOL:QTY@ENTRY[,KEY=VALUE...]; write for example long:BTCUSDT:0.5@60000,mark=59000',
    },
    run: 'account --wallet 50 --pos long',
  },
  UNAVAILABLE: {
    when: 'An exchange cannot be reached, is down, or refuses. Only `liqcalc/live` throws it; the command line exits with 69.',
    fix: 'Try again; if there is `retryAfterMs`, wait that long first.',
    details: {
      why: 'fapi.binance.com refuses more requests for now: HTTP 429; ask again in 7 s',
      status: 429,
      retryAfterMs: 7000,
    },
    run: '',
  },
  NO_KEY: {
    when: 'There is no key for the account, or the exchange refuses it. Only `liqcalc/live` throws it; the command line exits with 77.',
    fix: 'Give a key, or repair its rights: [Live data](live.md#a-key-in-five-steps).',
    details: {
      why: 'no key: give key or keyFile, or LIQCALC_BINANCE_KEY and LIQCALC_BINANCE_SECRET; docs/live.md has the steps',
    },
    run: '',
  },
  BAD_CONFIG: {
    when: 'A setting forbids the call: a file with a key that others can read, or `LIQCALC_OFFLINE`. Only `liqcalc/live` throws it; the command line exits with 78.',
    fix: 'Follow the message.',
    details: { why: 'key.json can be read by others (mode 0644); run: chmod 600 key.json' },
    run: '',
  },
};

/** An example of each kind of warning. */
export const WARNING_EXAMPLES: ByCode<Warning> = {
  ARTICLE_FORMULA: {
    when: 'The chosen formula is not the rule of the exchange.',
    fix: 'For trading decisions, use `--formula exact`.',
    details: {
      flaw: 'this formula is not the exchange’s rule: it puts a long’s liquidation above its entry and a short’s below; do not trade with it',
    },
    run: 'long --entry 100 --lev 10 --mmr 1 --formula article',
  },
  LOW_RATE: {
    when: 'A percentage is so low that it is probably a fraction.',
    fix: 'Write it in percent, or ignore the warning if it is intended.',
    details: { what: 'a maintenance rate', percent: '0.005', meant: '0.5' },
    run: 'long --entry 100 --lev 10 --mmr 0.005',
  },
  FAR_FROM_ENTRY: {
    when: 'A price differs from the entry by a factor of 10 or more.',
    fix: 'Check the digits of both.',
    details: { what: 'the mark', price: '2000', entry: '100' },
    run: 'long --entry 100 --lev 10 --mmr 1 --mark 2000',
  },
  GROUP_OR_POINT: {
    when: 'A price or an amount on the command line ends with `.000`: the point may be meant to group thousands.',
    fix: 'Write numbers without thousands separators; ignore the warning if the point is a decimal point.',
    details: { flag: '--entry', written: '60.000', value: '60' },
    run: 'long --entry 60.000 --lev 10 --mmr 1',
  },
  NO_BRACKETS: {
    when: 'A command goes on without the bracket table of the symbol.',
    fix: 'Import a table, or give the rates.',
    details: { symbol: 'NOPE', lacks: 'a linear contract was assumed; give --contract' },
    run: 'pnl long NOPE --entry 100 --exit 110 --qty 1',
  },
  LEVERAGE_ABOVE_BRACKET: {
    when: 'The leverage is above the maximum of the bracket.',
    fix: 'Lower the leverage or the size.',
    details: { lev: '200', maximum: '150', symbol: 'BTCUSDT' },
    run: 'long BTCUSDT --entry 60000 --lev 200 --qty 0.5',
  },
  HIGH_LEVERAGE: {
    when: 'The leverage is above 200x, and no bracket table shows its maximum.',
    fix: 'Check the digits.',
    details: { lev: '500', usual: '200' },
    run: `${LONG} --lev 500`,
  },
  ABOVE_LAST_BRACKET: {
    when: 'The liquidation price lies where the position is larger than the last bracket.',
    fix: 'Treat the price as an approximation.',
    details: { symbol: 'BTCUSDT', cap: '1800000000' },
    run: 'short BTCUSDT --entry 60000 --margin 60000000000 --qty 10000',
  },
  UNVERIFIED_BRACKETS: {
    when: 'The bracket table has confidence C.',
    fix: 'Compare it with the page of the exchange.',
    details: { symbol: 'ABCUSDT', asOf: '2024-01-01', source: 'an example, not a real table' },
    run: 'long ABCUSDT --entry 2 --lev 20 --qty 40000 --brackets examples/tables.json',
  },
  STALE_BRACKETS: {
    when: 'The bracket table is more than 180 days old.',
    fix: 'Import a new one with the command of the message.',
    details: {
      symbol: 'BTCUSDT',
      asOf: '2026-05-01',
      command: 'liqcalc brackets import - --symbol BTCUSDT',
      how: "paste the rows of Binance's leverage and margin page into",
    },
    run: 'long BTCUSDT --entry 60000 --lev 10 --qty 0.5',
  },
  AMOUNTS_REBUILT: {
    when: 'The table has no maintenance amounts.',
    fix: 'Compare the amounts with the exchange: `liqcalc brackets show SYMBOL`.',
    details: { symbol: 'X' },
    run: 'long X --entry 100 --lev 10 --qty 1 --brackets test/cli/files/two-brackets.json',
  },
  AMOUNTS_REPAIRED: {
    when: 'The maintenance amounts of the table have rounding errors below a millionth.',
    fix: 'Nothing; the corrected amounts are used.',
    details: { symbol: 'X' },
    run: '',
  },
  ALLOCATION_ABOVE_BAND: {
    when: 'The margin of the trade is a larger part of equity than recommended.',
    fix: 'Open a smaller position.',
    details: { percent: '5', highest: '3' },
    run: 'size long --equity 1000 --allocate 5 --lev 1 --entry 100 --mmr 1',
  },
  FEES_NOT_COUNTED: {
    when: 'The size was computed without trading fees.',
    fix: 'Give `--taker`.',
    details: { percent: '0.05', amount: '0.095' },
    run: 'size long --equity 1000 --risk 1 --entry 100 --stop 90 --mmr 1',
  },
  SIZE_CUT: {
    when: 'The equity is too small for the size that the risk allows.',
    fix: 'Raise the leverage, or accept the smaller size.',
    details: { qty: '100', lev: '5', cost: '2000', equity: '1000' },
    run: 'size long --equity 1000 --risk 1 --entry 100 --stop 99.9 --lev 5 --mmr 1',
  },
  CALLBACK_OUT_OF_RANGE: {
    when: 'The computed callback rate is outside the range of the exchange.',
    fix: 'Use the nearest rate, which the message shows.',
    details: { percent: '0.085', sent: '0.1' },
    run: 'stop long --entry 100 --lev 1 --qty 1 --mmr 1 --candles test/cli/files/candles.csv --atr 2 --multiple 0.01',
  },
  ORDER_COST_UNKNOWN: {
    when: 'The largest size was computed for a venue other than Binance.',
    fix: 'Keep some balance in reserve, and compare with the cost that the order form of the venue shows.',
    details: { venue: 'bybit', assumed: '0.055' },
    run: 'max-open long --venue bybit --balance 1000 --entry 100 --lev 10',
  },
  VENUE_UNKNOWN: {
    when: 'An account record does not name its exchange.',
    fix: 'Give `--venue`.',
    details: { symbol: 'BTC/USDT:USDT' },
    run: '',
  },
  MARK_ASSUMED: {
    when: 'A position of `--pos` or `--add` has no mark.',
    fix: 'Add `,mark=PRICE` to the position.',
    details: { symbol: 'BTCUSDT', mark: '60000' },
    run: 'account --wallet 10000 --pos long:BTCUSDT:1@60000',
  },
  MODE_ASSUMED: {
    when: 'An account record has no margin mode.',
    fix: 'Add `"marginMode"` to the record if the position is isolated.',
    details: { symbol: 'BTC/USDT:USDT' },
    run: '',
  },
  COLLATERAL_HELD: {
    when: 'Several assets back a Binance account (multi-assets or credits mode).',
    fix: 'Compare the prices with the exchange: `--reconcile`.',
    details: {},
    run: '',
  },
  OWN_RATES: {
    when: 'The maintenance rate comes from the account record, because there is no bracket table of the exchange.',
    fix: 'Import the table of the exchange if the price may move far.',
    details: { symbol: 'BTC/USDT:USDT', venue: 'bybit', basis: 'maintenance' },
    run: '',
  },
  POOL_INCOMPLETE: {
    when: 'The maintenance margin of a position that shares the wallet is unknown.',
    fix: 'Give the rate of its symbol (`--mmr SYMBOL=R`, or `mmr`), or import its bracket table.',
    details: { symbols: ['FOOUSDT'] },
    run: '',
  },
  FEE_ASSUMED: {
    when: 'The exchange includes a fee in maintenance, and the record does not show it.',
    fix: 'Give the fee (`mmFee`) if yours differs.',
    details: { symbol: 'BTC/USDT:USDT', venue: 'okx', percent: '0.05' },
    run: '',
  },
  MAINTENANCE_DIFFERS: {
    when: 'The maintenance margin that the exchange reports differs from the one of the bracket table.',
    fix: 'Import a new table.',
    details: { symbol: 'BTCUSDT', reported: '300', ours: '250', taken: 'ours' },
    run: '',
  },
  WALLET_INFERRED: {
    when: 'The response of an exchange does not contain the wallet, but it contains figures from which the wallet can be calculated.',
    fix: 'Give `--wallet` if yours differs.',
    details: { wallet: '215.79', basis: 'marginRatio' },
    run: '',
  },
  WALLET_DIFFERS: {
    when: 'The given wallet differs by more than 0.1 % from the one that is calculated from the response of the exchange.',
    fix: 'Leave out `--wallet`, or check that the response contains all positions.',
    details: { given: '300', inferred: '215.79', basis: 'marginRatio' },
    run: '',
  },
  WITHDRAWAL_LIMIT: {
    when: '`--wallet-change` takes more out of the wallet than the initial margin of the positions leaves free, or the leverage of a position is unknown.',
    fix: 'Take out less, or close a part of a position.',
    details: { amount: '40', most: '30' },
    run: '',
  },
  STOP_BEYOND_LIQUIDATION: {
    when: 'The stop would trigger only after liquidation.',
    fix: 'Move the stop, or add margin.',
    details: { stop: '94.25', liquidation: '98.98989899' },
    run: 'stop long --entry 100 --lev 50 --qty 1 --mmr 1 --candles test/cli/files/candles.csv --atr 2 --multiple 1',
  },
  VENUE_FEE_ASSUMED: {
    when: 'The venue includes a fee in the maintenance margin, and no rate is given.',
    fix: 'Give the rate of your account.',
    details: { venue: 'okx', percent: '0.05', fee: 'taker fee' },
    run: `${LONG} --lev 10 --qty 1 --venue okx`,
  },
  VENUE_UNPROVEN: {
    when: 'The rule of the venue was not confirmed by an answer of the venue.',
    fix: 'Compare a position with the exchange, and report the output.',
    details: {
      venue: 'gate',
      from: 'gate',
      confidence: 'B',
      doubt: 'no API response of the venue was found for a position above the first tier, where a deduction counts',
    },
    run: `${LONG} --lev 10 --qty 1 --venue gate --taker 0.075`,
  },
  TIER_AT_MARK: {
    when: 'One tier applies to the whole position, and the liquidation price lies in another one.',
    fix: 'Compare a position with the exchange.',
    details: { symbol: 'BTCUSDT', venue: 'kucoin' },
    run: '',
  },
};
