// Microseconds that calls of the library take, printed as JSON: the median of many blocks of calls, in processor time, warm.
import { assess, liquidationPrice } from 'liqcalc';

const BLOCKS = 61;
const CALLS = 300;
const plain = { side: 'long', entry: '30000', lev: '10', mmr: '0.5' };
const onTable = { side: 'long', symbol: 'BTCUSDT', entry: '60000', lev: '20', qty: '0.5' };

const WORK = {
  plain: () => liquidationPrice(plain),
  onTable: () => liquidationPrice(onTable),
  assess: () => assess(plain),
  assessOnly: () => assess(plain, { only: ['liquidationPrice', 'distancePercent'] }),
};

function microseconds(work) {
  for (let call = 0; call < 5000; call++) work();
  const blocks = Array.from({ length: BLOCKS }, () => {
    const before = process.cpuUsage();
    for (let call = 0; call < CALLS; call++) work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / CALLS;
  });
  return blocks.toSorted((a, b) => a - b)[Math.floor(BLOCKS / 2)];
}

const times = Object.entries(WORK).map(([name, work]) => [name, microseconds(work)]);
process.stdout.write(`${JSON.stringify(Object.fromEntries(times))}\n`);
