import { expect, test } from 'vitest'
import { areasOf, type PermissionWord, toggle } from './permission-areas.ts'

const word = (key: string, grantable = true): PermissionWord => ({
  key,
  area: key.split('.')[0] ?? '',
  area_label: 'Area',
  node: key.slice(0, key.lastIndexOf('.')),
  node_label: 'Node',
  leaf_label: 'leaf',
  label: key,
  grantable,
})
const words = [
  word('contacts.view'),
  word('contacts.edit'),
  word('contacts.delete', false),
  word('email.campaigns.view'),
]
const leaf = (key: string) => words.filter((one) => one.key === key)

test('the tree keeps areas and nodes in their order and finds by words', () => {
  expect(areasOf(words).map((area) => area.area)).toEqual(['contacts', 'email'])
  expect(areasOf(words, 'CAMPAIGNS')).toMatchObject([{ area: 'email', nodes: [{ node: 'email.campaigns' }] }])
})

test('a right brings its view along, and taking the view away takes all of its node', () => {
  const edited = toggle(new Set(), leaf('contacts.edit'), true, words)
  expect([...edited].toSorted()).toEqual(['contacts.edit', 'contacts.view'])
  expect([...toggle(edited, leaf('contacts.view'), false, words)]).toEqual([])
})

test('a right one does not hold cannot be ticked, only taken away', () => {
  expect([...toggle(new Set(), leaf('contacts.delete'), true, words)]).toEqual([])
  expect([...toggle(new Set(['contacts.delete']), leaf('contacts.delete'), false, words)]).toEqual([])
})
