import { describe, expect, test } from 'vitest'
import type { OutcomeClass } from './contract.ts'
import { drawBehaviour, type Rule } from './draw.ts'

const noon = new Date('2030-01-01T12:00:00Z')
const everybody = (outcome: OutcomeClass, given: Partial<Rule> = {}): Rule => ({
  address: '*',
  domain: null,
  campaignId: null,
  outcome,
  rate: 1,
  latencyMs: 0,
  seed: 1,
  ...given,
})
const draw = (rules: readonly Rule[], recipient: string, sourceId = 'c1', now = noon) =>
  drawBehaviour(rules, { recipient, sourceId }, now)
const kinds = (rules: readonly Rule[], recipient: string) =>
  draw(rules, recipient).acts.map(({ kind }) => kind)
const people = Array.from({ length: 4_000 }, (_, n) => `person${n}@example.com`)

describe('a rule is about', () => {
  test.each<[Partial<Rule>, string, boolean]>([
    [{ address: 'eve@example.com' }, 'Eve@Example.COM', true],
    [{ address: 'eve@example.com' }, 'steve@example.com', false],
    [{ address: '*@example.com' }, 'eve@example.com', true],
    [{ address: '*@example.com' }, 'eve@example.com.test', false],
    [{ address: 'e.e@example.com' }, 'eve@example.com', false],
    [{ address: 'hard+*@*' }, 'hard+1@example.com', true],
    [{ address: 'hard+*@*' }, 'hardx1@example.com', false],
    [{ address: `${'*'.repeat(120)}x` }, `${'a'.repeat(200)}@example.com`, false],
    [{ address: `${'*a'.repeat(120)}b` }, `${'a'.repeat(200)}@example.com`, false],
    [{ address: `${'*a'.repeat(120)}*` }, `${'a'.repeat(200)}@example.com`, true],
    [{ address: '(*' }, 'eve@example.com', false],
    [{ address: null, domain: 'example.com' }, 'eve@EXAMPLE.com', true],
    [{ address: null, domain: 'example.com' }, 'eve@sub.example.com', false],
    [{ address: null, domain: 'example.com' }, 'eve@badexample.com', false],
    [{ address: null, campaignId: 'c1' }, 'eve@example.com', true],
    [{ address: null, campaignId: 'c2' }, 'eve@example.com', false],
    [{ address: '*@example.com', campaignId: 'c2' }, 'eve@example.com', false],
  ])('%o: %s is %s', (given, recipient, expected) => {
    expect(draw([everybody('hard', given)], recipient).answer === 'hard').toBe(expected)
  })
})

test.each([0.02, 0.25, 0.5, 0.9])('about %d of the recipients are drawn', (rate) => {
  const drawn = people.filter((one) => draw([everybody('hard', { rate })], one).answer === 'hard')
  expect(Math.abs(drawn.length / people.length - rate)).toBeLessThan(0.03)
})

test.each([
  [0, 0],
  [1, people.length],
])('a rate of %d means exactly %d', (rate, expected) => {
  expect(people.filter((one) => draw([everybody('hard', { rate })], one).answer === 'hard')).toHaveLength(
    expected,
  )
})

test('one seed always draws the same people, another one others', () => {
  const drawnBy = (seed: Rule['seed']) =>
    people.filter((one) => draw([everybody('hard', { rate: 0.3, seed })], one).answer === 'hard')
  expect(drawnBy('a')).toEqual(drawnBy('a'))
  expect(drawnBy('a')).not.toEqual(drawnBy('b'))
  expect(drawnBy(7)).toEqual(drawnBy('7'))
})

test('what passes is drawn anew each minute', () => {
  const rules = [everybody('throttle', { rate: 0.5 })]
  const minutes = Array.from({ length: 30 }, (_, n) => new Date(noon.getTime() + n * 60_000))
  const answers = minutes.map((now) => draw(rules, 'eve@example.com', 'c1', now).answer)
  expect(new Set(answers)).toEqual(new Set(['throttle', 'ok']))
})

test('who clicks is among those who open', () => {
  const rules = [everybody('open', { rate: 0.25 }), everybody('click', { rate: 0.04 })]
  const openers = people.filter((one) => kinds(rules, one).includes('open'))
  const clickers = people.filter((one) => kinds(rules, one).includes('click'))
  expect(clickers.length).toBeGreaterThan(50)
  expect(clickers.filter((one) => !openers.includes(one))).toEqual([])
  expect(Math.abs(openers.length / people.length - 0.25)).toBeLessThan(0.03)
})

describe('several rules for one recipient', () => {
  test.each<[string, readonly Rule[], string, readonly string[]]>([
    ['the first answer counts', [everybody('spam'), everybody('hard')], 'spam', []],
    ['acts add up', [everybody('complain'), everybody('open')], 'ok', ['complain', 'open']],
    ['an act is done once', [everybody('open'), everybody('human')], 'ok', ['open', 'click']],
    ['a click opens first', [everybody('click')], 'ok', ['open', 'click']],
    ['a mail that comes back is not read', [everybody('open'), everybody('late-soft')], 'ok', ['late-soft']],
    ['ok ends the asking', [everybody('ok', { domain: 'example.com' }), everybody('hard')], 'ok', []],
    ['a slow one may also read', [everybody('slow'), everybody('open')], 'slow', ['open']],
    [
      'a rule nobody is drawn by says nothing',
      [everybody('spam', { rate: 0 }), everybody('hard')],
      'hard',
      [],
    ],
  ])('%s', (_name, rules, answer, acts) => {
    expect(draw(rules, 'eve@example.com').answer).toBe(answer)
    expect(kinds(rules, 'eve@example.com')).toEqual(acts)
  })
})

describe('a magic address', () => {
  const human = 'human@sim.campanile.test'
  test('is not touched by a rule for everybody', () => {
    expect(draw([everybody('hard')], human).answer).toBe('ok')
    expect(kinds([everybody('hard')], human)).toEqual(['open', 'click'])
  })
  test.each<Partial<Rule>>([
    { address: human },
    { address: '*@sim.campanile.test' },
    { address: null, domain: 'sim.campanile.test' },
  ])('is overruled by one that names its domain: %o', (given) => {
    expect(draw([everybody('hard', given)], human).answer).toBe('hard')
    expect(kinds([everybody('hard', { ...given, rate: 0 })], human)).toEqual(['open', 'click'])
  })
})

test('the latency of a rule comes before its answer or its act', () => {
  expect(draw([everybody('hard', { latencyMs: 700 })], 'eve@example.com').latencyMs).toBe(700)
  expect(draw([everybody('late-bounce', { latencyMs: 700 })], 'eve@example.com')).toEqual({
    answer: 'ok',
    latencyMs: 0,
    acts: [{ kind: 'late-bounce', afterMs: 700 }],
  })
})
