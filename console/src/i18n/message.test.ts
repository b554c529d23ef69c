import { expect, test } from 'vitest'
import { loadCatalogue } from './load-catalogue.ts'
import { makeTexts } from './message.ts'

const english = makeTexts('en', await loadCatalogue('en'))

test('a text gets its values', () => {
  expect(english.t('setup.step', { step: 2, steps: 4 })).toBe('Step 2 of 4')
  expect(english.t('ui.selected', { count: 1 })).toBe('1 selected')
})

test('a text whose key comes from data is found, or is null', () => {
  expect(english.find('states', 'accepted')).toBe('Accepted')
  expect(english.find('states', 'from_the_future')).toBeNull()
  expect(english.find('problems', 'field.required')).toBe('This is needed')
})
