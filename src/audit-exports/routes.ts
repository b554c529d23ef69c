import { answer, type ServeScope, serve } from '../http/serve.ts'
import { getAuditExport, getAuditExportFile, startAuditExport } from './contract.ts'
import { openFile, readExport, startExport } from './export.ts'

export const auditExportRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, startAuditExport, async ({ actor, body, now, reply }) => {
    const started = await startExport(deps, actor, body, now)
    reply.header('retry-after', '1')
    reply.header('location', `/api/v1/audit-log/exports/${started.id}`)
    return answer(202, started)
  })
  serve(scope, getAuditExport, ({ actor, params, now }) => readExport(deps, actor, params.id, now))
  serve(scope, getAuditExportFile, async ({ actor, params, now, reply }) => {
    const { name, stream } = await openFile(deps, actor, params.id, now)
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(stream)
  })
}
