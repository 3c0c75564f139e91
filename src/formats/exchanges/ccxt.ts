import { problem, type Problem } from '../../core/errors.js';
import { Ratio } from '../../core/ratio.js';
import { settlementAsset } from '../../core/settlement.js';
import type { RawAccount, RawPosition } from '../account.js';
import {
  exchangePosition,
  ExchangeRecord,
  exchangeRecords,
  isPortfolioMargin,
  magnitude,
  PORTFOLIO_MARGIN,
  priceOfValue,
  quotientText,
  refusedAccount,
  reportedPrice,
  unreadableAccount,
  type ExchangeReader,
} from '../exchange-record.js';
import { jsonKind } from '../json.js';

const WANTED = 'give the array that fetchPositions returns (with --wallet)';

/**
 * ccxt's unified positions, as `fetchPositions` returns them.
 *
 * @see https://docs.ccxt.com/#/README?id=position-structure
 */
export const ccxt: ExchangeReader = {
  meaning: 'unified positions of ccxt (fetchPositions)',
  read: (json, { asset }) => {
    if (jsonKind(json) !== 'array') return [unreadableAccount(json, WANTED)];
    const problems: Problem[] = [];
    const records = exchangeRecords(json, '', problems);
    if (records.some((record) => isPortfolioMargin(record.inner('info')))) return [refusedAccount(PORTFOLIO_MARGIN)];
    const open = records.flatMap((record) => openPosition(record, problems));
    const assets = [...new Set(open.map((each) => each.asset ?? 'an unknown asset'))];
    if (asset === undefined && assets.length > 1) {
      return [
        refusedAccount(`the positions settle in ${assets.join(', ')}, and --wallet is of one asset; give --asset`),
      ];
    }
    const wanted = asset ?? assets[0];
    const positions = open
      .filter((each) => asset === undefined || each.asset === asset)
      .map(({ position }) => position);
    const account: RawAccount = {
      positions,
      problems,
      own: wanted === undefined ? [] : [['asset', JSON.stringify(wanted)]],
    };
    return [account];
  },
};

/** What our fields are called in unified positions. */
const SOURCE_KEYS = {
  qty: 'contracts',
  entry: 'entryPrice',
  mark: 'markPrice',
  lev: 'leverage',
  margin: 'collateral',
  multiplier: 'contractSize',
  mmr: 'maintenanceMarginPercentage',
} as const;

/** The position of a record with the asset it settles in; none where it has no contracts. */
function openPosition(
  record: ExchangeRecord,
  problems: Problem[],
): { readonly position: RawPosition; readonly asset: string | undefined }[] {
  const symbol = record.text('symbol');
  const [text, contracts] = [record.text('contracts'), record.decimal('contracts')];
  if (symbol === undefined || text === undefined) {
    const [what, key] = symbol === undefined ? ['symbol', 'symbol'] : ['size', 'contracts'];
    problems.push(problem('MISSING', record.name, { what, give: [key] }));
    return [];
  }
  if (!contracts) {
    problems.push(problem('MALFORMED_NUMBER', `${record.name}.contracts`, { value: text }));
    return [];
  }
  if (contracts.sign() === 0) return [];
  const contract = /^([^/]+)\/[^:]+:\1(-|$)/.test(symbol.toUpperCase()) ? 'inverse' : 'linear';
  const size = record.present('contractSize') ?? Ratio.ONE;
  const quantity = magnitude(contracts);
  const position = exchangePosition(
    record,
    {
      symbol,
      side: record.text('side'),
      ...(contract === 'inverse'
        ? { qty: quantity.toText(30), contract, multiplier: record.presentText('contractSize') }
        : { qty: quantity.times(size).toText(30) }),
      entry: record.presentText('entryPrice'),
      mark: record.presentText('markPrice') ?? markOfNotional(record, quantity.times(size), contract),
      lev: record.presentText('leverage'),
      ...modeOf(record),
    },
    {
      sourceKeys: SOURCE_KEYS,
      isEntryDerived: false,
      fallback: ratesOf(record),
      ...reportedPrice(record, 'liquidationPrice'),
      ...(record.present('maintenanceMargin') && { reportedMaintenance: record.text('maintenanceMargin') ?? '' }),
    },
  );
  return [{ position, asset: settlementAsset(symbol, contract) }];
}

function markOfNotional(record: ExchangeRecord, size: Ratio, contract: string): string | undefined {
  const notional = record.present('notional');
  return notional && contract === 'linear' ? priceOfValue(magnitude(notional), size) : undefined;
}

/** The isolated wallet: as the exchange itself says, else the collateral, which includes the profit, without it. */
function modeOf(record: ExchangeRecord): { mode: string | undefined; margin?: string | undefined } {
  const mode = record.text('marginMode')?.toLowerCase();
  if (mode !== 'isolated') return { mode };
  const info = record.json('info');
  const raw = info !== undefined && jsonKind(info) === 'object' ? new ExchangeRecord('info', info) : undefined;
  const wallet = raw?.presentText('isolatedWallet');
  if (wallet !== undefined) return { mode, margin: wallet };
  const [collateral, profit] = [record.present('collateral'), record.decimal('unrealizedPnl')];
  return { mode, margin: collateral && profit && quotientText(collateral.minus(profit)) };
}

/**
 * Rate and amount by the data, for symbols without a table: `maintenanceMarginPercentage` is a fraction; the amount is
 * what it is more than the maintenance margin at the mark.
 */
function ratesOf(record: ExchangeRecord): Readonly<Record<string, string>> | undefined {
  const rate = record.decimal('maintenanceMarginPercentage');
  if (!rate) return undefined;
  const [notional, maintenance] = [record.decimal('notional'), record.decimal('maintenanceMargin')];
  const amount = notional && maintenance && rate.times(magnitude(notional)).minus(maintenance);
  return {
    mmr: rate.times(Ratio.HUNDRED).toText(30),
    ...(amount && amount.sign() > 0 && { cum: quotientText(amount) }),
  };
}
