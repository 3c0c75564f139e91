import type { RuleId } from '../../../src/core/risk/rules/index.js';

/** What rules say of their cases: severity, message and advice, by the case's place in `cases.ts`. */
export const MESSAGES: readonly (readonly [rule: RuleId, place: string, words: string])[] = [
  [
    'distance',
    'info below',
    'info: liquidation at 85.000 is 14.999999999 % below the mark 100; the limit is 15 % => add 0.000000001001 margin to reach 15 %',
  ],
  [
    'distance',
    'info at',
    'info: liquidation at 85.000 is 15 % below the mark 100; the limit is 15 % => add 0.01 margin to reach 15 %',
  ],
  [
    'distance',
    'warn below',
    'warn: liquidation at 90.000 is 9.999999999 % below the mark 100; the limit is 10 % => add 0.000000001001 margin to reach 10 %',
  ],
  [
    'distance',
    'warn at',
    'warn: liquidation at 90.000 is 10 % below the mark 100; the limit is 10 % => add 0.01 margin to reach 10 %',
  ],
  [
    'distance',
    'warn above',
    'info: liquidation at 90.000 is 10 % below the mark 100; the limit is 15 % => add 5 margin to reach 15 %',
  ],
  [
    'distance',
    'error below',
    'error: liquidation at 95.000 is 4.999999999 % below the mark 100; the limit is 5 % => add 0.000000001001 margin to reach 5 %',
  ],
  [
    'distance',
    'error at',
    'error: liquidation at 95.000 is 5 % below the mark 100; the limit is 5 % => add 0.01 margin to reach 5 %',
  ],
  [
    'distance',
    'error above',
    'warn: liquidation at 95.000 is 5 % below the mark 100; the limit is 10 % => add 5 margin to reach 10 %',
  ],
  [
    'distance',
    'others 2',
    'error: liquidation at 104.00 is 4 % above the mark 100; the limit is 5 % => add 1.001 margin to reach 5 %',
  ],
  [
    'distance',
    'others 3',
    'error: the mark 94 is 1.06 % past the liquidation price 95.000 => add 5.701 margin to reach 5 %',
  ],
  [
    'distance',
    'others 4',
    'error: equity is at or below the maintenance margin at every price: the position is already liquidated => add 7.101 to the wallet to reach 5 %',
  ],
  [
    'allocation',
    'info above',
    'info: the margin, 100.00000001, is 1.0000000001 % of the equity 10000; the limit is 1 % => reduce the size to 10 or less',
  ],
  [
    'allocation',
    'warn below',
    'info: the margin, 299.99999999, is 3 % of the equity 10000; the limit is 1 % => reduce the size to 10 or less',
  ],
  [
    'allocation',
    'warn at',
    'info: the margin, 300, is 3 % of the equity 10000; the limit is 1 % => reduce the size to 10 or less',
  ],
  [
    'allocation',
    'warn above',
    'warn: the margin, 300.00000001, is 3.0000000001 % of the equity 10000; the limit is 3 % => reduce the size to 30 or less',
  ],
  [
    'allocation',
    'others 1',
    'info: the margin, 10, is 1.01 % of the equity 990; the limit is 1 % => reduce the size to 0.99 or less',
  ],
  [
    'allocation',
    'others 3',
    'warn: the margin, 10, is more than the whole equity; the limit is 3 % => add 333.34 to the equity to reach 3 %',
  ],
  [
    'max-leverage',
    'warn at',
    'warn: leverage 50x is the 50x that the bracket allows at this notional => lower the leverage to 49x or less',
  ],
  [
    'max-leverage',
    'warn above',
    'error: leverage 50.000000001x is above the 50x that the bracket allows at this notional => lower the leverage to 50x or less',
  ],
  [
    'max-leverage',
    'error at',
    'warn: leverage 20x is the 20x that the bracket allows at this notional => lower the leverage to 19x or less',
  ],
  [
    'max-leverage',
    'error above',
    'error: leverage 20.000000001x is above the 20x that the bracket allows at this notional => lower the leverage to 20x or less',
  ],
  [
    'effective-leverage',
    'warn above',
    'warn: effective leverage is 15.000000002x; the limit is 15x, 1.5 times the set 10x => add 0.000000001 margin to reach 15x (1.5 times the set 10x)',
  ],
  [
    'effective-leverage',
    'others 0',
    'warn: effective leverage is unlimited, because there is no equity left; the limit is 15x, 1.5 times the set 10x => the loss is 10 of 10 margin: add 6 margin to reach 15x (1.5 times the set 10x)',
  ],
  [
    'effective-leverage',
    'others 1',
    'warn: effective leverage is 99x; the limit is 75x, 1.5 times the set 50x => the loss is 300 of 600 margin: add 96 margin to reach 75x (1.5 times the set 50x)',
  ],
  [
    'effective-leverage',
    'others 3',
    'warn: effective leverage is 15.79x; the limit is 15x, 1.5 times the set 10x => add 1 to the wallet to reach 15x (1.5 times the set 10x)',
  ],
  [
    'event-leverage',
    'error above',
    'error: an event is near and the leverage of 5.000000001x is 50.00000001 % of the usual 10x; the limit is 50 % => lower the leverage to 5x or less until the event is over',
  ],
  [
    'stop-missing',
    'others 4',
    'warn: there is no stop: liquidation would take the margin, 10 => set a stop at 91.366 or higher, at least 0.5 % before liquidation',
  ],
  [
    'stop-missing',
    'empty 2',
    'error: there is no stop for the size of 1: a cross position can take the whole wallet => set a stop-market order below the mark',
  ],
  [
    'multi-leg-isolated',
    'others 2',
    'info: it shares the cross wallet with another leg of its trade: short A; the pool is liquidated at 50000.00; if the legs were isolated at their leverage, short A would be liquidated first, at 108.91 => keep both legs in cross margin: if they were isolated, liquidation of the first leg would leave the other unhedged',
  ],
  [
    'multi-leg-isolated',
    'others 3',
    'info: it shares the cross wallet with another leg of its trade: short aaa/usdt:usdt; the pool is liquidated at 50000.00; if the legs were isolated at their leverage, short aaa/usdt:usdt would be liquidated first, at 108.91 => keep both legs in cross margin: if they were isolated, liquidation of the first leg would leave the other unhedged',
  ],
  [
    'multi-leg-isolated',
    'others 5',
    'info: it shares the cross wallet with another leg of its trade: long B; no price liquidates the pool; if the legs were isolated at their leverage, long A would be liquidated first, at 90.909 => keep the legs in cross margin, or give each leg more margin before you isolate it',
  ],
  [
    'stop-before-liquidation',
    'buffer below',
    'warn: the stop at 100 is 0.499999999 % before liquidation at 99.500; it should be at least 0.5 % => move the stop to 100.01 or higher, or add 0.000000001 margin',
  ],
  [
    'stop-before-liquidation',
    'lastPriceBuffer below',
    'warn: the stop at 100 is 0.799999999 % before liquidation at 99.200; it should be at least 0.8 % => move the stop to 100.01 or higher, or add 0.000000001 margin',
  ],
  [
    'stop-before-liquidation',
    'beyond below',
    'error: the stop at 94.999999999 is 0.000000001 % beyond the liquidation price 95.000: it is never reached => move the stop to 95.478 or higher, or add 0.4751 margin',
  ],
  [
    'stop-before-liquidation',
    'beyond at',
    'error: the stop at 95 is at the liquidation price 95.000: it is never reached => move the stop to 95.478 or higher, or add 0.475 margin',
  ],
  [
    'stop-before-liquidation',
    'beyond above',
    'warn: the stop at 95.000000001 is 0.000000001 % before liquidation at 95.000; it should be at least 0.5 % => move the stop to 95.478 or higher, or add 0.475 margin',
  ],
  [
    'stop-before-liquidation',
    'others 0',
    'warn: the stop at 100 is 0.7 % before liquidation at 99.300; it should be at least 0.8 % => move the stop to 100.11 or higher, or add 0.1 margin',
  ],
  [
    'stop-before-liquidation',
    'others 12',
    'error: the stop at 105.5 is 0.47 % beyond the liquidation price 105.00: it is never reached => move the stop to 104.47 or lower, or add 1.028 margin',
  ],
  [
    'stop-market',
    'others 0',
    'warn: a protective stop is stop-limit: STOP SELL at 95 => use STOP_MARKET at 95 instead',
  ],
  [
    'stop-market',
    'others 4',
    'warn: a protective stop is stop-limit: STOP BUY at 105 => use STOP_MARKET at 105 instead',
  ],
  [
    'trailing-activation',
    'error below',
    'error: the trailing stop is activated 1.4999999995 ATR from the mark 100; it should be at least 1.5; ATR(14) is 2 => set the activation to 103 or higher',
  ],
  [
    'trailing-activation',
    'others 0',
    'error: the trailing stop is activated 0 ATR from the mark 100; it should be at least 1.5; ATR(14) is 2 => set the activation to 103 or higher',
  ],
  [
    'trailing-activation',
    'others 3',
    'error: the trailing stop is activated 1.45 ATR from the mark 100; it should be at least 1.5; ATR(14) is 2 => set the activation to 97 or lower',
  ],
  [
    'post-only-illiquid',
    'others 0',
    'warn: post-only on an illiquid pair: LIMIT SELL => without post-only (GTC) the order can fill at once',
  ],
  [
    'trigger-price',
    'others 0',
    'warn: triggered by the last price: STOP_MARKET SELL at 95 => set workingType MARK_PRICE on it',
  ],
  [
    'trigger-price',
    'others 1',
    'warn: triggered by the last price: TAKE_PROFIT BUY => set workingType MARK_PRICE on it',
  ],
  [
    'trigger-price',
    'others 2',
    'warn: triggered by the last price: TRAILING_STOP_MARKET SELL => set workingType MARK_PRICE on it',
  ],
  ['reduce-only', 'others 0', 'error: without reduce-only: LIMIT SELL => set reduceOnly on it'],
  ['reduce-only', 'others 5', 'error: without reduce-only: LIMIT BUY => set reduceOnly on it'],
  [
    'auto-margin',
    'others 0',
    'warn: the exchange adds margin from the wallet automatically => turn automatic margin off: then the position can lose at most its margin of 10',
  ],
  [
    'funding-size',
    'warn above',
    'warn: the last funding rate is 0.1000001 % per 8 hours (interval unknown: 8 hours assumed); the limit is 0.1 %, positive or negative: the position pays 0.1000001 per interval => reduce the size to 0.9999 or less: it then pays no more than the present size at 0.1 %',
  ],
  [
    'funding-size',
    'others 0',
    'warn: the last funding rate is -0.1000001 % per 8 hours (interval unknown: 8 hours assumed); the limit is 0.1 %, positive or negative: the position receives 0.1000001 per interval => reduce the size to 0.9999 or less: it then pays no more than the present size at 0.1 %',
  ],
  [
    'funding-long',
    'warn above',
    'warn: long while the last funding rates are 0.0500001, 0.06 and 0.06 % per 8 hours (interval unknown: 8 hours assumed), all above 0.05 % => reduce or close the position: at the last rate it pays 0.06 per interval',
  ],
  [
    'funding-short',
    'warn below',
    'warn: short while the last funding rates are -0.0700001, -0.1 and -0.1 % per 8 hours (interval unknown: 8 hours assumed), all below -0.07 % => reduce or close the position: at the last rate it pays 0.1 per interval',
  ],
  [
    'funding-accrual',
    'info above',
    'info: funding of 0.0000001 over 2 intervals is 0.000001 % of the margin 10 => at the last rate it receives 0.0999999 in the next interval: close the position before it, or include this amount in your plan',
  ],
  [
    'funding-accrual',
    'warn below',
    'info: funding of 0.9999999 over 2 intervals is 10 % of the margin 10 => at the last rate it pays 0.5999999 in the next interval: close the position before it, or include this amount in your plan',
  ],
  [
    'funding-accrual',
    'warn at',
    'info: funding of 1 over 2 intervals is 10 % of the margin 10 => at the last rate it pays 0.6 in the next interval: close the position before it, or include this amount in your plan',
  ],
  [
    'funding-accrual',
    'warn above',
    'warn: funding of 1.0000001 over 2 intervals is 10.000001 % of the margin 10 => at the last rate it pays 0.6000001 in the next interval: close the position before it, or include this amount in your plan',
  ],
  [
    'funding-accrual',
    'others 1',
    'warn: funding of 2 over one interval is 20 % of the margin 10 => at the last rate it pays 2 in the next interval: close the position before it, or include this amount in your plan',
  ],
  [
    'funding-accrual',
    'others 2',
    'warn: funding of 1.1 over one interval is 11 % of the margin 10 => at the last rate it pays 1.1 in the next interval: close the position before it, or include this amount in your plan',
  ],
  [
    'funding-reversal',
    'warn below',
    'warn: funding changed from positive to negative 23.9999997 h before the end of its history => close the position within 24 hours after the change: at the end of the history 0.0000003 h were left',
  ],
  [
    'funding-reversal',
    'warn at',
    'warn: funding changed from positive to negative 24 h before the end of its history => close the position within 24 hours after the change: at the end of the history 0 h were left',
  ],
  [
    'funding-reversal',
    'others 1',
    'warn: funding changed from negative to positive 0 h before the end of its history => close the position within 24 hours after the change: at the end of the history 24 h were left',
  ],
  [
    'funding-reversal',
    'others 3',
    'warn: funding changed from positive to negative 8 h before the end of its history => close the position within 24 hours after the change: at the end of the history 16 h were left',
  ],
  [
    'mark-deviation',
    'info above',
    'info: at the mark 100.000000001 the position is worth 100.000000001, 0.000000001 % more than 100 at entry => to keep the value of 100 at entry, and the maintenance margin with it, close 0.00000000001',
  ],
  [
    'mark-deviation',
    'others 1',
    'info: at the mark 103 the position is worth 103, 3 % more than 100 at entry => to keep the value of 100 at entry, and the maintenance margin with it, close 0.02913',
  ],
  [
    'mark-deviation',
    'others 2',
    'info: at the mark 80 the position is worth 1.25, 25 % more than 1 at entry => to keep the value of 1 at entry, and the maintenance margin with it, close 20',
  ],
  [
    'mark-vs-index',
    'warn above',
    'warn: the mark 100.300000001 is 0.300000001 % above feed1, 100; the limit is 0.3 % => do not open positions until the mark is between 99.9 and 100.3 again; keep a distance to liquidation',
  ],
  [
    'mark-vs-index',
    'others 0',
    'warn: the mark 99.699999999 is 0.300000001 % below feed0, 100; the limit is 0.3 % => do not open positions until the mark is between 99.7 and 100.3 again; keep a distance to liquidation',
  ],
  [
    'open-interest',
    'warn above',
    'warn: the last change of open interest, 3.000000001, is 3.000000001 standard deviations from the mean of the changes before it, 0; the limit is 3 => do not open positions, and keep a large distance to liquidation, until the changes are small again',
  ],
  [
    'open-interest',
    'others 0',
    'warn: the last change of open interest, -3.000000001, is 3.000000001 standard deviations from the mean of the changes before it, 0; the limit is 3 => do not open positions, and keep a large distance to liquidation, until the changes are small again',
  ],
  [
    'open-interest',
    'others 2',
    'warn: the last change of open interest, 9, is 8.42 standard deviations from the mean of the changes before it, 0; the limit is 3 => do not open positions, and keep a large distance to liquidation, until the changes are small again',
  ],
  [
    'open-interest',
    'others 4',
    'warn: the last change of open interest is 6, all changes before it were 5 => do not open positions, and keep a large distance to liquidation, until the changes are small again',
  ],
  [
    'margin-ratio',
    'warn at',
    'warn: maintenance of 8 is 80 % of the margin balance 10; the limit is 80 % => add 0.01 margin to get below 80 %',
  ],
  [
    'margin-ratio',
    'warn above',
    'warn: maintenance of 8 is 80.00000001 % of the margin balance 9.999999999; the limit is 80 % => add 0.000000001001 margin to get below 80 %',
  ],
  [
    'margin-ratio',
    'error below',
    'warn: maintenance of 8 is 100 % of the margin balance 8.000000001; the limit is 80 % => add 2 margin to get below 80 %',
  ],
  [
    'margin-ratio',
    'error at',
    'error: maintenance of 8 is 100 % of the margin balance 8; the limit is 100 % => add 0.01 margin to get below 100 %',
  ],
  [
    'margin-ratio',
    'error above',
    'error: maintenance of 8 is 100.00000001 % of the margin balance 7.999999999; the limit is 100 % => add 0.000000001001 margin to get below 100 %',
  ],
  [
    'margin-ratio',
    'others 0',
    'error: the margin balance is 0: it cannot cover a maintenance of 0 => add 0.01 margin to get below 100 %',
  ],
  [
    'margin-ratio',
    'others 2',
    'warn: maintenance of 2 is 80 % of the margin balance 2.5; the limit is 80 % => add 0.01 to the wallet to get below 80 %',
  ],
  [
    'concentration',
    'info above',
    'info: A is 50.00000002 % of the gross value 1000; the limit is 50 % => close 0.0000004 of the value of A to reach 50 %',
  ],
  [
    'concentration',
    'others 2',
    'info: A is 57.14 % of the gross value 350; the limit is 50 % => close 50 of the value of A to reach 50 %',
  ],
  [
    'concentration',
    'others 3',
    'info: B is 75 % of the gross value 400; the limit is 50 % => close 200 of the value of B to reach 50 %',
  ],
  [
    'adl',
    'info above',
    'info: with a profit of 10 on 1000 the rank score is 0.00001089: the exchange closes positions with the highest scores first => take the profit of 10, or lower the leverage, to lower the score',
  ],
  [
    'adl',
    'others 0',
    'info: with a profit of 10 on 10 the rank score is 0.055: the exchange closes positions with the highest scores first => take the profit of 10, or lower the leverage, to lower the score',
  ],
  [
    'adl',
    'others 1',
    'info: with a profit of 10 on 0.5 the rank score is 1.04761905: the exchange closes positions with the highest scores first => take the profit of 10, or lower the leverage, to lower the score',
  ],
  [
    'trade-risk',
    'warn above',
    'warn: the trade can lose 10.000000001 at the stop: 1.0000000001 % of the equity 1000; the limit is 1 % => reduce the size to 10 or less',
  ],
  [
    'trade-risk',
    'error below',
    'warn: the trade can lose 29.999999999 at the stop: 3 % of the equity 1000; the limit is 1 % => reduce the size to 10 or less',
  ],
  [
    'trade-risk',
    'error at',
    'warn: the trade can lose 30 at the stop: 3 % of the equity 1000; the limit is 1 % => reduce the size to 10 or less',
  ],
  [
    'trade-risk',
    'error above',
    'error: the trade can lose 30.000000001 at the stop: 3.0000000001 % of the equity 1000; the limit is 3 % => reduce the size to 30 or less',
  ],
  [
    'trade-risk',
    'others 6',
    'error: the trade can lose 60 at the stop: 6 % of the equity 1000; the limit is 3 % => reduce the size to 0.5 or less',
  ],
  [
    'trade-risk',
    'others 9',
    'warn: the trade can lose its margin, 10: 2 % of the equity 500; the limit is 1 % => reduce the size to 0.5 or less',
  ],
  [
    'trade-risk',
    'others 10',
    'warn: the trade can lose its margin, 10: 2 % of the equity 500; the limit is 1 % => reduce the size to 0.5 or less',
  ],
  [
    'trade-risk',
    'others 11',
    'error: the trade can lose its margin, 10: more than the whole equity; the limit is 3 % => add 333.34 to the equity to reach 3 %',
  ],
  [
    'trade-risk',
    'others 12',
    'warn: the trade can lose 0.25 at the stop: 2.5 % of the equity 10; the limit is 1 % => reduce the size to 40 or less',
  ],
  [
    'stop-coverage',
    'least below',
    'error: stops before liquidation close 0.999999999 of 1 (99.9999999 %): 0.000000001 is not covered => set a stop-market order below the mark, for 0.000000001 more or with closePosition',
  ],
  [
    'stop-coverage',
    'empty 0',
    'error: stops before liquidation close 0 of 1 (0 %): 1 is not covered => set a stop-market order below the mark, for 1 more or with closePosition',
  ],
  [
    'stop-coverage',
    'empty 1',
    'warn: stops before liquidation close 0 of 1 (0 %): 1 is not covered => set a stop at 91.366 or higher, at least 0.5 % before liquidation, for 1 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 0',
    'error: stops before liquidation close 0.01 of 1 (1 %): 0.99 is not covered => set a stop-market order below the mark, for 0.99 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 1',
    'warn: stops before liquidation close 0.01 of 1 (1 %): 0.99 is not covered => set a stop at 91.366 or higher, at least 0.5 % before liquidation, for 0.99 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 2',
    'warn: stops before liquidation close 0.01 of 1 (1 %): 0.99 is not covered => set a stop at 91.366 or higher, at least 0.5 % before liquidation, for 0.99 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 6',
    'error: stops before liquidation close 0 of 1 (0 %): 1 is not covered => set a stop-market order below the mark, for 1 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 7',
    'error: stops before liquidation close 0 of 1 (0 %): 1 is not covered => set a stop-market order below the mark, for 1 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 8',
    'error: stops before liquidation close 0 of 1 (0 %): 1 is not covered => set a stop-market order below the mark, for 1 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 9',
    'warn: stops before liquidation close 0 of 1 (0 %): 1 is not covered => set a stop at 95.478 or higher, at least 0.5 % before liquidation, for 1 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 11',
    'warn: stops before liquidation close 0.7 of 1 (70 %): 0.3 is not covered => set a stop at 95.478 or higher, at least 0.5 % before liquidation, for 0.3 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 12',
    'warn: stops before liquidation close 0 of 1 (0 %): 1 is not covered => set a stop at 104.47 or lower, at least 0.5 % before liquidation, for 1 more or with closePosition',
  ],
  [
    'stop-coverage',
    'others 15',
    'error: stops before liquidation close 0 of 1 (0 %): 1 is not covered => reduce the position or add margin first: at every price it is liquidated before a stop',
  ],
  [
    'stop-coverage',
    'others 16',
    'info: with priceProtect: STOP_MARKET SELL at 95; the exchange does not trigger it while the last price and the mark are too far apart => turn priceProtect off for a stop that must trigger',
  ],
  [
    'account-move',
    'info below',
    'info: a fall of all marks by 14.999999999 % liquidates the account; the limit is 15 % => add 0.000000001 to the wallet to reach 15 %, or reduce the positions',
  ],
  [
    'account-move',
    'warn below',
    'warn: a fall of all marks by 9.999999999 % liquidates the account; the limit is 10 % => add 0.000000001 to the wallet to reach 10 %, or reduce the positions',
  ],
  [
    'account-move',
    'warn at',
    'info: a fall of all marks by 10 % liquidates the account; the limit is 15 % => add 5 to the wallet to reach 15 %, or reduce the positions',
  ],
  [
    'account-move',
    'warn above',
    'info: a fall of all marks by 10 % liquidates the account; the limit is 15 % => add 5 to the wallet to reach 15 %, or reduce the positions',
  ],
  [
    'account-move',
    'error below',
    'error: a fall of all marks by 4.999999999 % liquidates the account; the limit is 5 % => add 0.000000001 to the wallet to reach 5 %, or reduce the positions',
  ],
  [
    'account-move',
    'error at',
    'warn: a fall of all marks by 5 % liquidates the account; the limit is 10 % => add 5 to the wallet to reach 10 %, or reduce the positions',
  ],
  [
    'account-move',
    'error above',
    'warn: a fall of all marks by 5 % liquidates the account; the limit is 10 % => add 5 to the wallet to reach 10 %, or reduce the positions',
  ],
  [
    'account-move',
    'others 2',
    'warn: a fall of all marks by 6 % liquidates the account; the limit is 10 % => add 8 to the wallet to reach 10 %, or reduce the positions',
  ],
  [
    'account-move',
    'others 3',
    'warn: a rise of all marks by 6 % liquidates the account; the limit is 10 % => add 4 to the wallet to reach 10 %, or reduce the positions',
  ],
  [
    'account-move',
    'others 5',
    'error: equity is at or below the maintenance margin: the account is already liquidated => add 5.9 to the wallet to reach 5 %, or reduce the positions',
  ],
  [
    'event-leverage',
    'others 2',
    'error: an event is near and the effective leverage of 5.08x is 50.85 % of the usual 10x; the limit is 50 % => close 5 of the value, or add 1 to the wallet to reach 5x until the event is over',
  ],
  [
    'event-leverage',
    'others 3',
    'error: an event is near and the effective leverage is unlimited, because there is no equity left; the limit is 50 % => add 20 to the wallet to reach 5x until the event is over',
  ],
  [
    'multi-leg-isolated',
    'others 9',
    'info: it shares the cross wallet with another leg of its trade: short A; the pool is liquidated at 1500000.00; if the legs were isolated at their leverage, short A would be liquidated first, at 65737.05 => keep both legs in cross margin: if they were isolated, liquidation of the first leg would leave the other unhedged',
  ],
  [
    'multi-leg-isolated',
    'others 10',
    'info: it shares the cross wallet with another leg of its trade: short A; the pool is liquidated at 36437.25; if the legs were isolated at their leverage, short A would be liquidated first, at 65737.05 => keep both legs in cross margin: if they were isolated, liquidation of the first leg would leave the other unhedged',
  ],
  [
    'multi-leg-isolated',
    'others 11',
    'info: it shares the cross wallet with another leg of its trade: short A; the pool is liquidated at 83003.95; if the legs were isolated at their leverage, short A would be liquidated first, at 65737.05 => keep both legs in cross margin: if they were isolated, liquidation of the first leg would leave the other unhedged',
  ],
  [
    'multi-leg-isolated',
    'others 14',
    'warn: it shares the cross wallet with another leg of its trade: long B; the pool is liquidated at 95.960; if the legs were isolated at their leverage, long A would be liquidated first, at 90.909 => make each leg isolated, this one with 10 margin',
  ],
  [
    'multi-leg-isolated',
    'others 15',
    'info: it shares the cross wallet with another leg of its trade: long B; the pool is liquidated at 1.0101; if the legs were isolated at their leverage, long A would be liquidated first, at 90.909 => keep the legs in cross margin, or give each leg more margin before you isolate it',
  ],
  [
    'multi-leg-isolated',
    'others 17',
    'info: it shares the cross wallet with another leg of its trade: long B; the pool is liquidated at 95.960 => isolated, this leg would lose at most its margin: give it 10 margin',
  ],
  [
    'stop-before-liquidation',
    'others 8',
    'error: the stop at 95 is at the liquidation price 95.000: it is never reached; 0.3 of 1 is not covered => move the stop to 95.478 or higher, or add 0.475 margin',
  ],
  [
    'stop-before-liquidation',
    'others 10',
    'warn: the stop at 95.1 is 0.11 % before liquidation at 95.000; it should be at least 0.5 % => move the stop to 95.478 or higher, or add 0.3755 margin',
  ],
  [
    'funding-size',
    'others 1',
    'warn: the last funding rate is 0.12 % per 8 hours (0.06 % every 4 hours); the limit is 0.1 %, positive or negative: the position pays 0.06 per interval => reduce the size to 0.8333 or less: it then pays no more than the present size at 0.1 %',
  ],
  [
    'funding-long',
    'others 2',
    'warn: long while the last funding rates are 0.06, 0.06 and 0.06 % per 8 hours (0.06, 0.06 and 0.03 % after 8, 8 and 4 hours), all above 0.05 % => reduce or close the position: at the last rate it pays 0.03 per interval',
  ],
  [
    'funding-short',
    'others 1',
    'warn: short while the last funding rates are -0.08, -0.08 and -0.1 % per 8 hours (-0.04, -0.04 and -0.05 % every 4 hours), all below -0.07 % => reduce or close the position: at the last rate it pays 0.05 per interval',
  ],
  [
    'illiquid-size',
    'day above',
    'warn: the size 100.000000001 is 1.00000000001 % of the volume of a day, 10000; the limit is 1 % => reduce the size to 100 or less',
  ],
  [
    'illiquid-size',
    'others 2',
    'warn: the size 3 is 30 % of the bids in the order book, 10; the limit is 20 %; a market order for it fills at 100 on average, 0 % from the best price => reduce the size to 2 or less',
  ],
  [
    'illiquid-size',
    'empty 1',
    'warn: the size 1 is more than the bids in the order book, 0; the limit is 20 % => close the position in parts, with limit orders',
  ],
  [
    'funding-cost',
    'others 1',
    'warn: at the last funding rate, 0.1 % per 8 hours (interval unknown: 8 hours assumed), a day costs 0.3: 3 % of the margin 10; the limit is 1 % => reduce the size to 0.3333 or less and keep the margin of 10',
  ],
  [
    'margin-log',
    'info at',
    'info: within one hour margin was moved or leverage was raised at 2 symbols: A and B => check who made these changes; if the margin is short, close a part of a position instead of moving margin',
  ],
];
