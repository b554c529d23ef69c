import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import type { PermissionKey } from '../../../src/http/permissions/contract.ts'
import { getSession, type Session, signOut } from '../../../src/security/contract.ts'
import { call } from './call.ts'
import { keyOf } from './queries.ts'

/** The session is read once at the door of the frame and kept; it also says what the person may. */
export const sessionQuery = {
  queryKey: keyOf(getSession),
  queryFn: (): Promise<Session> => call(getSession, { signedOut: 'throw' }),
  staleTime: 5 * 60_000,
}

export const useSession = (): Session => useSuspenseQuery(sessionQuery).data

/** `const may = useMay(); may('contacts.create') && <Button …/>` */
export const useMay = (): ((key: PermissionKey) => boolean) => {
  const { permissions } = useSession()
  return (key) => permissions.includes(key)
}

export const useSignOut = (): (() => Promise<void>) => {
  const client = useQueryClient()
  return async () => {
    await call(signOut, { body: {}, signedOut: 'throw' }).catch(() => undefined)
    client.clear()
    // A full load drops everything this person has read from memory.
    window.location.assign('/sign-in')
  }
}
