import { describe, expect, test } from 'vitest';
import { dataScript, markup, trusted } from './markup.ts';

const HOSTILE = `</script><img src=x onerror="alert('1')">&amp;`;

describe('markup', () => {
  test('markup has its values escaped, in text and in attributes', () => {
    expect(markup`<p title="${HOSTILE}">${HOSTILE}</p>`.toString()).not.toMatch(/<img|<\/script|"alert/u);
    expect(markup`${'<&>"\''}`.toString()).toBe('&lt;&amp;&gt;&quot;&#39;');
  });

  test('markup keeps markup that is given as such, and lists of it', () => {
    const rows = ['a', '<b>'].map((text) => markup`<li>${text}</li>`);
    expect(markup`<ul>${rows}</ul>${trusted('<hr>')}`.toString()).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul><hr>');
  });

  test('markup writes an empty text for an absent value, and zero as zero', () => {
    expect(markup`[${undefined}${null}${false}${0}]`.toString()).toBe('[0]');
  });

  test('markup shows marks that would reverse the writing direction, and characters that no page may hold', () => {
    expect(markup`${'a\u202Eb\u2066\u0000\uD800c\n'}`.toString()).toBe(String.raw`a\u202eb\u2066\u0000\ud800c` + '\n');
    expect(markup`${'שלום 😀'}`.toString()).toBe('שלום 😀');
  });

  test('markup holds data that cannot end its script', () => {
    const text = dataScript('data', { HOSTILE }).toString();
    expect(text.match(/</gu)).toHaveLength(2);
    expect(JSON.parse(text.replace(/^[^>]*>|<\/script>$/gu, ''))).toEqual({ HOSTILE });
  });
});
