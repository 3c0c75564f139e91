import { describe, expect, it } from 'vitest';
import { colorLevel, isUtf8 } from '../../src/cli/terminal.js';

const yes = (): boolean => true;
const no = (): boolean => false;

describe('colour', () => {
  it.each([
    ['auto', {}, yes, 1],
    ['auto', {}, no, 0],
    ['auto', { NO_COLOR: '1' }, yes, 0],
    ['auto', { NO_COLOR: '' }, yes, 1],
    ['auto', { FORCE_COLOR: '1' }, no, 1],
    ['auto', { FORCE_COLOR: '' }, no, 1],
    ['auto', { FORCE_COLOR: '0' }, yes, 0],
    ['auto', { FORCE_COLOR: 'false' }, yes, 0],
    ['auto', { FORCE_COLOR: '2' }, no, 2],
    ['auto', { FORCE_COLOR: '3' }, no, 3],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, yes, 0],
    ['auto', { TERM: 'dumb' }, yes, 0],
    ['always', { NO_COLOR: '1' }, no, 1],
    ['never', { FORCE_COLOR: '1' }, yes, 0],
  ] as const)('%s with %o', (choice, env, isTerminal, level) => {
    expect(colorLevel(choice, env, isTerminal)).toBe(level);
  });
});

describe('locale', () => {
  it.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }, true],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{}, false],
  ])('%o', (env, utf8) => {
    expect(isUtf8(env)).toBe(utf8);
  });
});
