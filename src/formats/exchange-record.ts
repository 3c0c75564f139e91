import { Ratio } from '../core/ratio.js';
import type { JsonField, RawAccount, RawPosition } from './raw-account.js';
import { unreadableAccount } from './account-json.js';
import { problem, type Problem } from '../core/errors.js';
import type { CcxtKey, Texts, VenueKey } from '../schema/exchanges.js';
import { readJson, type Schema } from '../schema/issues.js';
import type { JsonArray } from '../schema/json-value.js';
import { JsonObject, shownValue } from '../schema/json-value.js';
import type { RawRecord } from './record.js';

/** The options of a reader of exchange data. */
export interface ReadingOptions {
  /** The margin asset to read, upper case; all by default. */
  readonly asset?: string | undefined;
  /** The venue of the data, if given; else readers of several venues detect it from the data. */
  readonly venue?: string | undefined;
}

/** A data shape from which accounts are read; each file in `exchanges/` provides one. */
export interface ExchangeReader {
  /** One line for help. */
  readonly meaning: string;
  /** The accounts in an exchange's data, one per margin asset, each with its problems. */
  readonly read: (json: string, options: ReadingOptions) => readonly RawAccount[];
}

/** One object of an exchange's data, as its schema reads it: numbers are the text they were written with. */
export class ExchangeRecord<K extends string> {
  /** @param name - how messages name it: `[1]`. */
  constructor(
    private readonly texts: Texts<K>,
    readonly name: string,
    readonly object: JsonObject,
  ) {}

  /** @param problems - a repeated key is added. */
  static read<K extends string>(
    schema: Schema<Texts<K>>,
    name: string,
    object: JsonObject,
    problems: Problem[],
  ): ExchangeRecord<K> {
    return new ExchangeRecord(readJson(schema, object, name, problems) ?? ({} as Texts<K>), name, object);
  }

  /** The text of a string or number; `undefined` for anything else and for empty texts. */
  text(key: K): string | undefined {
    return this.texts[key];
  }

  /** The value of a key if it is a decimal. */
  decimal(key: K): Ratio | undefined {
    return decimalOf(this.text(key));
  }

  /** The value of a key if it is a decimal other than zero: exchanges write 0 for missing values. */
  present(key: K): Ratio | undefined {
    const value = this.decimal(key);
    return value && value.sign() !== 0 ? value : undefined;
  }

  /** The text of a key, unless it is zero. */
  presentText(key: K): string | undefined {
    return this.decimal(key)?.sign() === 0 ? undefined : this.text(key);
  }
}

/** A unified position of ccxt. */
export type UnifiedRecord = ExchangeRecord<CcxtKey>;
/** A venue's own record of a position. */
export type VenueRecord = ExchangeRecord<VenueKey>;

/** The objects of an array, as a schema reads them; any element that is not an object is reported. */
export function exchangeRecords<K extends string>(
  schema: Schema<Texts<K>>,
  { items }: Pick<JsonArray, 'items'>,
  at: string,
  problems: Problem[],
): ExchangeRecord<K>[] {
  return items.flatMap((item, index) => {
    const name = `${at}[${index}]`;
    if (item instanceof JsonObject) return [ExchangeRecord.read(schema, name, item, problems)];
    problems.push(problem('NOT_A_POSITION', name, { value: shownValue(item) }));
    return [];
  });
}

/** Why data is refused that is an exchange's error instead of positions. */
export function errorAnswer(message: string, code = ''): string {
  return `the exchange answered with an error: ${message} (${code})`;
}

/** The account of data that cannot be read or is refused, with the reason. */
export function refusedAccount(why: string): RawAccount {
  return { positions: [], own: [], problems: [problem('REFUSED', '', { why })] };
}

export { unreadableAccount };

/** An open position and the asset that it settles in, if known. */
export interface OpenPosition {
  readonly position: RawPosition;
  readonly asset: string | undefined;
}

/**
 * The account of positions without a wallet: positions of one asset only, because the given wallet is of one asset.
 *
 * @param reportedOf - what the exchange reports about the chosen positions together.
 */
