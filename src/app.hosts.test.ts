import { describe, expect, it } from 'vitest'
import { buildApp } from './app.ts'
import { buildContentApp } from './content-app.ts'
import { openHub } from './live/index.ts'
import { startTestApp } from './test/app.ts'

const app = await startTestApp()

describe('both origins on one socket', () => {
  it('answers panel and content by the exact host alone', async () => {
    const config = {
      ...app.deps.config,
      publicUrl: 'https://panel.example.com',
      contentUrl: 'https://mail.example.net',
      loopback: false,
    }
    const deps = { ...app.deps, config }
    const hub = openHub(app.urls.app, deps.log)
    const content = buildContentApp(deps)
    await content.ready()
    const panel = buildApp({ deps, hub, isReady: () => true, testSupport: null, content })
    const url = await panel.listen({ port: 0, host: '127.0.0.1' })
    const { port } = new URL(url)
    const get = async (host: string, path: string) => {
      const { request } = await import('node:http')
      return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve) => {
        request({ port, host: '127.0.0.1', path, headers: { host } }, (response) => {
          response.resume()
          resolve({ status: response.statusCode ?? 0, headers: response.headers })
        }).end()
      })
    }
    expect((await get('panel.example.com', '/api/v1/health')).status).toBe(200)
    expect((await get('mail.example.net', '/api/v1/health')).status).toBe(404)
    expect((await get('mail.example.net', '/u/x')).headers['content-type']).toMatch(/^text\/html/)
    expect(await get('panel.example.com', '/u/x')).toMatchObject({
      status: 404,
      headers: { 'content-type': expect.stringMatching(/^application\/problem\+json/) },
    })
    expect((await get('panel.example.com', '/api/v1/health')).headers['strict-transport-security']).toMatch(
      /max-age=63072000/,
    )
    await panel.close()
    await content.close()
    await hub.close()
  })
})
