import { describe, expect, it } from 'vitest'
import { type Candidate, makeTurns } from './turns.ts'

const source = (sourceId: string, given: Partial<Candidate> = {}): Candidate => ({
  accountId: 'a',
  sourceId,
  lane: 3,
  weight: 5,
  ...given,
})

/** Plays so many turns of full chunks with one worker; answers how often each source had one. */
const play = (candidates: readonly Candidate[], rounds: number, rows = 100) => {
  const turns = makeTurns()
  const counts: Record<string, number> = {}
  for (let n = 0; n < rounds; n += 1) {
    const next = turns.next(candidates, [])
    if (!next) break
    counts[next.sourceId] = (counts[next.sourceId] ?? 0) + 1
    turns.worked(next, rows, 'relay')
  }
  return counts
}

describe('turns of sources', () => {
  it('go around over accounts, however many campaigns one of them has', () => {
    const many = Array.from({ length: 9 }, (_, n) => source(`a${n}`))
    expect(play([...many, source('b0', { accountId: 'b' })], 20)).toMatchObject({ b0: 10 })
  })

  it.each([
    [1, 10, 11, 1, 10],
    [5, 5, 10, 5, 5],
    [2, 6, 40, 10, 30],
  ])('give weights %i and %i their shares of %i turns of an account', (one, two, rounds, a, b) => {
    expect(play([source('x', { weight: one }), source('y', { weight: two })], rounds)).toEqual({ x: a, y: b })
  })

  it('let tests go before campaigns and campaigns before background', () => {
    const candidates = [source('low', { lane: 4 }), source('normal'), source('test', { lane: 2 })]
    expect(play(candidates, 5)).toEqual({ test: 5 })
    expect(play(candidates.slice(0, 2), 5)).toEqual({ normal: 5 })
  })

  it('give a newcomer its share from now on, not the arrears of the past', () => {
    const turns = makeTurns()
    const old = source('old')
    for (let n = 0; n < 50; n += 1) {
      turns.next([old], [])
      turns.worked(old, 1_000, 'relay')
    }
    const both = [old, source('new')]
    const order = Array.from({ length: 6 }, () => {
      const next = turns.next(both, [])
      if (next) turns.worked(next, 1_000, 'relay')
      return next?.sourceId
    })
    expect(order.filter((id) => id === 'old')).toHaveLength(3)
  })

  it('never work on two sources of one account at the same provider, but well on two of different ones', () => {
    const turns = makeTurns()
    const [a, b, c] = [source('a'), source('b'), source('c')]
    for (const [one, provider] of [
      [a, 'relay'],
      [b, 'relay'],
      [c, 'other'],
    ] as const) {
      turns.next([one], [])
      turns.worked(one, 1, provider)
    }
    expect(turns.next([b], [a])).toBeNull()
    expect(turns.next([b, c], [a])).toBe(c)
    expect(turns.next([a], [a])).toBeNull()
  })
})
