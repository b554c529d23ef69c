import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query'
import { type Field, listFields } from '../../../../src/contacts/fields/contract.ts'
import { read } from '../../lib/queries.ts'

const fieldsRead = read(listFields, { query: { limit: 1000, archived: false } })
const none: readonly Field[] = []

/** The additional fields in use, in their order. */
export const useFields = (): readonly Field[] =>
  useQuery({ ...fieldsRead, placeholderData: keepPreviousData }).data?.data ?? none

export const prefetchFields = (client: QueryClient): Promise<void> => client.prefetchQuery(fieldsRead)
