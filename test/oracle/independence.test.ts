import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the oracle imports nothing but itself', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'));
  const imported = files.flatMap((name) => {
    const text = readFileSync(`${import.meta.dirname}/${name}`, 'utf8');
    return [...text.matchAll(/from '([^']+)'/g)].map(([, from = '']) => from);
  });
  expect(files).toEqual(expect.arrayContaining(['rational.ts', 'position.ts', 'cases.ts']));
  expect(imported.length).toBeGreaterThan(2);
  expect(imported.filter((from) => !files.includes(from.replace(/^\.\/(.*)\.js$/, '$1.ts')))).toEqual([]);
});
