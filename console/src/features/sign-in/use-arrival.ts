import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { safeNext } from '../../lib/next.ts'
import { sessionQuery } from '../../lib/session.ts'
import { placeOf, type SignedIn } from './steps.ts'

/** Whoever is signed in already goes straight on; not while something is still shown that is shown only once. */
export const useGoOn = (next: string | null, active: boolean): void => {
  const router = useRouter()
  const { data } = useQuery({ ...sessionQuery, retry: false, enabled: active })
  useEffect(() => {
    if (active && data !== undefined) router.history.replace(next ?? '/')
  }, [active, data, next, router])
}

/** Into the console: nothing that another person has read here before stays in memory. */
export const useArrival = (next: string | null) => {
  const client = useQueryClient()
  const router = useRouter()
  return ({ session, next: wanted }: SignedIn): void => {
    client.clear()
    client.setQueryData(sessionQuery.queryKey, session)
    router.history.push(placeOf(session) ?? safeNext(wanted) ?? next ?? '/')
  }
}
