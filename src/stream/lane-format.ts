/** The formats that the lane can write. */
export type LaneFormat = 'json' | 'ndjson' | 'csv';

/** The results that the lane can write. */
export const LANE_RESULTS = ['outcome', 'liquidationPrice', 'distancePercent'] as const;
