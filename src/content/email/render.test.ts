import { describe, expect, test } from 'vitest'
import type { Content } from '../contract.ts'
import { aContent, compiled, rendered } from '../test/letters.ts'
import { compileEmail } from './compile.ts'

const bodyOf = (html: string): string => /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? html
const withoutPixel = { tracking: { opens: false, clicks: true, anonymous: false } }
const ania = {
  id: '42',
  first_name: 'Ania "A" & Co',
  fields: { city: 'Łódź', site: 'https://ania.test/?q=1' },
}
const body = (html: string, given: Partial<Content> = {}): string =>
  bodyOf(rendered({ html: `<html><body>${html}</body></html>`, ...withoutPixel, ...given }, ania).html)

describe('links are rewritten', () => {
  test.each([
    ['<a href="https://x.test/a">t</a>', '<a href="https://c.test/c/1">t</a>'],
    ["<a href='http://x.test'>t</a>", "<a href='https://c.test/c/1'>t</a>"],
    ['<a href=https://x.test>t</a>', '<a href="https://c.test/c/1">t</a>'],
    ['<A CLASS="b" HREF = "HTTPS://x.test">t</A>', '<A CLASS="b" HREF = "https://c.test/c/1">t</A>'],
    [
      '<a href="https://x.test">1</a><a href="https://x.test">2</a>',
      '<a href="https://c.test/c/1">1</a><a href="https://c.test/c/2">2</a>',
    ],
    [
      '{% for i in (1..2) %}<a href="https://x.test/{{ i }}">t</a>{% endfor %}',
      '<a href="https://c.test/c/1-https%3A%2F%2Fx.test%2F1">t</a><a href="https://c.test/c/1-https%3A%2F%2Fx.test%2F2">t</a>',
    ],
    [
      '<a href="https://x.test/?a=1&amp;n={{ contact.first_name | url_encode }}">t</a>',
      `<a href="https://c.test/c/1-${encodeURIComponent('https://x.test/?a=1&n=Ania%20%22A%22%20%26%20Co')}">t</a>`.replaceAll(
        "'",
        '&#39;',
      ),
    ],
    [
      '<a href="{{ contact.site }}">t</a>',
      '<a href="https://c.test/c/1-https%3A%2F%2Fania.test%2F%3Fq%3D1">t</a>',
    ],
    [
      '<a href="{% if contact.city %}https://a.test{% else %}https://b.test{% endif %}">t</a>',
      '<a href="https://c.test/c/1-https%3A%2F%2Fa.test">t</a>',
    ],
  ])('%s', (html, expected) => {
    expect(body(html)).toBe(expected)
  })

  test.each([
    '<a data-no-track href="https://x.test">t</a>',
    '<a href="mailto:a@x.test">t</a>',
    '<a href="tel:+48123">t</a>',
    '<a href="#top">t</a>',
    '<a name="x">t</a>',
    '<a href="">t</a>',
    '<area href="https://x.test">',
    '<!-- <a href="https://x.test">t</a> -->',
    '<p>https://x.test</p>',
  ])('but %s stays', (html) => {
    expect(body(html)).toBe(html)
  })

  test.each([
    ['<a href="{{ links.unsubscribe }}">t</a>', '<a href="https://c.test/u/U">t</a>'],
    ["<a href='{{ links['unsubscribe'] }}'>t</a>", "<a href='https://c.test/u/U'>t</a>"],
    ['<a href="{{ links.web_version }}">t</a>', '<a href="https://c.test/v/V">t</a>'],
  ])('the recipient’s own link %s is not counted', (html, expected) => {
    expect(body(html)).toBe(expected)
  })

  test('not at all when clicks are not counted', () => {
    const tracking = { opens: false, clicks: false, anonymous: false }
    expect(body('<a href="https://x.test">t</a>', { tracking })).toBe('<a href="https://x.test">t</a>')
  })

  test('and printed as written inside raw', () => {
    const html = '{% raw %}<a href="https://x.test/{{ x }}">t</a>{% endraw %}'
    expect(body(html)).toBe('<a href="https://x.test/{{ x }}">t</a>')
  })

  test.each(['javascript:alert(1)', ' JAVA\tscript:alert(1)', 'vbscript:x', '\u0001javascript:x'])(
    'a value %j never becomes a target',
    (site) => {
      const { html } = rendered(
        { html: '<a href="{{ contact.site }}">t</a>', ...withoutPixel },
        { fields: { site } },
      )
      expect(bodyOf(html)).toContain('<a href="">t</a>')
    },
  )

  test('a value cannot leave its attribute, quoted or not', () => {
    const contact = { fields: { evil: '" onclick="x" y=' } }
    const html =
      '<p title="{{ contact.evil }}" class={{ contact.evil }}>t</p><a href={{ contact.evil }}>u</a>'
    const shown = bodyOf(rendered({ html, ...withoutPixel }, contact).html)
    expect(shown).toContain(
      '<p title="&quot; onclick=&quot;x&quot; y=" class="&quot; onclick=&quot;x&quot; y=">t</p>',
    )
    expect(shown).toContain('<a href="&quot; onclick=&quot;x&quot; y=">u</a>')
  })

  test('targets are kept for redirects and reports, with their templates', () => {
    const { links } = compiled({
      html: '<a href="https://x.test/?a=1&amp;b=2">1</a><a data-no-track href="https://y.test/{{ contact.id }}">2</a><a href="https://z.test/{{ contact.id }}">3</a>',
    })
    expect(links.map(({ position, target, tracked }) => [position, target, tracked])).toEqual([
      [1, 'https://x.test/?a=1&b=2', true],
      [2, 'https://y.test/{{ contact.id }}', false],
      [3, 'https://z.test/{{ contact.id }}', true],
    ])
  })
})

