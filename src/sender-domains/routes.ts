import { byActor } from '../audit/index.ts'
import { inAccount } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import { type ServeScope, serve } from '../http/serve.ts'
import { spendLimits } from '../security/index.ts'
import { addDomain } from './adding.ts'
import { changeDomain } from './changing.ts'
import { checkDomain } from './check/check.ts'
import * as contract from './contract.ts'
import { deleteDomain, getDomain, listDomains, readOne, type UsedBySource } from './domain.ts'
import { guideIn, loadGuides } from './guides/guides.ts'
import { readReports } from './reports/reading.ts'
import { rotateKeys } from './rotation.ts'
import { sendRecords } from './send-records.ts'
import { readZonefile } from './zonefile.ts'

const secondsBetweenChecks = 10

export const senderDomainRoutes = (scope: ServeScope, usedBy: UsedBySource): void => {
  const { deps } = scope
  const checkNow = async (actor: Actor, id: string) => {
    await inAccount(deps.db, actor.accountId, (trx) => getDomain(trx, actor.accountId, id))
    await spendLimits(deps.db, [{ key: `domain_check:${id}`, max: 1, windowSeconds: secondsBetweenChecks }])
    await checkDomain(deps, actor.accountId, id, byActor(actor))
    return readOne(deps, actor, id)
  }
  serve(scope, contract.listSenderDomains, ({ actor, query, now }) => listDomains(deps, actor, query, now))
  serve(scope, contract.createSenderDomain, ({ actor, body, now }) => addDomain(deps, actor, body, now))
  serve(scope, contract.getSenderDomain, ({ actor, params }) => readOne(deps, actor, params.id))
  serve(scope, contract.changeSenderDomain, ({ actor, params, body, ifMatch }) =>
    changeDomain(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, contract.deleteSenderDomain, async ({ actor, params, ifMatch }) => {
    await deleteDomain(deps, actor, params.id, ifMatch, usedBy)
    return null
  })
  serve(scope, contract.checkSenderDomain, ({ actor, params }) => checkNow(actor, params.id))
  serve(scope, contract.rotateDkim, ({ actor, params }) => rotateKeys(deps, actor, params.id))
  serve(scope, contract.getZonefile, async ({ actor, params, query, reply }) => {
    const { name, text } = await readZonefile(deps, actor, params.id, query.part)
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(text)
  })
  serve(scope, contract.sendDomainRecords, ({ actor, params, body }) =>
    sendRecords(deps, actor, params.id, body),
  )
  serve(scope, contract.getDmarcReports, ({ actor, params, query, now }) =>
    readReports(deps, actor, params.id, query, now),
  )
  serve(scope, contract.listHostingGuides, async ({ actor }) => ({
    data: loadGuides(deps.config.dataDir).map((guide) => guideIn(guide, actor.language)),
    service_domain: deps.config.serviceDomain,
  }))
}
