import { byActor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { notFound } from '../../http/errors.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { forgetTrustedDevice, forgetTrustedDevices, listTrustedDevices } from './contract.ts'
import { deleteTrustedDevices, listTrustedDevices as listRows } from './queries.ts'

export const deviceRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listTrustedDevices, async ({ actor }) => {
    const rows = await inAccount(deps.db, actor.accountId, (trx) => listRows(trx, actor))
    const devices = rows.map((row) => ({
      id: row.id,
      agent: row.agent_family,
      address: row.address ?? 'unresolved',
      created_at: row.created_at.toISOString(),
      last_used_at: row.last_used_at.toISOString(),
      expires_at: row.expires_at.toISOString(),
    }))
    return { data: devices, next_cursor: null, has_more: false }
  })

  serve(scope, forgetTrustedDevice, ({ actor, params }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const { accountId, userId } = actor
      if ((await deleteTrustedDevices(trx, accountId, { userId, id: params.id })) === 0) throw notFound()
      await record(trx, deps, byActor(actor), {
        action: 'trusted_device.removed',
        object: { type: 'trusted_device', id: params.id },
      })
      return null
    }),
  )

  serve(scope, forgetTrustedDevices, ({ actor }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const { accountId, userId } = actor
      const removed = await deleteTrustedDevices(trx, accountId, { userId })
      await record(trx, deps, byActor(actor), {
        action: 'trusted_device.removed',
        object: { type: 'user', id: userId },
        diff: { after: { removed } },
      })
      return null
    }),
  )
}
