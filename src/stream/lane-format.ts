/** The formats that the lane writes. */
export type LaneFormat = 'json' | 'ndjson' | 'csv';

/** The results that the lane writes. */
export const LANE_RESULTS = ['outcome', 'liquidationPrice', 'distancePercent'] as const;
