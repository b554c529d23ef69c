import { type ServeScope, serve } from '../http/serve.ts'
import { streamEvents } from './contract.ts'
import type { Hub } from './hub.ts'

const heartbeatMs = 15_000
/** An open stream is judged again this often: a lost session closes it within 5 s (security.md §2.5). */
const rejudgeMs = 5_000

export const liveRoutes = (scope: ServeScope, hub: Hub): void => {
  serve(scope, streamEvents, async ({ actor, request, reply }) => {
    const { raw } = reply
    reply.hijack()
    const headers = reply.getHeaders() as Record<string, string>
    raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    raw.write('retry: 2000\n\n')
    const close = () => raw.end()
    const leave = hub.subscribe((notice) => {
      if (notice.account !== actor.accountId) return
      raw.write(`data: ${JSON.stringify({ topic: notice.topic, id: notice.id })}\n\n`)
    })
    const beat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs)
    const judge = setInterval(() => {
      request.headers['x-campanile-background'] = '1'
      scope.authenticate(request, reply).catch(close)
    }, rejudgeMs)
    scope.deps.stopping.addEventListener('abort', close, { once: true })
    raw.on('close', () => {
      leave()
      clearInterval(beat)
      clearInterval(judge)
      scope.deps.stopping.removeEventListener('abort', close)
    })
    return reply
  })
}
