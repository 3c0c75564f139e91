// The program that the stream is compared with: a file read in chunks, each line through JSON.parse, nothing else; with
// `stringify` every object is written again.
import { createReadStream } from 'node:fs';

const [, , path, stringify] = process.argv;
let rest = Buffer.alloc(0);
let count = 0;
for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
  const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
  const out = [];
  let start = 0;
  for (let end; (end = bytes.indexOf(10, start)) >= 0; start = end + 1) {
    const row = JSON.parse(bytes.latin1Slice(start, end));
    if (stringify === 'stringify') out.push(JSON.stringify(row), '\n');
    count++;
  }
  rest = bytes.subarray(start);
  if (out.length > 0) await new Promise((resolve) => process.stdout.write(out.join(''), 'latin1', resolve));
}
process.stderr.write(`${count}\n`);
