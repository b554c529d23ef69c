import multipart from '@fastify/multipart'
import type { Actor } from '../../http/actor.ts'
import { answer, type ServeScope, serve } from '../../http/serve.ts'
import type { ContactWork } from '../contact.ts'
import {
  analyseAgain,
  cancelImport,
  changeImport,
  createImport,
  getAnalysis,
  getImport,
  getImportReport,
  listImportRows,
  listImports,
  pauseImport,
  resumeImport,
  startImport,
} from './contract.ts'
import { editImport, listImportPage, readAgain, readImport, steerImport } from './import.ts'
import { listRowPage, openReport } from './report.ts'
import { readAnalysis, startImportRun } from './start.ts'
import { receiveImport } from './upload.ts'

type Called = { readonly actor: Actor; readonly now: Date }

export const importRoutes = (scope: ServeScope): void => {
  const work = ({ actor, now }: Called): ContactWork => ({ deps: scope.deps, actor, now })

  // Forms are read in this scope only; everywhere else their content type is refused (security.md §4.9).
  scope.app.register(async (uploads) => {
    await uploads.register(multipart)
    serve({ ...scope, app: uploads }, createImport, async (call) => {
      const start = call.query.start ?? false
      return answer(start ? 202 : 201, await receiveImport(work(call), call.request, start))
    })
  })
  serve(scope, listImports, (call) => listImportPage(work(call), call.query))
  serve(scope, getImport, (call) => readImport(work(call), call.params.id))
  serve(scope, getAnalysis, (call) => readAnalysis(work(call), call.params.id))
  serve(scope, analyseAgain, (call) => readAgain(work(call), call.params.id, call.body.format))
  serve(scope, changeImport, (call) => editImport(work(call), call.params.id, call.body, call.ifMatch))
  serve(scope, startImport, async (call) => {
    const started = await startImportRun(work(call), call.params.id)
    call.reply.header('location', `/api/v1/operations/${started.operation_id}`)
    return answer(202, started)
  })
  serve(scope, pauseImport, (call) => steerImport(work(call), call.params.id, 'pause'))
  serve(scope, resumeImport, (call) => steerImport(work(call), call.params.id, 'resume'))
  serve(scope, cancelImport, (call) => steerImport(work(call), call.params.id, 'cancel'))
  serve(scope, listImportRows, (call) => listRowPage(work(call), call.params.id, call.query))
  serve(scope, getImportReport, async (call) => {
    const { stream, fileName } = await openReport(work(call), call.params.id, call.query.result)
    return call.reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .send(stream)
  })
}
