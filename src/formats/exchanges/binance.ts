import { problem, type Problem } from '../../core/errors.js';
import { Ratio } from '../../core/ratio.js';
import { settlementAsset } from '../../core/settlement.js';
import {
  binanceAccount,
  binanceAsset,
  binancePosition,
  type BinanceAssetKey,
  type BinanceKey,
} from '../../schema/exchanges.js';
import { JsonArray, JsonObject } from '../../schema/json-value.js';
import type { RawAccount, RawPosition, ReportedFigures } from '../raw-account.js';
import { binanceMultiplier } from '../binance-contracts.js';
import {
  accountOfPositions,
  decimalOf,
  errorAnswer,
  exchangePosition,
  ExchangeRecord,
  exchangeRecords,
  isPortfolioMargin,
  PERHAPS_PORTFOLIO_MARGIN,
  PORTFOLIO_MARGIN,
  priceOfValue,
  quotientText,
  refusedAccount,
  reportedPrice,
  unreadableAccount,
  type ExchangeReader,
  type OpenPosition,
  type ReadingOptions,
} from '../exchange-record.js';
import { jsonValue } from '../json.js';

const WANTED = 'give the array of positionRisk (with --wallet) or the account object';

/**
 * What Binance's API returns: `GET /fapi/v2/positionRisk` and `/fapi/v3/positionRisk`, `/dapi/v1/positionRisk`,
 * `/fapi/v2/account` and `/fapi/v3/account`.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Position-Information-V2
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Account-Information-V2
 * @see https://developers.binance.com/docs/derivatives/coin-margined-futures/trade/rest-api/Position-Information
 */
export const binance: ExchangeReader = {
  meaning: 'positionRisk arrays and account objects of Binance futures',
  read: (json, options) => {
    const answer = jsonValue(json);
    if (answer instanceof JsonArray) return fromPositionRisk(answer, options);
    if (!(answer instanceof JsonObject)) return [unreadableAccount(json, WANTED)];
    const refusal = refusalOf(answer);
    if (refusal !== undefined) return [refusedAccount(refusal)];
    const positions = answer.value('positions');
    return positions instanceof JsonArray ? fromAccount(answer, positions, options) : [unreadableAccount(json, WANTED)];
  },
};

function refusalOf(answer: JsonObject): string | undefined {
  const record = ExchangeRecord.read(binanceAccount, '', answer, []);
  const message = record.text('msg');
  if (message !== undefined) return errorAnswer(message, record.text('code'));
  if (answer.has('uniMMR') || answer.has('accountEquity')) return PORTFOLIO_MARGIN;
  return undefined;
}

type Position = ExchangeRecord<BinanceKey>;
type Asset = ExchangeRecord<BinanceAssetKey>;

function fromPositionRisk(array: JsonArray, { asset }: ReadingOptions): RawAccount[] {
  const problems: Problem[] = [];
  const records = exchangeRecords(binancePosition, array, '', problems);
  if (records.some(({ object }) => isPortfolioMargin(object))) return [refusedAccount(PERHAPS_PORTFOLIO_MARGIN)];
  const open = records.flatMap((record) => openPosition(record, problems));
  return [accountOfPositions(open, asset, problems)];
}

function fromAccount(answer: JsonObject, array: JsonArray, { asset }: ReadingOptions): RawAccount[] {
  const problems: Problem[] = [];
  const account = ExchangeRecord.read(binanceAccount, '', answer, problems);
  const assets = answer.value('assets');
  const wallets = new Map(
    (assets instanceof JsonArray ? exchangeRecords(binanceAsset, assets, 'assets', problems) : []).map((each) => [
      each.text('asset')?.toUpperCase() ?? '',
      each,
    ]),
  );
  const records = exchangeRecords(binancePosition, array, 'positions', problems);
  if (records.some(({ object }) => isPortfolioMargin(object))) return [refusedAccount(PERHAPS_PORTFOLIO_MARGIN)];
  const open = records.flatMap((record) => openPosition(record, problems, [...wallets.keys()]));
  if (asset !== undefined && !wallets.has(asset) && !open.some((each) => each.asset === asset)) {
    return [refusedAccount(`the account has no ${asset}; it has ${[...wallets.keys()].join(', ')}`)];
  }
  if (isMultiAssets(answer, wallets)) return [basketAccount(account, open, problems)];
  const used = [...new Set(open.map((each) => each.asset ?? ''))];
  const filled = [...wallets].filter(([, each]) => each.present('crossWalletBalance')).map(([name]) => name);
  const [first = ''] = wallets.keys();
  const wanted = asset === undefined ? [...new Set([...used, ...filled])] : [asset];
  return (wanted.length > 0 ? wanted : [first]).map((name) => {
    const positions = open.filter((each) => (each.asset ?? '') === name).map(({ position }) => position);
    const wallet = walletOf(account, wallets.get(name));
    const own: RawAccount['own'] = [['asset', JSON.stringify(name)]];
    const reported = reportedAccount(wallets.get(name), positions);
    return { positions, problems, own, ...(wallet !== undefined && { wallet }), ...(reported && { reported }) };
  });
}

