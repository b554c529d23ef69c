/** A harmless read for the first scope that has one; else one that says which scope is missing. */
const reads: readonly (readonly [scope: string, path: string])[] = [
  ['contacts.view', '/contacts?limit=1'],
  ['contacts.groups.view', '/groups?limit=1'],
  ['email.campaigns.view', '/campaigns?limit=1'],
  ['suppressions.view', '/suppressions?limit=1'],
  ['email.senders.view', '/email/senders'],
  ['sending.providers.view', '/sending/providers'],
]

/** The call to try a key with, ready for a shell. */
export const testCall = (origin: string, secret: string, scopes: readonly string[]): string => {
  const path = reads.find(([scope]) => scopes.includes(scope))?.[1] ?? '/contacts?limit=1'
  return `curl "${origin}/api/v1${path}" \\\n  -H "Authorization: Bearer ${secret}"`
}
