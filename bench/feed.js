// Writes rows to standard output as long as the reader reads: feed.js KIND COUNT [array].
import { writeSync } from 'node:fs';
import { arrayBlocks, blocks } from './rows.js';

const [, , kind, count, layout] = process.argv;
for (const block of (layout === 'array' ? arrayBlocks : blocks)(kind, Number(count))) {
  let bytes = Buffer.from(block);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
}
