import { describe, expect, test } from 'vitest'
import { findHtmlDangers, findHtmlWarnings } from '../index.ts'
import { compiled } from '../test/letters.ts'

describe('markup that must not be sent is named', () => {
  test.each([
    ['<script>alert(1)</script>', '<script>'],
    ['<SCRIPT src=x>', '<script>'],
    ['<scr<script>ipt>', null],
    ['<iframe src="https://x.test"></iframe>', '<iframe>'],
    ['<object data="x"></object>', '<object>'],
    ['<embed src="x">', '<embed>'],
    ['<form action="https://x.test"><input></form>', '<form>'],
    ['<base href="https://x.test">', '<base>'],
    ['<meta http-equiv=" Refresh " content="0;url=https://x.test">', '<meta refresh>'],
    ['<p onclick="x()">t</p>', 'onclick on <p>'],
    ['<img src=x onerror=alert(1)>', 'onerror on <img>'],
    ['<img/src=x/onload=alert(1)>', null],
    ['<svg/onload=alert(1)>', 'onload on <svg>'],
    ['<a href="javascript:alert(1)">t</a>', 'javascript: in href of <a>'],
    ['<a href=" java&#10;script&colon;alert(1)">t</a>', 'javascript: in href of <a>'],
    ['<a href="&#x6a;avascript:alert(1)">t</a>', 'javascript: in href of <a>'],
    ['<a href="vbscript:x">t</a>', 'vbscript: in href of <a>'],
    ['<a href="data:text/html,<script>x</script>">t</a>', 'data: in href of <a>'],
    ['<button formaction="javascript:x">t</button>', 'javascript: in formaction of <button>'],
    ['<svg><a xlink:href="javascript:x">t</a></svg>', 'javascript: in xlink:href of <a>'],
    ['<iframe srcdoc="<p>x</p>">', 'srcdoc on <iframe>'],
    ['<{{ contact.tag }}>', 'a tag name made by the template'],
    ['<s{{ contact.tag }}>', 'a tag name made by the template'],
    ['</{{ contact.tag }}>', 'a tag name made by the template'],
    ['<p on{{ contact.event }}="x">t</p>', 'an attribute name made by the template on <p>'],
  ])('%s', (html, danger) => {
    const { dangers } = compiled({ html })
    if (danger === null) expect(dangers).toEqual([])
    else expect(dangers.join('|')).toContain(danger)
  })

  test.each([
    '<p class="script">script onclick javascript: &lt;script&gt;</p>',
    '<a href="https://x.test/?javascript:alert">t</a>',
    '<img src="data:image/png;base64,AAAA" alt="">',
    '<!-- <script></script> -->',
    '<td {% if contact.x < 3 %}class="a"{% endif %}>{% if a > b %}x{% endif %}</td>',
    '<style>p > a { color: red }</style>',
    '<a href="{{ contact.site }}">t</a>',
  ])('%s is harmless', (html) => {
    expect(compiled({ html }).dangers).toEqual([])
  })

  test('also in a finished message, where a template put it together', () => {
    const html = '<{% if true %}script{% endif %}>x</script>'
    expect(compiled({ html }).dangers).toEqual([])
    expect(findHtmlDangers('<script>x</script>')).toEqual(['<script>'])
  })
})

test('what a careful sender would change is counted', () => {
  const html = `
    <a href="http://x.test">a</a><a href="https://x.test">https://www.x.test/page</a>
    <a href="https://evil.test">www.bank.test</a><a href="https://{{ contact.site }}">shop.test</a>
    <img src="a.png"><img src="b.png" alt=""><map><area href="https://x.test"></map>`
  expect(findHtmlWarnings(html)).toEqual({
    linksWithoutTls: 1,
    mismatchedLinks: ['https://evil.test'],
    imagesWithoutAlt: 1,
    areaLinks: 1,
  })
})
