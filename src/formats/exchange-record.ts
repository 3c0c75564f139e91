import { Ratio } from '../core/ratio.js';
import type { JsonField, RawAccount, RawPosition } from './account.js';
import { unreadableAccount } from './account-json.js';
import { problem, type Problem } from '../core/errors.js';
import type { CcxtKey, Texts, VenueKey } from '../schema/exchanges.js';
import { readJson, type Schema } from '../schema/issues.js';
import type { JsonArray } from '../schema/json-value.js';
import { JsonObject, shownValue } from '../schema/json-value.js';
import type { RawRecord } from './record.js';

/** What a reader of an exchange's data is asked besides the data. */
export interface ReadingOptions {
  /** The margin asset wanted, upper case; all where it is left out. */
  readonly asset?: string | undefined;
  /** The venue of the data, where it is said; else readers of several venues tell it from the data. */
  readonly venue?: string | undefined;
}

/** A shape of data that accounts are read from: a file in `exchanges/` provides one. */
export interface ExchangeReader {
  /** One line for help. */
  readonly meaning: string;
  /** The accounts of one answer, one for each margin asset, each with what is wrong with it. */
  readonly read: (json: string, options: ReadingOptions) => readonly RawAccount[];
}

/** One object of an exchange's answer: what its schema reads of it, numbers as the text they were written with. */
export class ExchangeRecord<K extends string> {
  readonly #texts: Texts<K>;

  /**
   * @param name - how messages name it: `[1]`.
   * @param problems - a key that is there twice is added.
   */
  constructor(
    schema: Schema<Texts<K>>,
    readonly name: string,
    readonly object: JsonObject,
    problems: Problem[],
  ) {
    this.#texts = readJson(schema, object, name, problems) ?? ({} as Texts<K>);
  }

  /** The text of a string or number; nothing for anything else and for empty texts. */
  text(key: K): string | undefined {
    return this.#texts[key];
  }

  /** The value under a key where it is a decimal. */
  decimal(key: K): Ratio | undefined {
    return decimalOf(this.text(key));
  }

  /** The value under a key where it is a decimal other than zero: exchanges write 0 for what there is not. */
  present(key: K): Ratio | undefined {
    const value = this.decimal(key);
    return value && value.sign() !== 0 ? value : undefined;
  }

  /** The text under a key, unless it says zero. */
  presentText(key: K): string | undefined {
    return this.decimal(key)?.sign() === 0 ? undefined : this.text(key);
  }
}

/** A unified position of ccxt. */
export type UnifiedRecord = ExchangeRecord<CcxtKey>;
/** A venue's own record of a position. */
export type VenueRecord = ExchangeRecord<VenueKey>;

/** The objects of an array, as a schema reads them; what is no object is told. */
export function exchangeRecords<K extends string>(
  schema: Schema<Texts<K>>,
  { items }: JsonArray,
  at: string,
  problems: Problem[],
): ExchangeRecord<K>[] {
  return items.flatMap((item, index) => {
    const name = `${at}[${index}]`;
    if (item instanceof JsonObject) return [new ExchangeRecord(schema, name, item, problems)];
    problems.push(problem('NOT_A_POSITION', name, { value: shownValue(item) }));
    return [];
  });
}

/** The object under a key of another; empty where the key is missing or holds something else. */
export function innerObject(object: JsonObject, key: string): JsonObject {
  const found = object.value(key);
  return found instanceof JsonObject ? found : EMPTY;
}

const EMPTY = new JsonObject('{}', () => []);

/** An answer that cannot be read, or is refused in words. */
export function refusedAccount(why: string): RawAccount {
  return { positions: [], own: [], problems: [problem('REFUSED', '', { why })] };
}

export { unreadableAccount };

/** An open position and the asset that it settles in, where it is known. */
export interface OpenPosition {
  readonly position: RawPosition;
  readonly asset: string | undefined;
}

/**
 * The account of positions that do not say their wallet: those of one asset, because the wallet that is given is of one.
 *
 * @param reportedOf - what the exchange says of the chosen positions together.
 */