/** The asset of credits mode, in which accounts of the European Economic Area trade. */
const CREDITS = 'BNFCR';

/** Whether all assets back all positions: multi-assets mode, and credits mode. */
function isMultiAssets(answer: JsonObject, wallets: ReadonlyMap<string, Asset>): boolean {
  const credits = wallets.get(CREDITS);
  return answer.value('multiAssetsMargin') === true || credits?.present('crossWalletBalance') !== undefined;
}

/** One pool of all positions: its wallet is the value of all assets in USD. */
function basketAccount(
  account: ExchangeRecord<'totalCrossWalletBalance'>,
  open: readonly OpenPosition[],
  problems: readonly Problem[],
): RawAccount {
  const wallet = account.text('totalCrossWalletBalance');
  const own: RawAccount['own'] = [['multiAssetsMargin', 'true']];
  const positions = open.map(({ position }) => position);
  return { positions, problems, own, isMultiAssets: true, ...(wallet !== undefined && { wallet }) };
}

function walletOf(account: ExchangeRecord<'totalCrossWalletBalance'>, asset: Asset | undefined): string | undefined {
  return asset ? asset.text('crossWalletBalance') : account.text('totalCrossWalletBalance');
}

/**
 * What an asset's record reports about the cross positions together. Its maintenance margin and balance include the
 * isolated positions, so these are subtracted.
 */
function reportedAccount(asset: Asset | undefined, positions: readonly RawPosition[]): ReportedFigures | undefined {
  const all = asset?.decimal('maintMargin');
  if (!asset || !all || !asset.decimal('crossUnPnl')) return undefined;
  const isolated = positions.filter(({ record }) =>
    record.some(([key, value]) => key === 'mode' && value === 'isolated'),
  );
  const own = isolated.map(({ reportedMaintenance }) => decimalOf(reportedMaintenance));
  if (own.some((each) => each === undefined)) return undefined;
  const maintenance = all.minus(Ratio.sum(own.flatMap((each) => each ?? [])));
  const equity = isolated.length === 0 ? asset.decimal('marginBalance') : crossEquity(asset);
  return {
    reportedMaintenance: maintenance.toText(30),
    reportedProfit: asset.text('crossUnPnl') ?? '',
    ...(equity?.sign() === 1 && { reportedRatio: quotientText(maintenance.over(equity)) }),
  };
}

function crossEquity(asset: Asset): Ratio | undefined {
  const [wallet, profit] = [asset.decimal('crossWalletBalance'), asset.decimal('crossUnPnl')];
  return wallet && profit && wallet.plus(profit);
}

/** The names of our fields in the exchange's data. */
const SOURCE_KEYS = {
  qty: 'positionAmt',
  entry: 'entryPrice',
  mark: 'markPrice',
  lev: 'leverage',
  margin: 'isolatedWallet',
  side: 'positionSide',
} as const;

/** The position of a record; `undefined` if its amount is zero. */
function openPosition(record: Position, problems: Problem[], assets: readonly string[] = []): OpenPosition[] {
  const wrong = (each: Problem): OpenPosition[] => {
    problems.push(each);
    return [];
  };
  const [symbol, amountText] = [record.text('symbol'), record.text('positionAmt')];
  if (symbol === undefined) return wrong(problem('MISSING', record.name, { what: 'symbol', give: ['symbol'] }));
  if (amountText === undefined) return wrong(problem('MISSING', record.name, { what: 'size', give: ['positionAmt'] }));
  const amount = record.decimal('positionAmt');
  if (!amount) return wrong(problem('MALFORMED_NUMBER', `${record.name}.positionAmt`, { value: amountText }));
  if (amount.sign() === 0) return [];
  const side = sideOf(record, amount);
  if (!side) {
    const value = record.text('positionSide') ?? '';
    const why = `${JSON.stringify(value)} contradicts the amount ${amountText}`;
    return wrong(problem('REFUSED', `${record.name}.positionSide`, { why }));
  }
  const isInverse = /USD_(PERP|\d{6})$/.test(symbol);
  const prices = pricesOf(record, amount, isInverse);
  const position = exchangePosition(
    record,
    {
      symbol,
      side,
      qty: amountText.replace(/^[+-]/, ''),
      ...prices,
      lev: record.presentText('leverage'),
      ...(isInverse && { contract: 'inverse', multiplier: binanceMultiplier(symbol) }),
      ...modeOf(record),
    },
    {
      sourceKeys: SOURCE_KEYS,
      isEntryDerived: !record.present('entryPrice'),
      ...reportedPrice(record),
      ...figuresOf(record),
      ownRates: ownRatesOf(record, valueOf(record, { amount, mark: decimalOf(prices.mark), isInverse, symbol })),
    },
  );
  return [{ position, asset: assetOf(record, symbol, isInverse, assets) }];
}

