import { createServer } from 'node:http'
import type { ListenAt } from '../config.ts'
import type { Deps } from '../http/deps.ts'
import { listSendingMetrics, pingDatabase } from './queries.ts'

/** Figures of sending over all accounts; left out while the database is away. */
const sendingLines = async (deps: Deps): Promise<string> => {
  const metrics = await listSendingMetrics(deps.db).catch(() => [])
  const named = new Set<string>()
  return metrics
    .map(({ name, labels, value }) => {
      const head = named.has(name) ? '' : `# TYPE ${name} gauge\n`
      named.add(name)
      return `${head}${name}${labels === '' ? '' : `{${labels}}`} ${Math.round(value * 1_000) / 1_000}\n`
    })
    .join('')
}

const lines = (): string => {
  const memory = process.memoryUsage()
  return [
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${memory.rss}`,
    '# TYPE nodejs_heap_used_bytes gauge',
    `nodejs_heap_used_bytes ${memory.heapUsed}`,
    '# TYPE process_uptime_seconds gauge',
    `process_uptime_seconds ${Math.round(process.uptime())}`,
    '# TYPE nodejs_eventloop_utilization gauge',
    `nodejs_eventloop_utilization ${performance.eventLoopUtilization().utilization.toFixed(4)}`,
    '',
  ].join('\n')
}

const isDatabaseThere = async (deps: Deps): Promise<boolean> => {
  try {
    await pingDatabase(deps.db)
    return true
  } catch {
    return false
  }
}

/** The private socket for operators' tools (METRICS_LISTEN): `/metrics` and `/readyz`, nothing else. */
export const serveMetrics = async (
  deps: Deps,
  at: ListenAt,
  isReady: () => boolean,
): Promise<() => Promise<unknown>> => {
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET') return response.writeHead(405).end()
    if (request.url === '/metrics')
      return response
        .writeHead(200, { 'content-type': 'text/plain; version=0.0.4' })
        .end(lines() + (await sendingLines(deps)))
    if (request.url !== '/readyz') return response.writeHead(404).end()
    const ready = isReady() && (await isDatabaseThere(deps))
    return response
      .writeHead(ready ? 200 : 503, { 'content-type': 'text/plain' })
      .end(ready ? 'ready\n' : 'not ready\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, resolve)
  })
  return () => new Promise((resolve) => server.close(resolve))
}
