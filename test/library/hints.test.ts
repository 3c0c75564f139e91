import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** The declarations of every door of the library. */
const doors = Object.values(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, string | { types: string }> }).exports,
).flatMap((target) => (typeof target === 'string' ? [] : [resolve(target.types)]));

/** Keys whose text is elsewhere: details of problems are in docs/errors.md, switches are declared by name and text. */
const ELSEWHERE = /^Problem\.details|\.(both|chart|path|#private)$/;
/** How far members of members are followed. */
const DEPTH = 3;

const program = ts.createProgram(doors, {
  strict: true,
  target: ts.ScriptTarget.ES2023,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
});
const checker = program.getTypeChecker();

const isOurs = (symbol: ts.Symbol): boolean =>
  (symbol.declarations ?? []).some((each) => each.getSourceFile().fileName.startsWith(resolve('dist')));
const textOf = (symbol: ts.Symbol): string => ts.displayPartsToString(symbol.getDocumentationComment(checker));

/** The keys of a type, and of what they contain, that an editor shows without text. */
function silentKeys(type: ts.Type, name: string, found: Map<string, boolean>, depth = 0): void {
  for (const part of type.isUnion() ? type.types : [type]) {
    if (depth > DEPTH || !(part.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) continue;
    if (checker.isArrayType(part)) {
      const [item] = checker.getTypeArguments(part as ts.TypeReference);
      if (item) silentKeys(item, `${name}[]`, found, depth + 1);
      continue;
    }
    if (part.getCallSignatures().length > 0) continue;
    for (const key of part.getProperties().filter(isOurs)) {
      const place = `${name}.${key.name}`;
      found.set(place, (found.get(place) ?? false) || textOf(key) !== '');
      silentKeys(checker.getTypeOfSymbol(key), place, found, depth + 1);
    }
  }
}

it('editors show a text for every key that goes into the library or comes out of it', () => {
  const found = new Map<string, boolean>();
  for (const door of doors) {
    const source = program.getSourceFile(door);
    const module = source && checker.getSymbolAtLocation(source);
    for (const exported of module ? checker.getExportsOfModule(module) : []) {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      if (symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface))
        silentKeys(checker.getDeclaredTypeOfSymbol(symbol), exported.name, found);
      else
        for (const call of checker.getTypeOfSymbol(symbol).getCallSignatures())
          silentKeys(call.getReturnType(), `${exported.name}()`, found);
    }
  }
  expect(found.size).toBeGreaterThan(1000);
  expect([...found].flatMap(([key, hasText]) => (hasText || ELSEWHERE.test(key) ? [] : [key]))).toEqual([]);
});
