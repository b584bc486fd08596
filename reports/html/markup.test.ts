import { describe, expect, test } from 'vitest';
import { dataScript, markup, trusted } from './markup.ts';

const HOSTILE = `</script><img src=x onerror="alert('1')">&amp;`;

describe('markup', () => {
  test('values in markup are escaped, in text and in attributes', () => {
    expect(markup`<p title="${HOSTILE}">${HOSTILE}</p>`.toString()).not.toMatch(/<img|<\/script|"alert/u);
    expect(markup`${'<&>"\''}`.toString()).toBe('&lt;&amp;&gt;&quot;&#39;');
  });

  test('markup inside markup is not escaped, nor are lists of it', () => {
    const rows = ['a', '<b>'].map((text) => markup`<li>${text}</li>`);
    expect(markup`<ul>${rows}</ul>${trusted('<hr>')}`.toString()).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>');
  });

  test('absent values in markup are written as an empty text, and zero as 0', () => {
    expect(markup`[${undefined}${null}${false}${0}]`.toString()).toBe('[0]');
  });

  test('invisible characters in markup are written as escapes, such as marks that reverse the direction of writing', () => {
    expect(markup`${'a\u202Eb\u2066\u0000\uD800c\n'}`.toString()).toBe(String.raw`a\u202eb\u2066\u0000\ud800c` + '\n');
    expect(markup`${'שלום 😀'}`.toString()).toBe('שלום 😀');
  });

  test('data in markup cannot end its script element', () => {
    const text = dataScript('data', { HOSTILE }).toString();
    expect(text.match(/</gu)).toHaveLength(2);
    expect(JSON.parse(text.replace(/^[^>]*>|<\/script>$/gu, ''))).toEqual({ HOSTILE });
  });
});
