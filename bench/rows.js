// The inputs of the benchmark: the same rows on every machine.

/** A seeded source of whole numbers below a bound. */
function dice(seed) {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const RATES = ['0.4', '0.5', '0.65', '1', '0.25'];
const SYMBOLS = [
  ['BTCUSDT', 60000],
  ['ETHUSDT', 3000],
  ['SOLUSDT', 150],
  ['BNBUSDT', 600],
];

/** So many symbols have a table in `tables`. */
const SYMBOL_COUNT = 349;

/** Bracket tables for the rows of `symbols`, as `--brackets` reads them: that of a symbol under other names. */
export function tables(shown) {
  const [table] = JSON.parse(shown).tables;
  const all = Array.from({ length: SYMBOL_COUNT }, (_, index) => ({ ...table, symbol: `S${index}USDT` }));
  return JSON.stringify({ tables: all });
}

function plain(id, roll) {
  const side = roll(2) === 0 ? 'long' : 'short';
  const entry = (roll(9_000_000) + 100_000) / 100;
  return { id, side, entry, lev: 1 + roll(125), mmr: RATES[roll(RATES.length)] };
}

/** How a row of each kind is written, with its line end. */
const KINDS = {
  compact(id, roll) {
    const { side, entry, lev, mmr } = plain(id, roll);
    return `{"id":${id},"side":"${side}","entry":"${entry}","lev":${lev},"mmr":${mmr}}\n`;
  },
  loose(id, roll) {
    const { side, entry, lev, mmr } = plain(id, roll);
    return `{ "mmr": "${mmr}%", "lev": "${lev}x", "note": "a \\"b\\"", "entry": ${entry}, "side": "${side}", "id": ${id} }\r\n`;
  },
  csv(id, roll) {
    const { side, entry, lev, mmr } = plain(id, roll);
    return `${id},${side},${entry},${lev},${mmr}\n`;
  },
  sized(id, roll) {
    const { side, entry, lev, mmr } = plain(id, roll);
    const qty = ((roll(9000) + 10) / 1000).toFixed(3);
    const margin = ((entry * qty) / lev).toFixed(2);
    const mark = (entry * (0.97 + roll(60) / 1000)).toFixed(2);
    const sizes = `"qty":"${qty}","margin":"${margin}","cum":"${roll(50)}","mark":"${mark}"`;
    return `{"id":${id},"side":"${side}","entry":"${entry}","mmr":${mmr},${sizes}}\n`;
  },
  symbols(id, roll) {
    const { side, entry, lev } = plain(id, roll);
    const qty = ((roll(9000) + 10) / 1000).toFixed(3);
    return `{"id":${id},"symbol":"S${roll(SYMBOL_COUNT)}USDT","side":"${side}","entry":"${entry}","lev":${1 + (lev % 20)},"qty":"${qty}"}\n`;
  },
  failing(id, roll) {
    const { side, entry, lev, mmr } = plain(id, roll);
    return `{"id":${id},"side":"${side}","entry":"${entry}x","lev":${lev},"mmr":${mmr}}\n`;
  },
  fields(id, roll) {
    const side = roll(2) === 0 ? 'long' : 'short';
    const [symbol, price] = SYMBOLS[roll(SYMBOLS.length)];
    const entry = (price * (0.7 + roll(1000) / 1600)).toFixed(2);
    const qty = (((roll(9000) + 10) * 60) / price).toFixed(3);
    const mark = (entry * (0.97 + roll(60) / 1000)).toFixed(2);
    const lev = 2 + roll(18);
    const margin = ((entry * qty) / lev).toFixed(2);
    const own = `"id":${id},"side":"${side}","entry":"${entry}","qty":"${qty}","mark":"${mark}"`;
    switch (roll(3)) {
      case 0:
        return `{${own},"margin":"${margin}","mmr":0.5,"cum":"${roll(2) * 300}"}\n`;
      case 1:
        return `{${own},"symbol":"${symbol}","lev":${lev}}\n`;
      default:
        return `{${own},"symbol":"${symbol}","margin":"${margin}"}\n`;
    }
  },
};

/** The rows of a kind, in blocks of text. */
export function* blocks(kind, count, size = 5000) {
  const roll = dice(20261122);
  for (let from = 1; from <= count; from += size) {
    let text = '';
    for (let id = from; id < from + size && id <= count; id++) text += KINDS[kind](id, roll);
    yield text;
  }
}

/** The same as a JSON array. */
export function* arrayBlocks(kind, count) {
  let before = '[';
  for (const block of blocks(kind, count)) {
    yield before + block.trimEnd().replaceAll('\n', ',\n');
    before = ',\n';
  }
  yield ']\n';
}

/** An account of cross positions, all linear. */
export function account(count) {
  const roll = dice(7);
  const positions = Array.from({ length: count }, (_, index) => {
    const [entry, qty] = [roll(900_000) + 1000, roll(9000) + 1];
    const mark = (entry * (0.98 + roll(40) / 1000)).toFixed(2);
    const side = roll(2) === 0 ? 'long' : 'short';
    return {
      symbol: `S${index}`,
      side,
      qty: String(qty / 1000),
      entry: String(entry / 10),
      mark: String(mark / 10),
      mmr: '1',
    };
  });
  return JSON.stringify({ wallet: '1000000000', positions });
}

/** Files of other commands, by what they have many of. */
export const MANY = {
  fills(count) {
    const roll = dice(11);
    const fills = Array.from({ length: count }, (_, index) => {
      const [price, qty] = [(roll(900_000) + 100_000) / 100, (roll(9000) + 1) / 1000];
      return {
        symbol: 'BTCUSDT',
        side: roll(3) === 0 ? 'SELL' : 'BUY',
        price: String(price),
        qty: String(qty),
        time: index,
      };
    });
    return JSON.stringify(fills);
  },
  candles(count) {
    const roll = dice(13);
    const rows = Array.from({ length: count }, () => {
      const low = roll(90_000) + 10_000;
      const [height, close] = [roll(500) + 1, roll(500)];
      return `${(low + height) / 10},${low / 10},${(low + Math.min(height, close)) / 10}`;
    });
    return `high,low,close\n${rows.join('\n')}\n`;
  },
  rates(count) {
    const roll = dice(17);
    const rates = Array.from({ length: count }, (_, index) => ({
      symbol: 'BTCUSDT',
      fundingTime: 1_700_000_000_000 + index * 28_800_000,
      fundingRate: ((roll(200) - 100) / 1_000_000).toFixed(8),
    }));
    return JSON.stringify(rates);
  },
};