describe('UTM parameters', () => {
  const utm = { source: 'news', medium: '', campaign: 'wiosna ż', content: '' }
  const added = 'utm_source=news&utm_campaign=wiosna%20%C5%BC'
  test.each([
    ['https://x.test', `https://x.test?${added}`],
    ['https://x.test/?a=1#f', `https://x.test/?a=1&${added}#f`],
    ['https://x.test/?', `https://x.test/?${added}`],
    ['https://x.test/?utm_source=own', 'https://x.test/?utm_source=own&utm_campaign=wiosna%20%C5%BC'],
    ['mailto:a@x.test', 'mailto:a@x.test'],
  ])('are added to %s', (target, expected) => {
    const html = `<a data-no-track href="${target}">t</a>`
    expect(body(html, { utm })).toBe(`<a data-no-track href="${expected.replaceAll('&', '&amp;')}">t</a>`)
  })

  test('stand in the stored target of a counted link', () => {
    expect(compiled({ html: '<a href="https://x.test">t</a>', utm }).links[0]?.target).toBe(
      `https://x.test?${added}`,
    )
  })
})

describe('a message', () => {
  test('has the pixel at the end and the hidden preheader at the beginning of its body', () => {
    const { html, preheader } = rendered(
      { html: '<html><body class="b"><p>x</p></body></html>', preheader: '5 < {{ contact.first_name }}' },
      ania,
    )
    expect(html).toMatch(/<body class="b"><div style="display:none[^"]*">5 &lt; Ania &quot;A&quot; &amp; Co/)
    expect(html).toMatch(/<img src="https:\/\/c\.test\/o\/P\.gif"[^>]*><\/body><\/html>$/)
    expect(preheader).toBe('5 < Ania "A" & Co')
  })

  test('that is a fragment becomes a document', () => {
    expect(rendered({ html: '<p>x</p>' }).html).toMatch(
      /^<!DOCTYPE html>[\s\S]*<body>\n<p>x<\/p>[\s\S]*<\/body><\/html>$/,
    )
  })

  test('shown as a page has neither pixel nor preheader nor counted links', () => {
    const { html } = rendered(
      { html: '<a href="https://x.test">t</a>', preheader: 'hidden' },
      null,
      {},
      'view',
    )
    expect(html).toContain('href="https://x.test"')
    expect(html).not.toContain('hidden')
    expect(html).not.toContain('c.test')
  })

  test.each([
    ['{{ FirstName }}', 'Ania "A" & Co'],
    ['{{ City }} {{ contact.city }}', 'Łódź Łódź'],
    ['{{ sender.name }} {{ campaign.name }}', 'Shop Spring'],
    ['{{ today }}', '2026-11-22'],
    ['{{ contact.email }}', ''],
  ])('fills %s', (subject, expected) => {
    expect(rendered({ subject }, ania).subject).toBe(expected)
  })

  test('has a subject and a name of one line whatever the data bring', () => {
    const contact = { first_name: 'A\r\nBcc: x@evil.test\u0000\u2028b' }
    const email = rendered({ subject: 'Hi {{ FirstName }}', from_name: '{{ FirstName }}' }, contact)
    expect(email.subject).toBe('Hi A Bcc: x@evil.test b')
    expect(email.fromName).toBe('A Bcc: x@evil.test b')
  })

  test('names what it lacks', () => {
    const { missing } = rendered({
      subject: '{{ contact.first_name }}',
      html: '<p>{{ contact.city }}{{ Nick | default: "n" }}</p>',
    })
    expect(missing).toEqual(['contact.first_name', 'contact.city'])
  })
})

