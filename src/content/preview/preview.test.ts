import { randomBytes } from 'node:crypto'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { readConfig } from '../../config.ts'
import type { Deps } from '../../http/deps.ts'
import { systemClock } from '../../lib/clock.ts'
import { openKeyRing } from '../../lib/secrets.ts'
import { previewRoutes, sealPreview } from './index.ts'
import { withNewTabLinks } from './page.ts'

const config = readConfig({
  SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
})
const deps = { config, clock: systemClock(), keys: openKeyRing(config.secretKeys) } as Deps

const app = Fastify({ routerOptions: { maxParamLength: 8_400 } })
previewRoutes(app, deps, {
  letter: async (_deps, { id, detail }) => (id === 'gone' ? null : `<p>${id} ${detail?.['x'] ?? ''}</p>`),
})
const show = (url: string) => app.inject(new URL(url).pathname)
const subject = { accountId: 'a', kind: 'letter', id: 'one' }

test('a sealed address shows the page, sandboxed, for the panel alone', async () => {
  const { url, expires_at } = sealPreview(deps, { ...subject, detail: { x: 'y' } })
  expect(url).toMatch(/^http:\/\/localhost:8421\/preview\//)
  expect(new Date(expires_at).getTime()).toBeGreaterThan(deps.clock.now().getTime())
  const page = await show(url)
  expect(page.statusCode).toBe(200)
  expect(page.body).toBe('<base target="_blank"><p>one y</p>')
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(page.headers['content-security-policy']).toBe(
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
      'frame-ancestors http://localhost:8420 http://127.0.0.1:8420; img-src https: http: data:; ' +
      "style-src 'unsafe-inline'",
  )
})

test('an address is dead after ten minutes', async () => {
  const { url } = sealPreview(deps, subject)
  deps.clock.setOffsetMs(9 * 60_000)
  expect((await show(url)).statusCode).toBe(200)
  deps.clock.setOffsetMs(10 * 60_000)
  expect((await show(url)).statusCode).toBe(404)
  deps.clock.setOffsetMs(0)
})

test.each([
  ['of a thing that is gone', sealPreview(deps, { ...subject, id: 'gone' }).url],
  ['of a kind nobody serves', sealPreview(deps, { ...subject, kind: 'toString' }).url],
  ['that is made up', 'http://x/preview/abcdef'],
  [
    'with a bit changed',
    sealPreview(deps, subject).url.replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A')),
  ],
  ['with characters of another alphabet', 'http://x/preview/%00%ff'],
])('an address %s shows nothing', async (_name, url) => {
  const { statusCode } = await show(url)
  expect([400, 404]).toContain(statusCode)
})

test.each([
  [
    '<!doctype html><html><head><title>x</title></head></html>',
    '<!doctype html><html><head>|<title>x</title></head></html>',
  ],
  ['<html lang="pl"><body>x', '<html lang="pl">|<body>x'],
  ['<!DOCTYPE html><p>x', '<!DOCTYPE html>|<p>x'],
  ['<header>x</header>', '|<header>x</header>'],
  ['plain', '|plain'],
])('links of %s open in new tabs', (html, expected) => {
  expect(withNewTabLinks(html)).toBe(expected.replace('|', '<base target="_blank">'))
})
