import { instanceAccountId } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { type ServeScope, serve } from '../http/serve.ts'
import { streamEvents } from './contract.ts'
import type { Hub } from './hub.ts'
import type { Notice } from './notify.ts'

const heartbeatMs = 15_000
/** An open stream is judged again this often: a lost session closes it within 5 s (security.md §2.5). */
const rejudgeMs = 5_000

/** Mail in the shared mailbox, which belongs to the instance, is news for owners while PUBLIC_URL is loopback. */
const concerns = (deps: Deps, actor: Actor, notice: Notice): boolean =>
  notice.account === actor.accountId ||
  (notice.account === instanceAccountId &&
    notice.topic === 'simulator' &&
    actor.owner &&
    deps.config.loopback)

export const liveRoutes = (scope: ServeScope, hub: Hub): void => {
  serve(scope, streamEvents, async ({ actor, request, reply }) => {
    const { raw } = reply
    reply.hijack()
    const headers = reply.getHeaders() as Record<string, string>
    raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    raw.write('retry: 2000\n\n')
    const close = () => raw.end()
    const rejudge = () => {
      request.headers['x-campanile-background'] = '1'
      scope.authenticate(request, reply).catch(close)
    }
    const leave = hub.subscribe((notice) => {
      if (!concerns(scope.deps, actor, notice)) return
      if (notice.topic === 'security') rejudge()
      raw.write(`data: ${JSON.stringify({ topic: notice.topic, id: notice.id })}\n\n`)
    })
    const beat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs)
    const judge = setInterval(rejudge, rejudgeMs)
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
