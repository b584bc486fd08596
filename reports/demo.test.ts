import { expect, test } from 'vitest';
import { renderDemo } from './demo.ts';
import { doubleSend, singleSend } from './history.fixture.ts';

const demo = {
  headline: 'one message, a slow answer',
  sides: [
    { title: 'left system', history: doubleSend, findings: [] },
    { title: 'right system', history: singleSend, findings: [] },
  ],
} as const;

test('the demo shows both systems side by side, each with its verdict', () => {
  expect(renderDemo(demo, { color: false })).toMatchInlineSnapshot(`
    "one message, a slow answer

    left system                                        right system
        ms legacy app   service     provider               ms legacy app   service     provider
          4   o ON entry   |            |                    4   o ON entry   |            |
          9   |- request ->|            |                    9   |- request ->|            |
         22   |            |-- send --->* SENT              22   |            |-- send --->* SENT
         49   |   x answer |            | too late          49   |   x answer |            | too late
        510   x timeout    |            |                  510   x timeout    |            |
        520   |---- fallback send ----->* SENT AGAIN       528   o log: go accepted        |
        541   o log: legacy accepted    |

    left system: 1 message, sent TWICE.
    right system: 1 message, sent once."
  `);
});

test('colours do not shift the right side', () => {
  expect(widthsOf(renderDemo(demo, { color: true }))).toEqual(widthsOf(renderDemo(demo, { color: false })));
});

function widthsOf(text: string): number[] {
  // oxlint-disable-next-line no-control-regex -- the expression is meant to match the escape sequences of colours
  return text.split('\n').map((line) => line.replace(/\u001b\[\d+m/g, '').length);
}
