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
