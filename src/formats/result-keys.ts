/**
 * The keys of a position's results, in the order of output; `RESULTS` declares each. They are apart from it because who
 * reads a record knows these keys without computing any result: a page that needs only a price does not load the others.
 */
export const RESULT_KEYS = [
  'outcome',
  'liquidationPrice',
  'reason',
  'distance',
  'distancePercent',
  'bankruptcyPrice',
  'marginCallPrice',
  'entryNotional',
  'initialMargin',
  'walletMargin',
  'maintenanceMargin',
  'maintenanceAtLiquidation',
  'maintenanceRate',
  'maintenanceAmount',
  'bracket',
  'bracketVenue',
  'bracketAsOf',
  'bracketConfidence',
  'rule',
  'ruleSince',
  'confidence',
  'lossAtLiquidation',
  'liquidationFee',
  'lossIfLiquidated',
  'unrealizedPnl',
  'roi',
  'positionRoi',
  'marginRatio',
  'effectiveLeverage',
  'removableMargin',
  'warnings',
] as const;

/** The key of a result: `liquidationPrice`. */
export type ResultKey = (typeof RESULT_KEYS)[number];
