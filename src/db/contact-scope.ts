import { AsyncLocalStorage } from 'node:async_hooks'

/** The groups to whose contacts the present work is narrowed; null or nothing: all contacts. */
const narrowed = new AsyncLocalStorage<readonly string[] | null>()

/**
 * Every transaction that begins inside `act` shows contacts of these groups alone (account.md §5, scopes). It is told to
 * the database, which knows no way around it.
 */
export const withContactScope = <T>(groupIds: readonly string[] | null, act: () => T): T =>
  narrowed.run(groupIds, act)

/** As the setting `app.contact_groups` has it; empty = not narrowed. */
export const contactScopeSetting = (): string => {
  const ids = narrowed.getStore()
  return ids ? `{${ids.join(',')}}` : ''
}

/** A statement went beyond the scope: the database refused the row. */
export const isBeyondScope = (error: unknown): boolean =>
  Boolean(narrowed.getStore()) && (error as { code?: unknown } | null)?.code === '42501'
