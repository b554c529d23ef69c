import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Group, listGroups } from '../../../../src/contacts/groups/contract.ts'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'

const none: readonly Group[] = []

/** The active groups by name, for pickers and chips. */
export const useGroups = (): readonly Group[] => {
  const may = useMay()
  useLive('group', listGroups)
  const groups = useQuery({
    ...read(listGroups, { query: { limit: 1000, state: 'active', sort: 'name' } }),
    placeholderData: keepPreviousData,
    enabled: may('contacts.groups.view'),
  })
  return groups.data?.data ?? none
}
