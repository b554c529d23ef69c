import { recordAct } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { readCampaign } from '../campaign.ts'
import { followUpCampaign } from './contract.ts'
import { draftFollowUp } from './follow-up.ts'

export const followUpRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, followUpCampaign, ({ actor, params, body, reply }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const id = await draftFollowUp(trx, deps, actor, params.id, body)
      reply.header('location', `/api/v1/campaigns/${id}`)
      const after = await readCampaign(trx, deps, actor.accountId, id)
      await recordAct(trx, deps, actor, { action: 'campaign.created', type: 'campaign', id, after })
      return after
    }),
  )
}
