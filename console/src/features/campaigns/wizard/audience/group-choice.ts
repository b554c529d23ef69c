import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Group, listGroups } from '../../../../../../src/contacts/groups/contract.ts'
import { call } from '../../../../lib/call.ts'
import { useLive } from '../../../../lib/events.ts'

const query = { state: 'active', sort: 'name', limit: 1000 } as const

/** Every active group, page after page: a picker that knows only some would hide the rest. */
export const useGroupChoice = () => {
  const { data, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, error } = useInfiniteQuery({
    queryKey: [listGroups.path, 'choice'],
    queryFn: ({ signal, pageParam }) =>
      call(listGroups, { query: { ...query, cursor: pageParam ?? undefined }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
  useLive('group', listGroups)
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && error === null) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, error, fetchNextPage])
  const groups: readonly Group[] = data?.pages.flatMap((page) => page.data) ?? []
  return { groups, isPending, error }
}
export type GroupChoice = ReturnType<typeof useGroupChoice>