export function accountOfPositions<O extends OpenPosition>(
  open: readonly O[],
  asset: string | undefined,
  problems: readonly Problem[],
  reportedOf: (chosen: readonly O[]) => RawAccount['reported'] = () => undefined,
): RawAccount {
  const assets = [...new Set(open.map((each) => each.asset ?? 'an unknown asset'))];
  if (asset === undefined && assets.length > 1) {
    return refusedAccount(`the positions settle in ${assets.join(', ')}, and --wallet is of one asset; give --asset`);
  }
  const wanted = asset ?? assets[0];
  const chosen = open.filter((each) => asset === undefined || each.asset === asset);
  const reported = reportedOf(chosen);
  return {
    positions: chosen.map(({ position }) => position),
    problems,
    ...(reported && { reported }),
    own: wanted === undefined ? [] : [['asset', JSON.stringify(wanted)]],
  };
}

/** Why answers of portfolio margin are refused. */
export const PORTFOLIO_MARGIN =
  'portfolio margin is not supported: it lends against all assets at once, by other rules';

/** What ordinary answers of Binance say about the margin of a position, each at least one of these. */
const BINANCE_MARGIN_KEYS = ['marginType', 'marginAsset', 'isolated', 'isolatedMargin', 'isolatedWallet'];

/**
 * Whether a record of Binance is of a portfolio-margin account: it says nothing about how the position is backed.
 *
 * @see https://developers.binance.com/docs/zh-CN/derivatives/portfolio-margin/account/Query-UM-Position-Information (Query UM Position Information, in Chinese), read 2026-11-30
 * @see https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-CM-Position-Information (Query CM Position Information)
 */
export function isPortfolioMargin(record: JsonObject): boolean {
  return record.has('positionAmt') && !BINANCE_MARGIN_KEYS.some((key) => record.has(key));
}

/** A position in our fields, from what an exchange says of it; what is not known is left out. */
export function exchangePosition(
  { name, object: { source } }: Pick<UnifiedRecord, 'name' | 'object'>,
  fields: Readonly<Record<string, string | undefined>>,
  rest: Omit<RawPosition, 'name' | 'record' | 'own'>,
): RawPosition {
  const record: RawRecord = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value]],
  );
  const own = (): readonly JsonField[] => record.map(([key, value]) => [key, JSON.stringify(value)] as const);
  return { name, record, own, source, ...rest };
}

/** The exchange's own liquidation price: `null` where it writes 0 for none; left out where it says nothing. */
export function reportedPrice(record: ExchangeRecord<'liquidationPrice'>): Pick<RawPosition, 'reported'> {
  const text = record.text('liquidationPrice');
  const value = decimalOf(text);
  if (text !== undefined) return { reported: value && value.sign() <= 0 ? null : text };
  return record.object.has('liquidationPrice') ? { reported: null } : {};
}

const MOST_DIGITS = 40;

/**
 * A quotient as decimal text: exact where 24 decimals hold it, else rounded there, within the digits of an input. One that
 * is too large for an input stays so: it is refused where it is read.
 */
export function quotientText(value: Ratio): string {
  for (let decimals = 24; ; decimals--) {
    const text = value.toText(decimals);
    if (decimals === 0 || text.replace(/\D/g, '').length <= MOST_DIGITS) return text;
  }
}

/**
 * The price that a rounded value and a size came from: the one with at most eight decimals that gives the value as it
 * is written, else the quotient.
 */
export function priceOfValue(value: Ratio, size: Ratio): Ratio {
  const price = value.over(size);
  const short = price.rounded(8);
  const decimals = value.decimalPlaces();
  const isSame = short.sign() > 0 && short.times(size).toFixed(decimals) === value.toFixed(decimals);
  return isSame ? short : price;
}

/** The decimal that a text is; nothing where it is none. */
export function decimalOf(text: string | undefined): Ratio | undefined {
  const parsed = text === undefined ? undefined : Ratio.parse(text);
  return parsed?.kind === 'decimal' ? parsed.value : undefined;
}

/** A value without its sign. */
export function magnitude(value: Ratio): Ratio {
  return value.sign() < 0 ? value.negated() : value;
}
