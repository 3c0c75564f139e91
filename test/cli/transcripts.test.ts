import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareOrAccept, lackingTool, replay, sessionsOf } from '../session.js';
import { HOW_TO_ACCEPT, keptLines, recorder, withoutProse, writeLines } from './machine-outputs.js';

const FOLDER = 'test/cli/transcripts';
const transcripts = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

it('there are transcripts', () => {
  expect(transcripts.length).toBeGreaterThan(0);
});

const kept = keptLines();
const isAccepting = process.env['LIQCALC_ACCEPT'] === '1';
const accepted = new Map<string, readonly string[]>();

describe.each(transcripts)('%s', (name) => {
  const sessions = sessionsOf(join(FOLDER, name)).map((session, index) => ({
    ...session,
    title: `${name}, session ${index + 1}`,
  }));
  it('has sessions', () => {
    expect(sessions.length).toBeGreaterThan(0);
  });
  it.for(sessions)('session at line $line', async (session, { skip }) => {
    const { title } = session;
    accepted.set(title, kept.get(title) ?? []);
    const lacking = lackingTool(session);
    skip(lacking !== undefined, `${lacking ?? ''} is not installed`);
    const { env, lines } = recorder();
    const printed = await replay(session, env);
    // What people read may be reworded; what programs read does not depend on the words.
    if (isAccepting) accepted.set(title, lines());
    else expect.soft(lines(), HOW_TO_ACCEPT).toEqual(kept.get(title));
    compareOrAccept(session, printed, (found, shown) => expect(found).toEqual(shown));
  });
});

afterAll(() => {
  if (isAccepting) writeLines(accepted);
});

it.each([
  ['{"code":"X","message":"a \\"b\\" c","value":"1"}\n', ['--json'], '{"code":"X","message":"(prose)","value":"1"}\n'],
  ['{\n  "title": "A",\n  "a": 1e3\n}\n', ['schema'], '{\n  "title": "(prose)",\n  "a": 1e3\n}\n'],
  ['id,error\n1,\n2,"a, ""b"""\n', ['batch'], 'id,error\n1,\n2,(prose)\n'],
  ['never\tno price\n', ['--only', 'outcome,reason'], 'never\t(prose)\n'],
  ['| id | error |\n|---|---|\n| 1 | a b |\n', ['batch'], '| id | error |\n|---|---|\n| 1 |(prose)|\n'],
])('%j has its prose masked and nothing else', (stdout, argv, masked) => {
  expect(withoutProse({ argv, stdout })).toBe(masked);
});
