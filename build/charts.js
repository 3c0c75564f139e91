// The pictures of the documents, rendered from what liqcalc itself prints with --format vega-lite: npm run charts.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import * as vega from 'vega';
import { compile } from 'vega-lite';

const CHARTS = {
  sweep: ['sweep', 'long', '--entry', '30000', '--mmr', '0.5', '--both'],
  account: ['account', 'examples/account.json'],
};

mkdirSync('docs/img', { recursive: true });
for (const [name, args] of Object.entries(CHARTS)) {
  const printed = execFileSync(process.execPath, ['bin/liqcalc.js', ...args, '--format', 'vega-lite'], {
    encoding: 'utf8',
  });
  const { spec } = compile({ ...JSON.parse(printed), background: 'white' });
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  writeFileSync(`docs/img/${name}.svg`, `${await view.toSVG()}\n`);
}
