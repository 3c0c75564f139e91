import type { LiveVenue } from '../venue.js';

/** Every venue that can be asked. To add one, add a file here and a line below. */
export const liveVenues = {} satisfies Record<string, LiveVenue>;
