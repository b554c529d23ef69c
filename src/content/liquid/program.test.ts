import fc from 'fast-check'
import { Context, toValueSync } from 'liquidjs'
import { expect, test } from 'vitest'
import type { Mode } from './engine.ts'
import { joinPieces, PieceEmitter } from './pieces.ts'
import { putState, type RenderState } from './state.ts'
import { type ParsedTemplate, parseTemplate, renderPieces } from './template.ts'

const makeState = (): RenderState => ({
  locale: 'pl',
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  now: new Date('2026-11-22T23:30:00Z'),
  missing: new Set(),
  message: null,
})

const bare = (values: object): object => Object.assign(Object.create(null), values)
const variables = bare({
  contact: bare({
    first_name: 'Ania & <b>',
    points: 5,
    half: 0.5,
    empty: '',
    nothing: null,
    yes: true,
    no: false,
    tags: ['a', 'ż'],
    born: '1990-02-03',
    inner: bare({ size: 3, first: 'one', deep: 'd' }),
    toLiquid: 'text',
    constructor: 'own',
  }),
  FirstName: 'Ania',
  today: '2026-11-22',
})

/** The clock's limit says that the machine was busy, not what the template is. */
const byLibrary = (template: ParsedTemplate): unknown => {
  for (;;) {
    const told = byLibraryOnce(template)
    if (!JSON.stringify(told).includes('render limit')) return told
  }
}

const byLibraryOnce = (template: ParsedTemplate): unknown => {
  const state = makeState()
  const context = new Context(variables, template.engine.options, { sync: true }, { liquid: template.engine })
  putState(context, state)
  const emitter = new PieceEmitter()
  try {
    toValueSync(template.engine.renderer.renderTemplates(template.nodes, context, emitter))
    return { output: joinPieces(emitter.end()), missing: [...state.missing] }
  } catch (error) {
    return { faultOf: (error as Error).message.split('\n')[0]?.replace(/, line:\d+, col:\d+$/, '') }
  }
}

const byProgram = (template: ParsedTemplate): unknown => {
  const state = makeState()
  const rendered = renderPieces(template, variables, state)
  if ('fault' in rendered) return { faultOf: rendered.fault.reason }
  return { output: joinPieces(rendered.pieces), missing: [...state.missing] }
}

const names = ['first_name', 'points', 'half', 'empty', 'nothing', 'yes', 'no', 'tags', 'born', 'lacking']
const path = fc.constantFrom(
  ...names.map((name) => `contact.${name}`),
  'contact',
  'contact.inner.deep',
  'contact.inner.size',
  'contact.inner.first',
  'contact.first_name.size',
  'contact.tags.first',
  'contact.tags[1]',
  'contact["first_name"]',
  'contact[FirstName]',
  'contact.constructor',
  'contact.toLiquid',
  'contact.__proto__',
  'FirstName',
  'FirstName.length',
  'today',
  'unknown.member',
  'own',
  'turn',
)
const literal = fc.constantFrom(
  '"text"',
  "'<i>'",
  '""',
  '0',
  '5',
  '-1.5',
  'true',
  'false',
  'nil',
  'empty',
  'blank',
)
const value = fc.oneof({ weight: 3, arbitrary: path }, literal)
const filter = fc.oneof(
  fc.constantFrom(
    'upcase',
    'downcase',
    'capitalize',
    'escape',
    'strip',
    'size',
    'first',
    'last',
    'date',
    'number',
  ),
  fc.constantFrom(
    'money',
    'money: "EUR", "de"',
    'url_encode',
    'hash',
    'split: ""',
    'join: "-"',
    'date: "%d %B"',
  ),
  fc.constantFrom('money: "no code"', 'hash: "sha9"', 'round: 1', 'truncate: 3', 'plural: "a", "b", "c"'),
  fc
    .tuple(fc.constantFrom('default', 'append', 'prepend', 'plus', 'minus', 'divided_by', 'modulo'), value)
    .map(([name, argument]) => `${name}: ${argument}`),
)
const output = fc
  .tuple(value, fc.array(filter, { maxLength: 2 }))
  .map(([shown, filters]) => `{{ ${[shown, ...filters].join(' | ')} }}`)
const operator = fc.constantFrom('==', '!=', '>', '<', '>=', '<=', 'contains', 'and', 'or')
const condition = fc.oneof(
  value,
  fc.tuple(value, operator, value).map((parts) => parts.join(' ')),
  fc.tuple(value, operator, value, fc.constantFrom('and', 'or'), value).map((parts) => parts.join(' ')),
  value.map((negated) => `not ${negated}`),
)
const { template } = fc.letrec<{ template: string }>((tie) => {
  const inner = tie('template')
  return {
    template: fc
      .array(
        fc.oneof(
          { maxDepth: 3 },
          fc.constantFrom(' words ', '<p class="x">', '\n', 'ż', ''),
          output,
          fc.tuple(condition, inner).map(([test, body]) => `{% if ${test} %}${body}{% endif %}`),
          fc
            .tuple(condition, inner, condition, inner, inner)
            .map(
              ([a, one, b, two, rest]) =>
                `{% if ${a} %}${one}{% elsif ${b} %}${two}{% else %}${rest}{% endif %}`,
            ),
          fc
            .tuple(condition, inner, inner)
            .map(([test, body, rest]) => `{% unless ${test} %}${body}{% else %}${rest}{% endunless %}`),
          fc.tuple(path, inner).map(([list, body]) => `{% for turn in ${list} %}${body}{% endfor %}`),
          value.map((given) => `{% assign own = ${given} %}`),
          inner.map((body) => `{% capture own %}${body}{% endcapture %}`),
          fc
            .tuple(value, literal, inner)
            .map(([a, b, c]) => `{% case ${a} %}{% when ${b} %}${c}{% endcase %}`),
        ),
        { maxLength: 5 },
      )
      .map((parts) => parts.join('')),
  }
})

test('a compiled template writes what the library writes, misses what it misses and fails where it fails', () => {
  fc.assert(
    fc.property(template, fc.constantFrom<Mode>('html', 'text'), (source, mode) => {
      const parsed = parseTemplate(source, mode)
      fc.pre('template' in parsed)
      expect(byProgram(parsed.template)).toEqual(byLibrary(parsed.template))
    }),
    { numRuns: 3_000 },
  )
})

test('what stands in the template is the same object in every rendering', () => {
  const parsed = parseTemplate('<p>{{ contact.first_name }}</p>{% if contact.yes %}<b>{% endif %}', 'html')
  if ('fault' in parsed) throw new Error(parsed.fault.reason)
  const [one, other] = [1, 2].map(() => renderPieces(parsed.template, variables, makeState()))
  if (!one || !other || 'fault' in one || 'fault' in other) throw new Error('not rendered')
  const fixed = (pieces: readonly unknown[]) => pieces.filter((piece) => typeof piece === 'object')
  expect(fixed(one.pieces)).toHaveLength(3)
  fixed(one.pieces).forEach((piece, index) => {
    expect(piece).toBe(fixed(other.pieces)[index])
  })
})
