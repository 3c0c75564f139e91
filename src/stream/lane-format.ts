/** The formats that the lane can write. */
export const LANE_FORMATS = ['json', 'ndjson', 'csv'] as const;
export type LaneFormat = (typeof LANE_FORMATS)[number];

/** The results that the lane can write. */
export const LANE_RESULTS = ['outcome', 'liquidationPrice', 'distancePercent'] as const;
