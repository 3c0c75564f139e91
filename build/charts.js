// The pictures of the documents, as liqcalc itself draws them: npm run charts. test/report/pictures.test.ts compares them.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const CHARTS = JSON.parse(readFileSync('docs/img/charts.json', 'utf8'));

for (const [name, line] of Object.entries(CHARTS)) {
  const args = ['bin/liqcalc.js', ...line.split(' '), '--format', 'svg'];
  writeFileSync(`docs/img/${name}.svg`, execFileSync(process.execPath, args));
}
