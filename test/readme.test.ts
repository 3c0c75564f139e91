import { describe, expect, it } from 'vitest';
import { replay, sessionsOf } from './session.js';

const sessions = sessionsOf('README.md');

describe('README', () => {
  it('shows the tool at work', () => {
    expect(sessions.length).toBeGreaterThan(5);
  });

  it.each(sessions)('the session at line $line is true', async (session) => {
    expect(await replay(session)).toEqual(session.steps);
  });
});
