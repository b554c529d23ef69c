import { type AddressInfo, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { serveMetrics } from './metrics.ts'

const app = await startTestApp()

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

it('tells operators on the private socket alone whether the program is ready, and how it is', async () => {
  const port = await freePort()
  let ready = false
  const close = await serveMetrics(app.deps, { host: '127.0.0.1', port }, () => ready)
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: response.status, text: await response.text() }
  }
  expect((await get('/readyz')).status).toBe(503)
  ready = true
  expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' })
  const metrics = (await get('/metrics')).text
  expect(metrics).toMatch(/^process_resident_memory_bytes \d+$/m)
  expect(metrics).toMatch(/^campanile_queue_messages\{state="due"\} 0$/m)
  expect(metrics).toMatch(/^campanile_messages_uncertain 0$/m)
  expect((await get('/api/v1/health')).status).toBe(404)
  expect((await app.nobody.send({ method: 'GET', url: '/metrics' })).status).toBe(404)
  await close()
})
