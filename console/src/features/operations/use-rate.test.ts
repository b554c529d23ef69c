import { expect, test } from 'vitest'
import { rateOf } from './use-rate.ts'

const from = { at: 1_000, done: 100 }

test('speed and time left come from the first and the last count', () => {
  expect(rateOf([from, { at: 2_000, done: 300 }, { at: 3_000, done: 500 }], 900)).toEqual({
    perSecond: 200,
    leftMs: 2_000,
  })
})

test('nothing is claimed before there are two counts', () => {
  expect(rateOf([], 10)).toEqual({ perSecond: null, leftMs: null })
  expect(rateOf([from], 200)).toEqual({ perSecond: null, leftMs: null })
  expect(rateOf([from, { at: 3_000, done: 100 }], 200)).toEqual({ perSecond: null, leftMs: null })
})

test('without a total there is a speed but no time left', () => {
  expect(rateOf([from, { at: 2_000, done: 300 }], null)).toEqual({ perSecond: 200, leftMs: null })
})
