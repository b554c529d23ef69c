import { expect, test } from 'vitest'
import { openBlocks, placeOf, toOverrides } from './preflight.ts'

const check = (code: string, more: object = {}) => ({
  code,
  level: 'block' as const,
  overridable: false,
  overridden: false,
  count: null,
  detail: '',
  pointer: null,
  ...more,
})
const address = check('postal_address_missing', { overridable: true })
const empty = check('empty_audience')
const warning = check('text_part_missing', { level: 'warn' })

test('Warnings never stand in the way', () => {
  expect(openBlocks([warning], {})).toEqual([])
})

test('A block is lifted by a reason where that is allowed, and only there', () => {
  expect(openBlocks([address, empty], {})).toEqual([address, empty])
  const reasons = { postal_address_missing: 'Internal letter', empty_audience: 'I want it' }
  expect(openBlocks([address, empty], reasons)).toEqual([empty])
  expect(toOverrides([address, empty, warning], reasons)).toEqual([
    { code: 'postal_address_missing', reason: 'Internal letter' },
  ])
})

test('A reason of two letters is none', () => {
  expect(openBlocks([address], { postal_address_missing: ' ok ' })).toEqual([address])
  expect(toOverrides([address], { postal_address_missing: ' ok ' })).toEqual([])
})

test('Each finding leads to where it can be put right', () => {
  expect(placeOf(address)).toEqual({ to: '/account/settings/general' })
  expect(placeOf(empty)).toEqual({ step: 'audience' })
  expect(placeOf(check('liquid_error', { pointer: '/content/subject' }))).toEqual({ step: 'content' })
  expect(placeOf(check('sender_not_authorized', { pointer: '/sender_id' }))).toEqual({ step: 'settings' })
  expect(placeOf(check('one_click_missing'))).toBeNull()
})
