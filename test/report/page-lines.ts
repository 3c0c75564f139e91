import { readFileSync } from 'node:fs';

/** Positions of an account: long and short, cross and isolated, some near to liquidation. */
export const MANY = 50;
const positions = Array.from({ length: MANY }, (_, index) => ({
  symbol: `COIN${index}USDT`,
  side: index % 3 === 0 ? 'short' : 'long',
  qty: String(100 + index),
  entry: `${10 + index}.25`,
  mark: `${10 + index}.5`,
  mmr: index % 2 === 0 ? '0.5' : '1.25',
  ...(index % 4 === 0 ? { mode: 'isolated', lev: String(5 + index) } : {}),
}));

/** An account of many positions, as JSON. */
export const MANY_POSITIONS = JSON.stringify({ wallet: '9000', asset: 'USDT', positions });

/** The same positions as records of `batch`. */
export const MANY_RECORDS = positions
  .map((each) => `${JSON.stringify({ lev: '10', ...each, mode: undefined })}\n`)
  .join('');

const hedge = '--wallet 50 --pos long:X:2@100,mark=100,mmr=1 --pos short:X:2@110,mark=100,mmr=1';

/** Lines that write pages, with their input and exit code. */
export const PAGES: readonly { readonly line: string; readonly stdin?: string; readonly code: number }[] = [
  { line: 'account', stdin: MANY_POSITIONS, code: 0 },
  { line: 'account examples/account.json --shock BTCUSDT=-10 --need margin-ratio=30', code: 0 },
  { line: `account ${hedge} --top 1`, code: 0 },
  { line: 'account examples/account.json --within 1', code: 0 },
  { line: 'account examples/account.json --reconcile', code: 0 },
  { line: 'account --wallet 1 --pos long:X:1@100,mark=50,mmr=1', code: 0 },
  { line: 'account', stdin: '{"wallet":"50","positions":[]}', code: 0 },
  { line: 'check examples/account.json', code: 0 },
  { line: 'check', stdin: MANY_POSITIONS, code: 1 },
  { line: 'check long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --stop 58000', code: 0 },
  {
    line: 'long BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 59000 --stop 58000 --take 66000 --taker 0.05',
    code: 0,
  },
  { line: 'short BTCUSD_PERP --entry 60000 --qty 100 --lev 5 --liq-fee 1 -q', code: 0 },
  { line: 'long --entry 1000 --margin 1000 --qty 1 --mmr 0.4', code: 0 },
  { line: 'long --entry 100 --lev 125 --mmr 1', code: 0 },
  { line: 'compare short BTCUSDT --entry 60000 --lev 20 --qty 0.5 --mark 61000', code: 0 },
  { line: 'compare long --entry 100 --margin 200 --qty 1 --mmr 1', code: 0 },
  { line: 'sweep long BTCUSDT --entry 60000 --qty 0.5 --both', code: 0 },
  { line: 'sweep short --entries 100,300,200 --lev 10 --mmr 1', code: 0 },
  { line: 'batch', stdin: MANY_RECORDS, code: 0 },
  { line: 'batch --on-error skip', stdin: readFileSync('examples/book.csv', 'utf8'), code: 65 },
];