describe('the text part', () => {
  test('is made from the HTML with its personalization', () => {
    const html =
      '<h1>Hi {{ FirstName }}</h1>{% if contact.city == "Łódź" %}<p>A &amp; B</p>{% endif %}<a href="https://x.test/{{ contact.id }}?a=1&amp;b=2">Shop</a><img src="x.png">'
    expect(rendered({ html }, ania).text).toBe(
      'Hi Ania "A" & Co\n\nA & B\n\nShop <https://x.test/42?a=1&b=2>',
    )
  })

  test('is the given one when there is one', () => {
    expect(rendered({ text: 'Hi {{ FirstName }} <b>' }, ania).text).toBe('Hi Ania "A" & Co <b>')
  })

  test('is made from the finished HTML where conversion would tear the template', () => {
    const html = '<style>{% if contact.id %}p{}</style><p>one</p>{% endif %}<p>two</p>'
    expect(rendered({ html }, ania).text).toBe('one\n\ntwo')
  })
})

test('HTML nested without end costs no more than its form', () => {
  const { text } = rendered({ html: `<p>first</p>${'<div>'.repeat(50_000)}deep` })
  expect(text).toContain('first')
})

describe('the enforced footer', () => {
  const account = { enforcedFooter: true, postalAddress: 'Długa 1\n00-001 Warszawa' }

  test('brings link and address to both parts', () => {
    const { html, text, unsubscribe } = rendered({}, null, account)
    expect(html).toMatch(
      /Długa 1<br>00-001 Warszawa<br><br><a href="https:\/\/c\.test\/u\/U"[^>]*>Unsubscribe<\/a><\/div>/,
    )
    expect(text).toBe('Hello\n\n-- \nDługa 1\n00-001 Warszawa\n\nUnsubscribe: https://c.test/u/U')
    expect(unsubscribe).toEqual({ html: true, text: true })
  })

  test('brings what is lacking alone', () => {
    const html = '<p>Długa 1, \n 00-001  Warszawa</p><a href="{{ links.unsubscribe }}">away</a>'
    const email = rendered({ html }, null, { ...account, postalAddress: 'długa 1\n00-001 Warszawa' })
    expect(email.html.match(/c\.test\/u\/U/g)).toHaveLength(1)
    expect(email.html.match(/Warszawa/g)).toHaveLength(1)
    expect(email.text).not.toContain('-- ')
  })

  test('is not fooled by a link in a comment or in a branch that is not taken', () => {
    for (const html of [
      '<!-- <a href="{{ links.unsubscribe }}">x</a> -->',
      '{% if contact.nothing %}<a href="{{ links.unsubscribe }}">x</a>{% endif %}',
    ]) {
      expect(rendered({ html }, ania, account).html).toContain('>Unsubscribe</a>')
    }
  })

  test('speaks the language of the contact', () => {
    expect(rendered({}, { language: 'pl' }, account).html).toContain('>Wypisz się</a>')
    expect(rendered({}, { language: 'de-AT' }, account).text).toContain('Abmelden: ')
  })

  test('is absent when switched off, and the lack is told', () => {
    const email = rendered({}, null, { ...account, enforcedFooter: false })
    expect(email.html).not.toContain('Warszawa')
    expect(email.unsubscribe).toEqual({ html: false, text: false })
  })
})

test('faults are told for each member', () => {
  const made = compileEmail(
    aContent({ subject: '{{ a', preheader: '{% x %}', html: 'a\n{{ b | no }}', from_name: '{{ }}' }),
  )
  expect('faults' in made && made.faults.map(({ pointer, line }) => [pointer, line])).toEqual([
    ['/content/subject', 1],
    ['/content/preheader', 1],
    ['/content/from_name', 1],
    ['/content/html', 2],
  ])
})

test('Liquid that begins inside a link and ends outside is refused with its place', () => {
  const html = '<p>\n<a href="{% if contact.id %}https://x.test">t</a>{% endif %}'
  const made = compileEmail(aContent({ html }))
  expect('faults' in made && made.faults[0]).toMatchObject({ pointer: '/content/html', line: 2, column: 10 })
})
