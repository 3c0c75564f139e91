import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/core/risk/report.js';
import { RULE_IDS, rules, type Rule, type RuleId } from '../../../src/core/risk/rules/index.js';
import { CASES, type Cases, type Row } from './cases.js';

/** What the first judgement of a rule is: of the first position, or of the account. */
function said(id: RuleId, { of }: Pick<Row, 'of'>): Row['says'] | readonly string[] {
  const { findings, passes, skipped } = judge(of);
  const finding = findings.find(({ rule }) => rule === id);
  if (finding) return finding.severity;
  if (passes.some(({ rule }) => rule === id)) return 'ok';
  return skipped.find(({ rule }) => rule === id)?.lacks ?? 'idle';
}

function expectRow(id: RuleId, row: Row): void {
  expect(said(id, row)).toBe(row.says);
  const { findings, passes } = judge(row.of);
  const finding = findings.find(({ rule }) => rule === id);
  const value = (finding ?? passes.find(({ rule }) => rule === id))?.value;
  if (row.value !== undefined) expect(value?.toText(12) ?? 'none').toBe(row.value);
  if (row.limit !== undefined) expect(finding?.limit?.toText(12)).toBe(row.limit);
  if (!finding) return;
  expect(finding.message).toMatch(/^[a-zA-Z].{8,}/);
  expect(`${finding.message} ${finding.advice}`).not.toMatch(/undefined|NaN|null|\n|\[object|\d{20}/);
  expect(finding.advice).not.toBe('');
}

const cases: Readonly<Record<RuleId, Cases>> = CASES;

describe.each(RULE_IDS)('%s', (id) => {
  const rule: Rule = rules[id];
  const { edges, missing, empty = [], others = [] } = cases[id];
  const rows = Object.values(edges).flatMap(({ below, at, above }) => [below, at, above]);

  it('has a case below, at and above each of its numbers', () => {
    expect(Object.keys(edges)).toEqual(expect.arrayContaining(Object.keys(rule.settings)));
  });

  it('has a case for all that it needs, and lacks nothing else', () => {
    const lacked = new Set(missing.flatMap(({ lacks }) => lacks));
    expect(new Set(rule.needs.filter((datum) => datum !== 'mode'))).toEqual(lacked);
  });

  it('has a case that fires and one that does not', () => {
    const says = [...rows, ...others, ...empty].map((row) => row.says);
    expect(says).toContain('ok');
    expect(says.some((each) => each !== 'ok' && each !== 'idle')).toBe(true);
  });

  it('says something else on the two sides of a limit', () => {
    for (const { below, above } of Object.values(edges)) {
      expect([below.says, below.limit]).not.toEqual([above.says, above.limit]);
    }
  });

  it.each(Object.entries(edges))('just below, at and just above %s', (_name, { below, at, above }) => {
    expectRow(id, below);
    expectRow(id, at);
    expectRow(id, above);
  });

  it.each(missing)('lacks $lacks', (row) => {
    expect(said(id, row)).toEqual(row.lacks);
  });

  it.each([...empty, ...others])('says $says', (row) => {
    expectRow(id, row);
  });

  it('has its file, and says what it is for', () => {
    expect(readdirSync('src/core/risk/rules')).toContain(`${id}.ts`);
    expect(rule.title).toMatch(/^[a-z].*[a-z)]$/);
    expect(rule.reason.length).toBeGreaterThan(80);
    expect(rule.source).toMatch(/(2026-06-29|2025-05-17), /);
  });
});

describe('registry', () => {
  it('has every file of the folder', () => {
    const files = readdirSync('src/core/risk/rules').filter((name) => name !== 'index.ts');
    expect(files.sort()).toEqual(RULE_IDS.map((id) => `${id}.ts`).sort());
  });

  it('begins as the table that it comes from', () => {
    expect(RULE_IDS.slice(0, 3)).toEqual(['distance', 'trade-risk', 'allocation']);
  });
});
