import type { ContactFilter } from '../../../../src/contacts/contract.ts'
import { channels } from '../../../../src/contacts/shapes/contract.ts'
import { useFormats, useTexts, useTongue } from '../../i18n/texts.tsx'
import { useFilters } from '../../lib/route.ts'
import type { FilterChip } from '../../ui/filter-chips.tsx'
import { useGroups } from '../groups/index.ts'
import { endOfDay, startOfDay } from '../../lib/day-bounds.ts'

const names = ['q', 'group', 'state', 'unsubscribed', 'created_from', 'created_to'] as const
export type FilterName = (typeof names)[number]
export type FilterValues = Readonly<Partial<Record<FilterName, string>>>

const queryNames = {
  q: 'q',
  group: 'group_id',
  state: 'state',
  unsubscribed: 'unsubscribed',
  created_from: 'created_from',
  created_to: 'created_to',
} as const satisfies Record<FilterName, keyof ContactFilter>

export const contactStates = ['active', 'archived', 'restricted'] as const

const oneOf = <const V extends readonly string[]>(
  values: V,
  text: string | undefined,
): V[number] | undefined => values.find((value) => value === text)

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The filter of the address as the API takes it; words nobody could have chosen are left out. */
const toQuery = (values: FilterValues, zone: string): ContactFilter => {
  const wanted = {
    q: values.q,
    group_id: values.group !== undefined && uuid.test(values.group) ? values.group : undefined,
    state: oneOf(contactStates, values.state),
    unsubscribed: oneOf(channels, values.unsubscribed),
    created_from: startOfDay(values.created_from, zone),
    created_to: endOfDay(values.created_to, zone),
  }
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
}

/** Only what the query takes over becomes a chip: a word that filters nothing must not look as if it did. */
const useChips = (values: FilterValues, query: ContactFilter): readonly FilterChip[] => {
  const { t, find } = useTexts()
  const formats = useFormats()
  const groups = useGroups()
  const day = (value: string) => formats.date(`${value}T12:00:00Z`)
  const words: Record<FilterName, (value: string) => string> = {
    q: (value) => value,
    group: (value) => groups.find((group) => group.id === value)?.name ?? '…',
    state: (value) => find('contacts', `state-${value}`) ?? value,
    unsubscribed: (value) => find('contacts', `channel-${value}`) ?? value,
    created_from: day,
    created_to: day,
  }
  return names.flatMap((name) => {
    const value = values[name]
    if (value === undefined || name === 'q' || query[queryNames[name]] === undefined) return []
    return [{ name, label: t(`contacts.filter-${name}`), value: words[name](value) }]
  })
}

/** Filters of the contact list: in the address, as the API's query, and as chips in words. */
export const useContactFilters = () => {
  const { zone } = useTongue()
  const [values, change] = useFilters(...names)
  const query = toQuery(values, zone)
  return { values, change, query, chips: useChips(values, query), any: Object.keys(query).length > 0 }
}
