import { loadContactsForRendering, type RenderingContact } from '../../contacts/index.ts'
import {
  type CompiledEmail,
  type EmailRendering,
  renderEmail,
  type Surroundings,
} from '../../content/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { type AudienceScope, listReachableIds } from '../audience/queries.ts'
import { inertLinks } from '../content/inert-links.ts'

const beforeAll = '00000000-0000-0000-0000-000000000000'
const batch = 1_000

export const firstReachable = async (trx: Trx, scope: AudienceScope): Promise<RenderingContact | null> => {
  const ids = await listReachableIds(trx, scope, beforeAll, 1)
  return (await loadContactsForRendering(trx, scope.accountId, ids))[0] ?? null
}

export const renderSample = (
  deps: Deps,
  email: CompiledEmail,
  surroundings: Surroundings,
  contact: RenderingContact | null,
): EmailRendering => renderEmail(email, contact, surroundings, inertLinks(deps), 'view')

export type MissingValues = { contacts: number; variables: { name: string; contacts: number }[] }

/** Fills the message for every reachable contact and counts what is shown without a value; nothing leaves. */
export const countMissingValues = async (
  trx: Trx,
  deps: Deps,
  scope: AudienceScope,
  email: CompiledEmail,
  surroundings: Surroundings,
): Promise<MissingValues> => {
  const byName = new Map<string, number>()
  let contacts = 0
  if (!email.showsValues) return { contacts, variables: [] }
  for (let after = beforeAll; ; ) {
    const ids = await listReachableIds(trx, scope, after, batch)
    const last = ids.at(-1)
    if (last === undefined) break
    after = last
    for (const contact of await loadContactsForRendering(trx, scope.accountId, ids)) {
      const rendering = renderSample(deps, email, surroundings, contact)
      const missing = 'email' in rendering ? rendering.email.missing : []
      if (missing.length > 0) contacts += 1
      for (const name of missing) byName.set(name, (byName.get(name) ?? 0) + 1)
    }
  }
  const variables = [...byName].map(([name, count]) => ({ name, contacts: count }))
  return { contacts, variables: variables.toSorted((left, right) => right.contacts - left.contacts) }
}
