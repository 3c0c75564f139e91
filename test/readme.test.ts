import { describe, expect, it } from 'vitest';
import { compareOrAccept, lackingTool, replay, sessionsOf } from './session.js';

const sessions = sessionsOf('README.md');

describe('README', () => {
  it('shows the tool at work', () => {
    expect(sessions.length).toBeGreaterThan(5);
  });

  it.for(sessions)('the session at line $line is true', async (session, { skip }) => {
    const lacking = lackingTool(session);
    skip(lacking !== undefined, `${lacking ?? ''} is not installed`);
    compareOrAccept(session, await replay(session), (found, shown) => expect(found).toEqual(shown));
  });
});
