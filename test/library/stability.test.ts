import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { EXIT_CODES } from '../../src/cli/exit-codes.js';
import { commands as questions } from '../../src/commands/index.js';
import { command as position } from '../../src/commands/position.js';
import type { Command } from '../../src/commands/shared/command.js';
import { rules } from '../../src/core/risk/rules/index.js';
import { ACCOUNT_FIGURES, COMPARED_FIGURES } from '../../src/formats/account-figures.js';
import { FIELD_LIST } from '../../src/formats/fields.js';
import { RESULT_KEYS } from '../../src/formats/result-keys.js';
import { schemas } from '../../src/schema.js';
import { FINDING_KEYS, PASS } from '../../src/schema/finding.js';
import { PROBLEM_EXAMPLES, WARNING_EXAMPLES } from '../error-examples.js';

const LIST = 'test/library/stability.txt';

/** The modules of the library, as package.json exports them: name and declarations. */
const doors = Object.entries(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, string | { types: string }> }).exports,
).flatMap(([name, target]) => (typeof target === 'string' ? [] : [[name, resolve(target.types)] as const]));

/** What a door exports, one line each: functions with their signatures, types with their keys. */
function exportsOf(): readonly string[] {
  const program = ts.createProgram(
    doors.map(([, file]) => file),
    {
      strict: true,
      target: ts.ScriptTarget.ES2023,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: ['node'],
    },
  );
  const checker = program.getTypeChecker();
  return doors.flatMap(([door, file]) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const found = module ? checker.getExportsOfModule(module) : [];
    return found.map((symbol) => `${door} ${described(checker, symbol)}`).sort();
  });
}

function described(checker: ts.TypeChecker, exported: ts.Symbol): string {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const value = symbol.valueDeclaration;
  if (!value || ts.isClassDeclaration(value)) {
    return `type ${exported.name}: ${keysOf(checker, checker.getDeclaredTypeOfSymbol(symbol))}`;
  }
  const type = checker.getTypeOfSymbolAtLocation(symbol, value);
  const signatures = type.getCallSignatures().map((each) => {
    return checker.signatureToString(each, value, ts.TypeFormatFlags.NoTruncation);
  });
  const own = value.getSourceFile().fileName.includes('/decimal.js/') ? '' : keysOf(checker, type);
  return `value ${exported.name}${signatures.join(' & ') || `: ${own}`}`;
}

/** The words of a union of words, else the keys of a type, optional ones with a question mark. */
function keysOf(checker: ts.TypeChecker, type: ts.Type): string {
  const parts = type.isUnion() ? type.types : [type];
  if (parts.every((each) => each.isStringLiteral())) {
    return parts
      .map((each) => checker.typeToString(each))
      .sort()
      .join(' | ');
  }
  if (parts.some((each) => each.getProperties().length === 0 || !(each.flags & OBJECTS))) {
    return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias);
  }
  const keys = parts.flatMap((each) =>
    each.getProperties().map(({ name, flags }) => {
      return `${name}${flags & ts.SymbolFlags.Optional ? '?' : ''}`;
    }),
  );
  return [...new Set(keys)]
    .filter((key) => !key.startsWith('__'))
    .sort()
    .join(' ');
}

const OBJECTS = ts.TypeFlags.Object | ts.TypeFlags.Intersection;

async function questionLines(): Promise<readonly string[]> {
  const loaded = await Promise.all(
    Object.entries(questions).map(async ([name, entry]) => [name, (await entry.load()).command as Command] as const),
  );
  return [['long and short', position as Command] as const, ...loaded].flatMap(([name, command]) => [
    `inputs of ${name}: ${[...command.position, ...Object.keys(command.inputs)].join(' ')}`,
    `switches of ${name}: ${Object.keys(command.switches ?? {}).join(' ')}`,
    `figures of ${name}: ${Object.keys(command.figures).join(' ')}`,
    ...(command.list ? [`rows of ${name}: ${command.list.key}: ${Object.keys(command.list.figures).join(' ')}`] : []),
  ]);
}

const figureLine = ([key, figure]: [string, object]): string =>
  'column' in figure ? `${key} (column ${String(figure.column)})` : key;

async function flagLines(): Promise<readonly string[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, { load }]) => {
      const { usage } = await load();
      return `flags of ${name}: ${usage.flags.map((flag) => `--${flag.name}`).join(' ')}`;
    }),
  );
}

/** Everything that docs/stability.md says stays. */
async function promised(): Promise<string> {
  const lines = [
    ...exportsOf(),
    ...(await flagLines()),
    ...FIELD_LIST.map(([key, { flag, short, aliases }]) => {
      return `field ${key}: ${[...(flag ? [`--${flag}`] : []), ...(short ? [`-${short}`] : []), ...aliases].join(' ')}`;
    }),
    ...(await questionLines()),
    `results of a position, and columns: ${RESULT_KEYS.join(' ')}`,
    ...Object.entries(ACCOUNT_FIGURES).map((each) => `figure of an account: ${figureLine(each)}`),
    ...Object.entries(COMPARED_FIGURES).map((each) => `figure of a compared position: ${figureLine(each)}`),
    `keys of a finding, and columns: ${FINDING_KEYS.join(' ')}`,
    `keys of a pass: ${Object.keys(PASS).join(' ')}`,
    ...Object.entries(rules).map(
      ([id, { unit, settings }]) => `rule ${id} (${unit}): ${Object.keys(settings).join(' ')}`,
    ),
    `schemas: ${Object.keys(schemas).join(' ')}`,
    ...Object.entries(EXIT_CODES).map(([name, { code }]) => `exit code ${code}: ${name}`),
    ...Object.entries(PROBLEM_EXAMPLES).map(
      ([code, { details }]) => `error ${code}: ${Object.keys(details).join(' ')}`,
    ),
    ...Object.entries(WARNING_EXAMPLES).map(
      ([code, { details }]) => `warning ${code}: ${Object.keys(details).join(' ')}`,
    ),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

it('what docs/stability.md says stays is what the committed list says', async () => {
  const found = await promised();
  if (process.env['LIQCALC_ACCEPT'] === '1') writeFileSync(LIST, found);
  const how = `a line that is gone or changed is a break, see docs/stability.md; LIQCALC_ACCEPT=1 writes ${LIST} again`;
  expect(found.split('\n'), how).toEqual(readFileSync(LIST, 'utf8').split('\n'));
});

it('the list has every door with its exports', () => {
  const exported = exportsOf();
  expect(doors.length).toBeGreaterThan(6);
  for (const [door] of doors) expect(exported.some((line) => line.startsWith(`${door} value`))).toBe(true);
});