/** The value of a position at its mark, margin asset. */
function valueOf(
  record: Position,
  of: {
    readonly amount: Ratio;
    readonly mark: Ratio | undefined;
    readonly isInverse: boolean;
    readonly symbol: string;
  },
): Ratio | undefined {
  const { amount, mark, isInverse, symbol } = of;
  if (!isInverse) return record.present('notional')?.abs() ?? (mark && amount.abs().times(mark));
  return (
    mark &&
    amount
      .abs()
      .times(Ratio.from(binanceMultiplier(symbol)))
      .over(mark)
  );
}

/** The rate of the record's own maintenance margin at its mark, for a symbol without a table. */
function ownRatesOf(record: Position, value: Ratio | undefined): RawPosition['ownRates'] {
  const maintenance = record.present('maintMargin');
  if (maintenance?.sign() !== 1 || value?.sign() !== 1) return undefined;
  const rate = priceOfValue(maintenance, value).rounded(24);
  return { fields: { mmr: rate.percent().toText(30) }, basis: 'maintenance' };
}

/** The figures of a record that are compared with ours. */
function figuresOf(record: Position): ReportedFigures {
  const profit = PROFIT_KEYS.find((key) => record.decimal(key));
  return {
    ...(record.present('maintMargin') && { reportedMaintenance: record.text('maintMargin') ?? '' }),
    ...(profit !== undefined && { reportedProfit: record.text(profit) ?? '' }),
  };
}

/** The profit in positionRisk, and in the account object. */
const PROFIT_KEYS = ['unRealizedProfit', 'unrealizedProfit'] as const;

const profitOf = (record: Position): Ratio | undefined =>
  record.decimal('unRealizedProfit') ?? record.decimal('unrealizedProfit');

function sideOf(record: Position, amount: Ratio): 'long' | 'short' | undefined {
  const written = record.text('positionSide')?.toUpperCase() ?? 'BOTH';
  if (written === 'SHORT') return 'short';
  if (written === 'LONG') return amount.sign() > 0 ? 'long' : undefined;
  if (written !== 'BOTH') return undefined;
  return amount.sign() > 0 ? 'long' : 'short';
}

/**
 * The asset that a position settles in: from its record, else from its symbol, else the account's asset that its symbol
 * ends in.
 */
function assetOf(record: Position, symbol: string, isInverse: boolean, assets: readonly string[]): string | undefined {
  const known = record.text('marginAsset') ?? settlementAsset(symbol, isInverse ? 'inverse' : 'linear');
  if (known !== undefined) return known.toUpperCase();
  const endings = assets.filter((asset) => asset !== '' && symbol.length > asset.length && symbol.endsWith(asset));
  return endings.sort((a, b) => b.length - a.length)[0];
}

/**
 * Entry and mark. Some answers lack one: the mark is then `|notional / amount|`, or computed from profit and entry; the
 * entry is `mark - profit / amount`.
 */
function pricesOf(record: Position, amount: Ratio, isInverse: boolean): { entry?: string; mark?: string } {
  const [entry, mark] = [record.presentText('entryPrice'), record.presentText('markPrice')];
  if (isInverse || (entry !== undefined && mark !== undefined))
    return { ...(entry !== undefined && { entry }), ...(mark !== undefined && { mark }) };
  const notional = record.present('notional');
  const gain = profitOf(record)?.over(amount);
  const known = record.present('entryPrice');
  const markText =
    mark ??
    (notional
      ? quotientText(priceOfValue(notional.abs(), amount.abs()))
      : known && gain && quotientText(known.plus(gain)));
  const exactMark = decimalOf(markText);
  const entryText = entry ?? (exactMark && gain && quotientText(exactMark.minus(gain)));
  return { ...(entryText !== undefined && { entry: entryText }), ...(markText !== undefined && { mark: markText }) };
}

/**
 * Isolated if the record says so. v3 has no mode: an isolated wallet means isolated. The wallet is `isolatedWallet`, or
 * `isolatedMargin - profit`, because `isolatedMargin` includes the unrealised profit.
 */
function modeOf(record: Position): { mode: string; margin?: string } {
  const wallet = record.presentText('isolatedWallet');
  const margin = record.present('isolatedMargin');
  const says =
    record.text('marginType')?.toLowerCase() ?? (record.object.value('isolated') === true ? 'isolated' : undefined);
  const isSilent = says === undefined && !record.object.has('isolated');
  if (says !== 'isolated' && !(isSilent && (wallet !== undefined || margin))) return { mode: 'cross' };
  if (wallet !== undefined) return { mode: 'isolated', margin: wallet };
  const profit = profitOf(record);
  return { mode: 'isolated', ...(margin && profit && { margin: quotientText(margin.minus(profit)) }) };
}
