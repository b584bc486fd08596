// Lines that are read from chunks of bytes.
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import { readLines } from './lines.ts';

async function linesOf(chunks: readonly Buffer[]): Promise<string[]> {
  const stream = new PassThrough();
  const lines: string[] = [];
  readLines(stream, (line) => lines.push(line));
  for (const chunk of chunks) {
    stream.write(chunk);
    await new Promise((done) => setImmediate(done));
  }
  stream.end();
  await finished(stream);
  return lines;
}

describe('the lines of a process', () => {
  test('the lines of a process are whole even when every byte arrives alone', async () => {
    const bytes = Buffer.from('naïve\r\n日本語\n\n🙂 end');
    expect(await linesOf([...bytes].map((byte) => Buffer.from([byte])))).toEqual(['naïve', '日本語', '', '🙂 end']);
  });

  test('the lines of a process are split within a chunk and joined across chunks', async () => {
    expect(await linesOf([Buffer.from('one\ntwo\nth'), Buffer.from('ree\n')])).toEqual(['one', 'two', 'three']);
  });

  test('the lines of a process are cut into pieces when they never end', async () => {
    const lines = await linesOf([Buffer.alloc(2_500_000, 'x')]);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('')).toHaveLength(2_500_000);
  });
});
