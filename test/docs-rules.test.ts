import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RULE_IDS, rules, type Rule } from '../src/core/risk/rules/index.js';
import { RISK_DATA } from '../src/formats/risk-data/index.js';
import { compareTable, heading, row } from './page-table.js';
import { limitWords } from '../src/report/text/risk/rule-words.js';

const PAGE = 'docs/rules.md';

it('the table of rules is the registry', () => {
  const rows = RULE_IDS.map((id) => {
    const { title, needs }: Rule = rules[id];
    const limits = limitWords(id);
    return row([`\`${id}\``, title, needs.map((datum) => `\`${datum}\``).join(', '), limits]);
  });
  expect(rows.length).toBeGreaterThan(20);
  compareTable(PAGE, 'rules', [...heading(['rule', 'judges', 'needs', 'default limits']), ...rows]);
});

it('every rule has its reason and its source', () => {
  const lines = RULE_IDS.flatMap((id) => {
    const { reason, source }: Rule = rules[id];
    return [`- \`${id}\`: ${reason} From ${source}.`];
  });
  compareTable(PAGE, 'reasons', lines);
});

it('every datum has its row, under what it is of', () => {
  const [, data = ''] = readFileSync(PAGE, 'utf8').split('\n## The data\n');
  const rows = [...data.matchAll(/^\| `(\w+)` \| (account|position) \| \S/gm)].map(
    ([, key, of]) => `${key ?? ''} of ${of ?? ''}`,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.toSorted()).toEqual(
    Object.entries(RISK_DATA)
      .map(([key, { of }]) => `${key} of ${of}`)
      .toSorted(),
  );
});

it.each(['order-book slippage', 'macro calendar', 'insurance fund', 'trade log', 'leverage lock'])(
  'says that %s is left out, and why',
  (what) => {
    const [, leftOut = ''] = readFileSync(PAGE, 'utf8').split('## Left out on purpose');
    expect(leftOut.toLowerCase()).toContain(what);
  },
);
