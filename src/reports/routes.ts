import { type ServeScope, serve } from '../http/serve.ts'
import {
  exportRecipients,
  getRecipient,
  getReport,
  listRecipients,
  listReportBounces,
  listReportLinks,
  listTimeline,
} from './contract.ts'
import { exportCampaignRecipients } from './recipients/export.ts'
import { listCampaignRecipients, readRecipient } from './recipients/recipient.ts'
import { readReport } from './report.ts'
import { listBounces, listLinks, listTimelineEntries } from './tabs.ts'

export const reportRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, getReport, ({ actor, params, now }) => readReport(deps, actor.accountId, params.id, now))
  serve(scope, listReportLinks, ({ actor, params, query, now }) =>
    listLinks(deps, actor.accountId, params.id, query, now),
  )
  serve(scope, listReportBounces, ({ actor, params, query, now }) =>
    listBounces(deps, actor.accountId, params.id, query, now),
  )
  serve(scope, listTimeline, ({ actor, params, query, now }) =>
    listTimelineEntries(deps, actor.accountId, params.id, query, now),
  )
  serve(scope, listRecipients, ({ actor, params, query, now }) =>
    listCampaignRecipients(deps, actor, params.id, query, now),
  )
  serve(scope, getRecipient, ({ actor, params }) => readRecipient(deps, actor, params.id, params.message_id))
  serve(scope, exportRecipients, async ({ actor, params, query, now, reply }) => {
    const stream = await exportCampaignRecipients(deps, actor, params.id, query, now)
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="recipients-${params.id}.csv"`)
      .send(stream)
  })
}
