import { expect, test } from 'vitest';
import { answerWords } from './answer-words.ts';

test.each([
  ['{"error":"no such table"}', 'status 500: "{"error":"no such table"}"'],
  ['line one\r\n\tline two', 'status 500: "line one line two"'],
  ['', 'status 500, without a body'],
  ['x'.repeat(300), `status 500: "${'x'.repeat(200)}..."`],
  ['\u001b[31mred\u202e', 'status 500: "[31mred\\u202e"'],
  [
    '<!DOCTYPE html><html><head><title>t</title></head><style>a{}</style><body><h1>Server\nError</h1></body></html>',
    'status 500: "Server Error"',
  ],
])('an HTTP answer with the body %j is summarized in one line', (body, words) => {
  expect(answerWords({ status: 500, body })).toBe(words);
});