export function accountOfPositions<O extends OpenPosition>(
  open: readonly O[],
  asset: string | undefined,
  problems: readonly Problem[],
  reportedOf: (chosen: readonly O[]) => RawAccount['reported'] = () => undefined,
): RawAccount {
  const assets = [...new Set(open.map((each) => each.asset ?? 'an unknown asset'))];
  if (asset === undefined && assets.length > 1) {
    return refusedAccount(
      `the positions settle in ${assets.join(', ')}, but --wallet is in one asset; choose it with --asset`,
    );
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

/** Why portfolio-margin data is refused. */
export const PORTFOLIO_MARGIN =
  'portfolio margin is not supported: all assets together are its collateral, and it follows other rules';

/** Why a Binance record without any margin key is refused. */
export const PERHAPS_PORTFOLIO_MARGIN = `marginType is missing, as in responses of portfolio margin; if it is another account, add "marginType" (cross or isolated); ${PORTFOLIO_MARGIN}`;

/** The margin keys of ordinary Binance data: each position has at least one of them. */
const BINANCE_MARGIN_KEYS = ['marginType', 'marginAsset', 'isolated', 'isolatedMargin', 'isolatedWallet'];

/**
 * Whether a Binance record is of a portfolio-margin account: it has no key about the position's collateral.
 *
 * @see https://developers.binance.com/docs/zh-CN/derivatives/portfolio-margin/account/Query-UM-Position-Information (Query UM Position Information, in Chinese), read 2026-11-30
 * @see https://developers.binance.com/docs/derivatives/portfolio-margin/account/Query-CM-Position-Information (Query CM Position Information)
 */
export function isPortfolioMargin(record: JsonObject): boolean {
  return record.has('positionAmt') && !BINANCE_MARGIN_KEYS.some((key) => record.has(key));
}

/** A position in liqcalc's fields, from an exchange's record; unknown values are absent. */
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

/** Gate writes this instead of a missing price. */
const NO_PRICE = Ratio.from('99999999');
/** A price from here on means that no price liquidates the position. */
const NO_PRICE_FROM = Ratio.from('1e15');

function isNoPrice(price: Ratio): boolean {
  return price.sign() <= 0 || price.compare(NO_PRICE) === 0 || !price.isBelow(NO_PRICE_FROM);
}

/**
 * The exchange's own liquidation price: `null` if it is 0, negative or absurdly high, which means no price;
 * `reported` is missing if the record does not contain it.
 */
export function reportedPrice(record: ExchangeRecord<'liquidationPrice'>): Pick<RawPosition, 'reported'> {
  const text = record.text('liquidationPrice');
  const value = decimalOf(text);
  if (text !== undefined) return { reported: value && isNoPrice(value) ? null : text };
  return record.object.has('liquidationPrice') ? { reported: null } : {};
}

const MOST_DIGITS = 40;

/**
 * A quotient as decimal text: exact if 24 decimals are enough, else rounded to 24, within the digits of an input. A
 * value that is too large for an input is not changed: it is refused when it is read.
 */
export function quotientText(value: Ratio): string {
  for (let decimals = 24; ; decimals--) {
    const text = value.toText(decimals);
    if (decimals === 0 || text.replace(/\D/g, '').length <= MOST_DIGITS) return text;
  }
}

/**
 * The price that a rounded value and a size came from: the one with at most eight decimals that gives the value as
 * written, else the quotient.
 */
export function priceOfValue(value: Ratio, size: Ratio): Ratio {
  const price = value.over(size);
  const short = price.rounded(8);
  const decimals = value.decimalPlaces();
  const isSame = short.sign() > 0 && short.times(size).toFixed(decimals) === value.toFixed(decimals);
  return isSame ? short : price;
}

/** Parses a decimal; `undefined` if the text is not one. */
export function decimalOf(text: string | undefined): Ratio | undefined {
  const parsed = text === undefined ? undefined : Ratio.parse(text);
  return parsed?.kind === 'decimal' ? parsed.value : undefined;
}
