import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run, type Run } from '../cli/run.js';
import { CASES, FOLDER, LEFT_OUT, type PublicCase } from './cases.js';
import { compareTable } from '../page-table.js';
import { casesTable, countsTable, differencesTable, leftOutList } from './table.js';

const decimalsOf = (figure: string | null): number => (figure?.split('.')[1] ?? '').length;

/** A figure as the program writes it: without trailing zeros. */
const written = (figure: string): string => (figure.includes('.') ? figure.replace(/\.?0+$/, '') : figure);

async function called({ run: call, stdin, stdinFile }: PublicCase, ...more: readonly string[]): Promise<Run> {
  const argv = call.split(' ').map((word) => (word.startsWith('in/') ? `${FOLDER}/${word}` : word));
  const given = stdinFile === undefined ? stdin : readFileSync(`${FOLDER}/${stdinFile}`, 'utf8');
  return run([...argv, ...more], { ...(given !== undefined && { stdin: given }) });
}

/** The outcome and a figure at so many decimals, tab-separated. */
async function figureOf(each: PublicCase, decimals: number): Promise<string> {
  const field = each.field ?? 'liquidationPrice';
  const { stdout, code } = await called(each, '--only', `outcome,${field}`, '--dp', String(decimals), '-q');
  expect(code).toBe(0);
  return stdout.trimEnd();
}

const stateOf = (figure: string | null, outcome = 'at'): string =>
  figure === null ? 'never' : `${outcome}\t${written(figure)}`;

const SETTLED = CASES.filter(({ open }) => open === undefined);
const PRICED = SETTLED.filter(({ says, code }) => says !== undefined && code === undefined);

describe('public cases', () => {
  it.each(PRICED)('$id: $says', async (each) => {
    const figure = each.answer ?? each.says ?? null;
    expect(await figureOf(each, decimalsOf(figure))).toBe(stateOf(figure, each.outcome));
  });

  it.each(PRICED.filter(({ exact }) => exact !== undefined))("$id by the exchange's rule: $exact", async (each) => {
    const { exact = null } = each;
    const ours = { ...each, run: each.run.replace(' --formula simple', '') };
    expect(ours.run).not.toBe(each.run);
    expect(await figureOf(ours, decimalsOf(exact))).toBe(stateOf(exact));
  });

  it.each(SETTLED.filter(({ prints, last, stderr }) => (prints ?? last ?? stderr) !== undefined))(
    '$id: $source',
    async (each) => {
      const { stdout, stderr, code } = await called(each);
      expect(code).toBe(0);
      if (each.prints !== undefined) expect(stdout).toBe(`${each.prints}\n`);
      if (each.last !== undefined) expect(stdout.trimEnd().split('\n').at(-1)).toBe(each.last);
      if (each.stderr !== undefined) expect(stderr.split('\n')).toContain(each.stderr);
    },
  );

  it.each(SETTLED.filter(({ code }) => code !== undefined))('$id is refused: $words', async (each) => {
    const { stdout, stderr, code } = await called(each);
    expect([code, stdout]).toEqual([each.code, '']);
    expect(stderr).toContain(each.words);
  });
});

/** Half of the last digit that a figure is printed with, or a billionth of it where it has more digits than floats hold. */
function isNear(ours: string, printed: string): boolean {
  const apart = Math.abs(Number(ours) - Number(printed));
  return apart <= 10 ** -decimalsOf(printed) || apart <= 1e-9 * Math.abs(Number(printed));
}

describe('the collection of cases', () => {
  it('says what each case must give, once', () => {
    for (const { id, source, says, prints, last, stderr, words, verdict } of CASES) {
      const ways = [says, prints, last, stderr, words].filter((way) => way !== undefined);
      expect([id, ways.length, source === '']).toEqual([id, 1, false]);
      expect([id, words === '']).toEqual([id, false]);
      expect([id, verdict === 'refused' && words === undefined]).toEqual([id, false]);
    }
    const ids = [...CASES, ...LEFT_OUT].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(LEFT_OUT.filter(({ reason }) => reason === '')).toEqual([]);
  });

  it('judges agreement by the figures', () => {
    for (const { id, says, answer, exact, verdict } of CASES) {
      if (says === undefined) continue;
      const [printed, ours] = [says ?? 'no price', answer ?? says ?? 'no price'];
      const isSame = ours === printed;
      if (verdict === 'agrees') expect([id, isSame]).toEqual([id, true]);
      if (verdict === 'rounds') expect([id, isSame, isNear(ours, printed)]).toEqual([id, false, true]);
      if (verdict === 'another rule' || verdict === 'waits')
        expect([id, isSame || isNear(ours, printed)]).toEqual([id, false]);
      if (verdict === 'source wrong') {
        expect([id, exact === undefined || exact === says]).toEqual([id, false]);
      }
    }
  });

  it('uses every file of its folder', () => {
    const calls = CASES.map(({ run: call, stdinFile = '' }) => `${call} ${stdinFile}`).join(' ');
    expect(readdirSync(`${FOLDER}/in`).filter((file) => !calls.includes(`in/${file}`))).toEqual([]);
  });
});

describe('docs/accuracy.md', () => {
  it.each([
    ['cases', casesTable()],
    ['verdicts', countsTable()],
    ['differences', differencesTable()],
    ['left out', leftOutList()],
  ])('has the table of %s', (name, lines) => {
    compareTable('docs/accuracy.md', name, lines);
  });
});
