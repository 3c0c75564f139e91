import * as z from 'zod/mini';
import { Ratio } from '../../core/ratio.js';
import { readJson } from '../../schema/issues.js';
import { JsonArray, JsonObject, type JsonValue } from '../../schema/json-value.js';
import { decimal } from '../../schema/leaves.js';
import { listOf, needed, objectOf } from '../../schema/object.js';
import { isOf, refuseForeign, symbolMember, type Datum, type Place } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

/** The exchange's interval for symbols that its fundingInfo does not list, hours. */
const UNLISTED = Ratio.of(8n);

const HOUR = { range: 'positive', suffix: 'h' } as const;
const HOURS = lazily(() => decimal(HOUR));
const ADVICE = "write hours, or the exchange's fundingInfo with fundingIntervalHours";

/**
 * The fundingInfo of one symbol.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-Info
 */
const INFO = lazily(() =>
  z.pipe(
    objectOf({ fundingIntervalHours: needed(HOURS()), symbol: symbolMember() }, { advice: ADVICE, incomplete: ADVICE }),
    z.transform(({ fundingIntervalHours }) => fundingIntervalHours),
  ),
);

/** The whole response, which lists only symbols whose cap, floor or interval was adjusted. */
const ANSWER = lazily(() => listOf(objectOf({ symbol: symbolMember() }, { advice: ADVICE })));

function readInfo(value: JsonValue, place: Place): Ratio | undefined {
  refuseForeign(value, place);
  return readJson(INFO(), value, place.name, place.problems);
}

function readAnswer(answer: JsonArray, place: Place): Ratio | undefined {
  const { name, owner, problems } = place;
  readJson(ANSWER(), answer, name, problems);
  if (owner.symbol === undefined) return undefined;
  const index = answer.items.findIndex(
    (item) => item instanceof JsonObject && isOf(item.value('symbol'), owner.symbol),
  );
  const own = answer.items[index];
  return own === undefined ? UNLISTED : readInfo(own, { ...place, name: `${name}[${index}]` });
}

/** Hours between payments of funding. */
export const fundingInterval: Datum<Ratio> = {
  of: 'position',
  schema: lazily(() => z.union([HOURS(), INFO(), ANSWER()])),
  also: ['fundingInfo'],
  meaning: "hours between funding payments, or the exchange's fundingInfo; by default from fundingTimes, else 8",
  inputs: {
    fundingInterval: {
      kind: 'decimal',
      ...HOUR,
      placeholder: 'HOURS',
      meaning: 'hours between funding payments, default from the times of the rates, else 8h',
    },
  },
  read: (value, place) => {
    if (value instanceof JsonArray) return readAnswer(value, place);
    return value instanceof JsonObject ? readInfo(value, place) : readJson(HOURS(), value, place.name, place.problems);
  },
};
