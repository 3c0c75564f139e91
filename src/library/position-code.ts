import type { PositionCode } from '../commands/position.js';
import * as atrs from '../commands/shared/atr-room.js';
import * as exits from '../commands/shared/exits.js';
import { positionOfFills } from '../commands/shared/fills.js';

/** What the command of a position loads for a question, here at once. */
export function codeFor(given: {
  readonly fill?: unknown;
  readonly fills?: unknown;
  readonly candles?: unknown;
  readonly stop?: unknown;
  readonly take?: unknown;
}): PositionCode {
  return {
    ...((given.fill ?? given.fills) !== undefined && { positionOfFills }),
    ...(given.candles !== undefined && { atrs }),
    ...((given.stop ?? given.take) !== undefined && { exits }),
  };
}
