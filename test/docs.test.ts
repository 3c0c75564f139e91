import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/cli/commands/index.js';
import { compareOrAccept, lackingTool, replay, serverOf, sessionsOf } from './session.js';

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name));

const sessions = pages.flatMap((page) =>
  sessionsOf(page)
    .filter((session) => serverOf(session) === undefined)
    .map((session) => ({ page, line: session.line, session })),
);

describe('the sessions of the documents', () => {
  it.for(sessions)('$page, line $line', async ({ session }, { skip }) => {
    const lacking = lackingTool(session);
    skip(lacking !== undefined, `${lacking ?? ''} is not installed`);
    compareOrAccept(session, await replay(session), (found, shown) => expect(found).toEqual(shown));
  });
});

describe('documents', () => {
  it.each([...pages, 'README.md', 'CONTRIBUTING.md'])('links in %s lead somewhere', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    const own = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(own.filter((link) => !existsSync(normalize(join(dirname(page), link))))).toEqual([]);
  });

  it('every page is reached from docs/README.md and that from README.md', () => {
    const text = readFileSync('docs/README.md', 'utf8') + readFileSync('docs/commands/README.md', 'utf8');
    const names = pages.map((page) => page.replace('docs/', '').replace('commands/', ''));
    expect(names.filter((name) => name !== 'README.md' && !text.includes(name))).toEqual([]);
    expect(readFileSync('README.md', 'utf8')).toContain('(docs/README.md)');
  });

  it('every command has a page with sessions of its own', () => {
    const index = readFileSync('docs/commands/README.md', 'utf8');
    for (const name of Object.keys(commands).filter((each) => each !== 'help')) {
      const page = new RegExp(`\`${name}\`.*\\]\\(([a-z-]+\\.md)\\)`).exec(index)?.[1];
      expect(page, `docs/commands/README.md has no line for ${name}`).toBeDefined();
      const shown = sessionsOf(join('docs/commands', page ?? '')).flatMap(({ steps }) => steps);
      expect(shown.some(({ command }) => command.includes(`liqcalc ${name}`))).toBe(true);
    }
  });
});
