import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lackingTool, replay, sessionsOf } from '../session.js';

const FOLDER = 'test/cli/transcripts';
const transcripts = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

it('there are transcripts', () => {
  expect(transcripts.length).toBeGreaterThan(0);
});

describe.each(transcripts)('%s', (name) => {
  const sessions = sessionsOf(join(FOLDER, name));
  it('has sessions', () => {
    expect(sessions.length).toBeGreaterThan(0);
  });
  it.for(sessions)('session at line $line', async (session, { skip }) => {
    const lacking = lackingTool(session);
    skip(lacking !== undefined, `${lacking ?? ''} is not installed`);
    expect(await replay(session)).toEqual(session.steps);
  });
});
