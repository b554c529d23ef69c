import { useQuery } from '@tanstack/react-query'
import type { RouteContract } from '../../../../src/http/contract.ts'
import { type AnswerOf, type CallArgs, call } from '../../lib/call.ts'

/** What the page behind a link may show; looking consumes nothing. */
export const useInspection = <R extends RouteContract>(contract: R, token: string | null) =>
  useQuery({
    queryKey: ['link', contract.path, token],
    enabled: token !== null,
    retry: false,
    queryFn: (): Promise<AnswerOf<R>> =>
      call(contract, ...([{ body: { token }, signedOut: 'throw' }] as unknown as CallArgs<R>)),
  })
