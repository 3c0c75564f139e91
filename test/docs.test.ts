import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lackingTool, replay, sessionsOf } from './session.js';

const documents = readdirSync('docs').filter((name) => name.endsWith('.md'));
const sessions = documents.flatMap((name) =>
  sessionsOf(join('docs', name)).map((session) => ({ name, line: session.line, session })),
);

describe('docs', () => {
  it('have sessions', () => {
    expect(sessions.length).toBeGreaterThan(1);
  });

  it.for(sessions)('the session of $name at line $line is true', async ({ session }, { skip }) => {
    const lacking = lackingTool(session);
    skip(lacking !== undefined, `${lacking ?? ''} is not installed`);
    expect(await replay(session)).toEqual(session.steps);
  });
});
