import { expect, test } from 'vitest'
import { entryOf, visibleMenu } from './menu.ts'

test('a page belongs to the longest entry above it', () => {
  expect(entryOf('/contacts/groups/7')?.entry.to).toBe('/contacts/groups')
  expect(entryOf('/contacts/7')?.entry.to).toBe('/contacts')
  expect(entryOf('/contactsque')).toBeNull()
})

test('what a person may not open is not in the menu', () => {
  const sections = visibleMenu({ may: (key) => key === 'contacts.view', kind: 'tenant' })
  const contacts = sections.find((section) => section.label === 'menu.contacts')
  expect(contacts?.entries.map((entry) => entry.to)).toEqual(['/contacts'])
  expect(sections.some((section) => section.label === 'menu.email')).toBe(false)
})

test('staff have no account to look after', () => {
  const labels = visibleMenu({ may: () => true, kind: 'operator' }).map((section) => section.label)
  expect(labels).not.toContain('menu.account')
})
