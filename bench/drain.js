// Reads standard input to its end, pausing after every so many bytes: drain.js MILLISECONDS. Prints the number of lines.
import { readSync } from 'node:fs';

const pause = Number(process.argv[2] ?? 0);
const still = new Int32Array(new SharedArrayBuffer(4));
const buffer = Buffer.alloc(1 << 16);
let lines = 0;
let since = 0;
for (let count; (count = readSync(0, buffer)) > 0;) {
  for (let at = buffer.indexOf(10); at >= 0 && at < count; at = buffer.indexOf(10, at + 1)) lines++;
  since += count;
  if (pause > 0 && since > 1 << 20) {
    Atomics.wait(still, 0, 0, pause);
    since = 0;
  }
}
process.stdout.write(`${lines}\n`);
