import { expect, test } from 'vitest'
import { inlineParts } from './preview.ts'

const png = { content_id: 'logo@x', content_type: 'image/png', content: Buffer.from('png') }

test.each([
  ['<img src="cid:logo@x">', '<img src="data:image/png;base64,cG5n">'],
  ["<img src='CID:logo%40x'>", "<img src='data:image/png;base64,cG5n'>"],
  ['<td style="background:url(cid:logo@x)">', '<td style="background:url(data:image/png;base64,cG5n)">'],
  ['<img src="cid:other">', '<img src="cid:other">'],
  ['<img src="cid:%zz">', '<img src="cid:%zz">'],
])('%s becomes %s', (html, expected) => {
  expect(inlineParts(html, [png])).toBe(expected)
})

test('a part that is no image is never written into the page', () => {
  const html = '<a href="cid:logo@x">'
  expect(inlineParts(html, [{ ...png, content_type: 'text/html' }])).toBe(html)
})
