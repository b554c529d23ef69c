import type { Content } from '../../content/contract.ts'
import { inAccount } from '../../db/pool.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { countAudience, sampleAudience, scopeOf } from '../audience/audience.ts'
import { getRecord } from '../campaign.ts'
import { compiledContent } from '../content/compiled.ts'
import { templateError } from '../content/links.ts'
import { countMissingValues } from '../preflight/sample.ts'
import { surroundingsOf } from '../source/surroundings.ts'
import * as contract from './contract.ts'
import { checkContent, previewCampaign } from './preview.ts'
import { sendTests } from './test-send.ts'

export const previewRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, contract.checkContent, async ({ body }) => checkContent(body.content))
  serve(scope, contract.previewCampaign, ({ actor, params, query }) =>
    inAccount(deps.db, actor.accountId, (trx) =>
      previewCampaign(trx, deps, actor, params.id, query.contact_id),
    ),
  )
  serve(scope, contract.testCampaign, ({ actor, params, body }) => sendTests(deps, actor, params.id, body))
  serve(scope, contract.countAudience, ({ actor, params }) =>
    inAccount(deps.db, actor.accountId, (trx) => countAudience(trx, deps, actor, params.id)),
  )
  serve(scope, contract.sampleAudience, ({ actor, params, query }) =>
    inAccount(deps.db, actor.accountId, (trx) => sampleAudience(trx, deps, actor, params.id, query.reason)),
  )
  serve(scope, contract.countMissingValues, ({ actor, params }) =>
    inAccount(deps.db, actor.accountId, async (trx) => {
      const campaign = await getRecord(trx, actor.accountId, params.id)
      if (!campaign.content) return { contacts: 0, variables: [] }
      const compiled = compiledContent(campaign.content as Content)
      if ('faults' in compiled) throw templateError(compiled.faults[0])
      const audience = await scopeOf(trx, deps, actor.accountId, campaign)
      const surroundings = await surroundingsOf(trx, deps, actor.accountId, campaign)
      return countMissingValues(trx, deps, audience, compiled.email, surroundings)
    }),
  )
}
