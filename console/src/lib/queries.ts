import { QueryClient, queryOptions, useInfiniteQuery } from '@tanstack/react-query'
import type { RouteContract } from '../../../src/http/contract.ts'
import { type AnswerOf, type CallArgs, type CallInput, call } from './call.ts'
import { isProblem } from './problem.ts'

const retriesMax = 2

export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays a refusal; only a lost connection or a busy server is worth another try.
        retry: (failures, error) =>
          failures < retriesMax && isProblem(error) && (error.status === 0 || error.status === 503),
      },
      mutations: { retry: false },
    },
  })

type Input = { readonly params?: unknown; readonly query?: unknown }

/** Key of a read; the path stands first, so that `queryKey: [route.path]` reaches every read of the route. */
export const keyOf = (contract: RouteContract, input: Input = {}) =>
  [contract.path, input.params ?? null, input.query ?? null] as const

/** Options for `useQuery`, `prefetchQuery` and the like: `useQuery(read(getContact, { params: { id } }))`. */
export const read = <R extends RouteContract>(contract: R, ...[input]: CallArgs<R>) =>
  queryOptions({
    queryKey: keyOf(contract, input as Input | undefined),
    queryFn: ({ signal }): Promise<AnswerOf<R>> =>
      call(contract, ...([{ ...input, signal }] as unknown as CallArgs<R>)),
  })

type PageReply = {
  readonly data: readonly unknown[]
  readonly next_cursor: string | null
  readonly has_more: boolean
}
type RowOf<R extends RouteContract> = AnswerOf<R> extends { data: readonly (infer Row)[] } ? Row : never

/** A list read page by page by cursor; `DataTable` takes the result as it is. */
export const usePages = <R extends RouteContract>(contract: R, ...[input]: CallArgs<R>) => {
  const given = (input ?? {}) as CallInput<R> & Input
  const result = useInfiniteQuery({
    queryKey: [...keyOf(contract, given), 'pages'],
    queryFn: async ({ signal, pageParam }) => {
      const query = {
        ...(given.query as object | undefined),
        ...(pageParam === null ? {} : { cursor: pageParam }),
      }
      return (await call(contract, ...([{ ...given, query, signal }] as unknown as CallArgs<R>))) as PageReply
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })
  return {
    rows: (result.data?.pages.flatMap((page) => page.data) ?? []) as RowOf<R>[],
    isPending: result.isPending,
    isFetching: result.isFetching,
    isFetchingMore: result.isFetchingNextPage,
    hasMore: result.hasNextPage,
    error: result.error,
    loadMore: () => void result.fetchNextPage(),
    retry: () => void result.refetch(),
  }
}
export type Pages<Row> = Omit<ReturnType<typeof usePages>, 'rows'> & { rows: Row[] }

/** After a change: everything read through these routes is read again. */
export const refresh = (client: QueryClient, ...contracts: readonly RouteContract[]): Promise<unknown> =>
  Promise.all(contracts.map((contract) => client.invalidateQueries({ queryKey: [contract.path] })))
