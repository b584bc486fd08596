import { describe, expect, test } from 'vitest';
import { storyOf } from '../../harness/history/story/story-of.ts';
import { doubleSendCounterexample, handmadeHistory } from '../history.fixture.ts';
import { renderMermaid } from './mermaid.ts';

describe('a story in Mermaid', () => {
  test('a story in Mermaid has the participants, the messages with their outcomes, and the points', () => {
    expect(renderMermaid(storyOf(doubleSendCounterexample.history, doubleSendCounterexample))).toMatchInlineSnapshot(`
      "sequenceDiagram
          participant legacy as legacy app
          participant service as service
          participant provider as provider
          Note over legacy: 4 ms: enters in mode ON
          legacy->>service: 9 ms: request
          service->>provider: 22 ms: send, SENT at 34 ms (!)
          service--xlegacy: 49 ms: answer: accepted, too late, latency downstream 700 ms
          Note over legacy: 510 ms: no answer in 501 ms
          legacy->>provider: 520 ms: fallback send, SENT AGAIN at 529 ms (!)
          Note over legacy: 541 ms: log: legacy accepted
      "
    `);
  });

  test('a story in Mermaid escapes the characters that have a meaning in Mermaid', () => {
    const uuid = 'u';
    const history = handmadeHistory('x', [
      [
        4,
        {
          kind: 'entry',
          item: 'spring#1',
          tenant: 'acme',
          messageUuid: uuid,
          mode: 'a;b#c<d>\nend',
          flagged: ['x'],
          epoch: 1,
        },
      ],
    ]);
    const lines = renderMermaid(storyOf(history, { findings: [] }))
      .trimEnd()
      .split('\n');
    expect(lines).toContain('    Note over legacy: 4 ms: enters in mode a#59;b#35;c#60;d#62; end, flag says x');
  });
});
