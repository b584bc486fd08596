// A handmade explanation for the tests of the renderers.
import type { Explanation } from '../harness/formats/explanation.ts';

/** An explanation with an ingredient of each state, a boundary, and the point where a passing run differs. */
export const explanation: Explanation = {
  ingredients: [
    { kind: 'fault', words: 'the fault latency downstream 600 ms', state: 'necessary', tries: 11, violated: 0 },
    { kind: 'mode', words: 'the mode ON of tenant-1', state: 'necessary', tries: 22, violated: 0 },
    { kind: 'message', words: 'the message campaign-1#2', state: 'free', tries: 11, violated: 11 },
    { kind: 'time', words: 'the moment of the flip: 300 ms', state: 'sometimes', tries: 44, violated: 11 },
  ],
  boundaries: [
    {
      words: 'the delay of answers',
      fails: { atMs: 501, tries: 1, violated: 1 },
      passes: { atMs: 500, tries: 1, violated: 0 },
    },
  ],
  parting: {
    seq: 14,
    words: '601 ms, legacy app: no answer in 500 ms',
    passingSeq: 14,
    passingWords: '600 ms, service to legacy app: answer: accepted',
  },
};
