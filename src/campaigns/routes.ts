import type { FastifyReply } from 'fastify'
import { recordAct } from '../audit/index.ts'
import { inAccount } from '../db/pool.ts'
import { type ServeScope, serve } from '../http/serve.ts'
import { listCampaigns, readCampaign } from './campaign.ts'
import * as contract from './contract.ts'
import { copyCampaign } from './copy.ts'
import { changeCampaign, createDraft, deleteCampaign } from './draft.ts'
import { followUpRoutes } from './follow-up/routes.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { runPreflight } from './preflight/preflight.ts'
import { previewRoutes } from './preview/routes.ts'
import { runRoutes } from './run/routes.ts'
import { getLocked } from './run/states.ts'

const locate = (reply: FastifyReply, id: string): FastifyReply =>
  reply.header('location', `/api/v1/campaigns/${id}`)

export const campaignRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, contract.listCampaigns, ({ actor, query }) =>
    inAccount(deps.db, actor.accountId, (trx) => listCampaigns(trx, deps, actor, query)),
  )
  serve(scope, contract.createCampaign, ({ actor, body }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const id = await createDraft(trx, deps, actor, body)
      const after = await readCampaign(trx, deps, actor.accountId, id)
      await recordAct(trx, deps, actor, { action: 'campaign.created', type: 'campaign', id, after })
      return after
    }),
  )
  serve(scope, contract.getCampaign, ({ actor, params }) =>
    inAccount(deps.db, actor.accountId, (trx) => readCampaign(trx, deps, actor.accountId, params.id)),
  )
  serve(scope, contract.changeCampaign, ({ actor, params, body, ifMatch }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const { id } = params
      const before = await readCampaign(trx, deps, actor.accountId, id)
      await changeCampaign(trx, actor, id, body, ifMatch)
      const after = await readCampaign(trx, deps, actor.accountId, id)
      await recordAct(trx, deps, actor, { action: 'campaign.changed', type: 'campaign', id, before, after })
      return after
    }),
  )
  serve(scope, contract.deleteCampaign, ({ actor, params, ifMatch }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const { id } = params
      const before = await readCampaign(trx, deps, actor.accountId, id)
      await deleteCampaign(trx, actor, id, ifMatch)
      await recordAct(trx, deps, actor, { action: 'campaign.deleted', type: 'campaign', id, before })
      return null
    }),
  )
  serve(scope, contract.duplicateCampaign, ({ actor, params, body, reply }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const id = await copyCampaign(trx, deps, actor, params.id, { name: body.name, mark: 'copy' })
      locate(reply, id)
      const after = await readCampaign(trx, deps, actor.accountId, id)
      await recordAct(trx, deps, actor, { action: 'campaign.created', type: 'campaign', id, after })
      return after
    }),
  )
  serve(scope, contract.preflightCampaign, ({ actor, params }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      // Links of the revision are stored: nobody may delete the draft meanwhile.
      await getLocked(trx, actor.accountId, params.id)
      return runPreflight(trx, deps, actor.accountId, params.id)
    }),
  )
  previewRoutes(scope)
  runRoutes(scope)
  followUpRoutes(scope)
  ledgerRoutes(scope)
}
