import { accountMove } from './account-move.js';
import { adl } from './adl.js';
import { allocation } from './allocation.js';
import { autoMargin } from './auto-margin.js';
import { concentration } from './concentration.js';
import { distance } from './distance.js';
import { effectiveLeverage } from './effective-leverage.js';
import { eventLeverage } from './event-leverage.js';
import { fundingAccrual } from './funding-accrual.js';
import { fundingCost } from './funding-cost.js';
import { fundingLong } from './funding-long.js';
import { fundingReversal } from './funding-reversal.js';
import { fundingShort } from './funding-short.js';
import { fundingSize } from './funding-size.js';
import { illiquidSize } from './illiquid-size.js';
import { marginLog } from './margin-log.js';
import { marginRatio } from './margin-ratio.js';
import { markDeviation } from './mark-deviation.js';
import { markVsIndex } from './mark-vs-index.js';
import { maxLeverage } from './max-leverage.js';
import { multiLegIsolated } from './multi-leg-isolated.js';
import { openInterest } from './open-interest.js';
import { postOnlyIlliquid } from './post-only-illiquid.js';
import { reduceOnly } from './reduce-only.js';
import type { Rule } from '../rule.js';
import { stopBeforeLiquidation } from './stop-before-liquidation.js';
import { stopCoverage } from './stop-coverage.js';
import { stopMarket } from './stop-market.js';
import { stopMissing } from './stop-missing.js';
import { tradeRisk } from './trade-risk.js';
import { trailingActivation } from './trailing-activation.js';
import { triggerPrice } from './trigger-price.js';

export type { Rule } from '../rule.js';

/** Every rule by id, in the order of reports. To add one, add a file here and a line below. */
export const rules = {
  distance,
  'trade-risk': tradeRisk,
  allocation,
  'max-leverage': maxLeverage,
  'effective-leverage': effectiveLeverage,
  'event-leverage': eventLeverage,
  'stop-missing': stopMissing,
  'stop-coverage': stopCoverage,
  'multi-leg-isolated': multiLegIsolated,
  'stop-before-liquidation': stopBeforeLiquidation,
  'stop-market': stopMarket,
  'trailing-activation': trailingActivation,
  'post-only-illiquid': postOnlyIlliquid,
  'illiquid-size': illiquidSize,
  'trigger-price': triggerPrice,
  'reduce-only': reduceOnly,
  'auto-margin': autoMargin,
  'funding-size': fundingSize,
  'funding-cost': fundingCost,
  'funding-long': fundingLong,
  'funding-short': fundingShort,
  'funding-accrual': fundingAccrual,
  'funding-reversal': fundingReversal,
  'mark-deviation': markDeviation,
  'mark-vs-index': markVsIndex,
  'open-interest': openInterest,
  'margin-ratio': marginRatio,
  'account-move': accountMove,
  concentration,
  adl,
  'margin-log': marginLog,
} as const satisfies Record<string, Rule>;

/** `distance`, `allocation` ... */
export type RuleId = keyof typeof rules;

/** The ids in the order of the rules. */
export const RULE_IDS = Object.keys(rules) as readonly RuleId[];
