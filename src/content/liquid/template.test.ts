import { describe, expect, test } from 'vitest'
import type { Mode } from './engine.ts'
import type { RenderState } from './state.ts'
import { parseTemplate, renderTemplate } from './template.ts'

const state = (given: Partial<RenderState> = {}): RenderState => ({
  locale: 'en',
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  now: new Date('2026-11-22T23:30:00Z'),
  missing: new Set(),
  message: null,
  ...given,
})

const contact = Object.assign(Object.create(null), {
  first_name: 'Ania & <b>',
  points: 5,
  born: '1990-02-03',
  tags: ['a', 'b'],
  nothing: null,
  constructor: 'own',
})

const render = (source: string, mode: Mode = 'text', given: Partial<RenderState> = {}) => {
  const parsed = parseTemplate(source, mode)
  if ('fault' in parsed) throw new Error(JSON.stringify(parsed.fault))
  return renderTemplate(parsed.template, { contact, today: '2026-11-22' }, state(given))
}

describe('a template shows', () => {
  test.each<[string, string, Partial<RenderState>?]>([
    ['{{ contact.first_name }}', 'Ania & <b>'],
    ['{{ contact.nothing }}', ''],
    ['{{ contact.nothing | default: "friend" }}', 'friend'],
    ['{{ contact.tags }}', 'a, b'],
    ['{{ contact }}', ''],
    ['{{ contact.points | plus: 2 | times: 3 | minus: 1 | divided_by: 4 }}', '5'],
    ['{{ 1 | divided_by: 0 }}', ''],
    ['{{ "żółw i lew" | capitalize }}|{{ "ab" | upcase }}|{{ "AB" | downcase }}', 'Żółw i lew|AB|ab'],
    ['{{ "👩‍👩‍👧 abc" | size }}', '12'],
    [
      '{{ "abcdef" | truncate: 4 }}|{{ "abc" | truncate: 4 }}|{{ "abcdef" | truncate: 5, ".." }}',
      'abc…|abc|abc..',
    ],
    ['{{ "a b&ż" | url_encode }}', 'a%20b%26%C5%BC'],
    ['{{ "a,b" | split: "," | join: "-" }}', 'a-b'],
    ['{{ "abc" | hash }}', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['{{ "abc" | hash: "md5" }}', '900150983cd24fb0d6963f7d28e17f72'],
    ['{{ contact.born | date }}', 'February 3, 1990'],
    ['{{ contact.born | date: "%e %B", "UTC", "pl" }}', '3 lutego'],
    ['{{ contact.born | date: "%B", "UTC", "pl" }}', 'luty'],
    ['{{ "now" | date: "%Y-%m-%d %H:%M" }}', '2026-11-23 00:30'],
    ['{{ "now" | date: "%Y-%m-%d %H:%M", "America/New_York" }}', '2026-11-22 18:30'],
    ['{{ "2026-02-30x" | date }}|{{ "soon" | date }}', '2026-02-30x|soon'],
    ['{{ 1234567.891 | number: 2 }}', '1,234,567.89'],
    ['{{ 1234.5 | number }}', '1234,5', { locale: 'pl' }],
    ['{{ 12.5 | money }}', 'PLN 12.50'],
    ['{{ 12.5 | money: "EUR", "de" }}', '12,50 €'],
    ['{{ "x" | money }}', ''],
    ['{{ 1 | plural: "point", "points" }}|{{ 5 | plural: "point", "points" }}', 'point|points'],
    [
      '{% for n in (1..5) %}{{ n | plural: "punkt", "punkty", "punktów" }} {% endfor %}',
      'punkt punkty punkty punkty punktów ',
      { locale: 'pl' },
    ],
    ['{% for t in contact.tags limit:1 offset:1 %}{{ t }}{% else %}none{% endfor %}', 'b'],
    ['{% case contact.points %}{% when 5 %}five{% else %}other{% endcase %}', 'five'],
    ['{% unless contact.nothing %}no{% endunless %}{% comment %}{{ x }}{% endcomment %}', 'no'],
    ['{% raw %}{{ contact.points }}{% endraw %}', '{{ contact.points }}'],
    ['{% assign a = "x" %}{% capture b %}{{ a }}y{% endcapture %}{{ b }}', 'xy'],
    ['{% for i in (1..5000) limit:2 %}{{ i }}{% endfor %}', '12'],
  ])('%s as %s', (source, output, given = {}) => {
    expect(render(source, 'text', given)).toEqual({
      output: output.replaceAll(' €', '\u00a0€').replace('PLN ', 'PLN\u00a0'),
    })
  })
})

describe('in HTML', () => {
  test.each([
    ['{{ contact.first_name }}', 'Ania &amp; &lt;b&gt;'],
    ['{{ contact.first_name | escape }}', 'Ania &amp; &lt;b&gt;'],
    ['{{ "<script>" }}', '&lt;script&gt;'],
    ['<a title="{{ contact.first_name }}">', '<a title="Ania &amp; &lt;b&gt;">'],
    ['{% capture x %}<i>{{ contact.first_name }}</i>{% endcapture %}{{ x }}', '<i>Ania &amp; &lt;b&gt;</i>'],
    [
      '{% capture x %}{{ contact.first_name }}{% endcapture %}{{ x | upcase }}{% if x == "Ania & <b>" %}!{% endif %}',
      'ANIA &amp; &lt;B&gt;!',
    ],
  ])('%s is escaped exactly once', (source, output) => {
    expect(render(source, 'html')).toEqual({ output })
  })
})

describe('a broken template names line and column:', () => {
  test.each([
    ['a\nb {{ contact.x | nope }}', 2, 3, 'undefined filter: nope'],
    ['{{ contact.first name }}', 1, 1, 'an operator or a value is missing in the expression'],
    ['{{ a | }}', 1, 1, 'a filter is missing after "|"'],
    ['x {{ }}', 1, 6, 'invalid value expression: ""'],
    ['{{ a', 1, 1, 'output "{{ a" not closed'],
    ['one\ntwo\n {% if a %}', 3, 2, 'tag {% if a %} not closed'],
    ['{% endif %}', 1, 1, 'tag "endif" not found'],
    ['{% if a == %}x{% endif %}', 1, 1, 'an operator or a value is missing in the expression'],
    ['{% if a = b %}x{% endif %}', 1, 10, 'expected "|" before filter'],
    ['{% include "/etc/passwd" %}', 1, 1, 'tag "include" not found'],
    ['{% render "x" %}', 1, 1, 'tag "render" not found'],
    ['{% layout "x" %}', 1, 1, 'tag "layout" not found'],
    ['{{ x | raw }}', 1, 1, 'undefined filter: raw'],
    ['{{ x | json }}', 1, 1, 'undefined filter: json'],
    ['{% campanile_link 1 %}', 1, 1, 'tag "campanile_link" not found'],
    ['{% for %}', 1, 1, 'illegal tag: {% for %}'],
  ])('%s', (source, line, column, reason) => {
    expect(parseTemplate(source, 'html')).toEqual({ fault: { line, column, reason } })
  })

  test('nested too deeply it is refused and does no harm', () => {
    const parsed = parseTemplate('{% if a %}'.repeat(20_000), 'html')
    expect('fault' in parsed && parsed.fault.reason).toBeTruthy()
  })
})

test('a template of more than 10,000 outputs is refused before it is read', () => {
  expect(parseTemplate('{{a}}'.repeat(10_000), 'html')).toHaveProperty('template')
  expect(parseTemplate('{{a}}'.repeat(10_001), 'html')).toEqual({
    fault: { line: 1, column: 1, reason: 'more than 10,000 outputs and tags' },
  })
})

test('a template tells which variables it takes from outside', () => {
  const source =
    '{{ contact.first_name | upcase }}{% if City == contact.city %}{% endif %}{% for t in contact.tags %}{{ t.x }}{{ forloop.index }}{% endfor %}{% assign a = contact.z %}{{ a }}'
  const parsed = parseTemplate(source, 'text')
  expect('template' in parsed && parsed.template.variables).toEqual([
    'contact.first_name',
    'City',
    'contact.city',
    'contact.tags',
    'contact.z',
  ])
})

describe('nothing is reached that was not given:', () => {
  test.each([
    '{{ contact.__proto__ }}',
    '{{ contact.toString }}',
    '{{ contact.first_name.constructor }}',
    '{{ contact["__proto__"]["polluted"] }}',
    '{{ constructor }}{{ __proto__ }}{{ process }}{{ globalThis }}',
    '{% assign __proto__ = "x" %}{{ contact.x }}',
    '{% for __proto__ in contact.tags %}{% endfor %}{{ toString }}',
  ])('%s is empty', (source) => {
    expect(render(source)).toEqual({ output: '' })
  })

  test('a field with a dangerous name is a field', () => {
    expect(render('{{ contact.constructor }}')).toEqual({ output: 'own' })
  })
})

describe('a template that takes too much is stopped:', () => {
  test.each([
    ['{% for i in (1..2000) %}x{% endfor %}', 'a loop runs more than 1,000 rounds'],
    ['{% for i in (1..999999999) %}x{% endfor %}', 'memory alloc limit exceeded'],
    [
      '{% for i in (1..1000) %}{% for j in (1..1000) %}{% for k in (1..1000) %}{{ k }}{% endfor %}{% endfor %}{% endfor %}',
      'rendering takes more than 100 ms',
    ],
    [`{% for i in (1..1000) %}${'x'.repeat(2_000)}{% endfor %}`, 'the output is longer than 1 MB'],
    [
      '{% assign s = "aaaaaaaaaa" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
      'the output is longer than 1 MB',
    ],
    [
      '{% assign s = "aaaaaaaaaa" %}{% for i in (1..15) %}{% assign s = s | append: s %}{% endfor %}{{ s | replace: "a", s }}',
      'the output is longer than 1 MB',
    ],
    ['{{ "a" | hash: "crc" }}', 'hash "crc" is not known: md5, sha1 or sha256'],
    ['{{ 1 | money: "zloty" }}', '"zloty" is not a currency code of ISO 4217'],
  ])('%s', (source, reason) => {
    const result = render(source)
    expect('fault' in result && result.fault.reason).toBe(reason)
  })
})

test('values that are missing are told by name, those with a default are not', () => {
  const missing = new Set<string>()
  render(
    '{{ contact.nothing }}{{ contact.first_name }}{{ contact.gone | default: "x" }}{{ Nick | upcase }}{% if false %}{{ contact.unseen }}{% endif %}',
    'html',
    { missing },
  )
  expect([...missing]).toEqual(['contact.nothing', 'Nick'])
})
