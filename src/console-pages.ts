import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Deps } from './http/deps.ts'
import { pagePolicy } from './http/headers.ts'
import { linkPagePaths } from './system-stream/index.ts'

const folder = fileURLToPath(new URL('../dist/console/', import.meta.url))
const notBuilt =
  '<!doctype html><title>Campanile</title><p>The console has not been built. Run script/server.</p>'
/** The API, test support, and the public paths that belong to CONTENT_URL alone. */
const notAPage = /^\/(?:api\/v1|test|u|o|c|v|s|t|collect|receipts|preview|metrics|readyz)(?:\/|$)/i
/** Paths of the console begin with a letter; dot files are never answered with a page. */
const pagePath = /^\/(?:[a-z][a-z0-9/_-]*)?$/i

/** What stands behind a link tells nobody where its reader came from (security.md §4.9). */
const linkPages: ReadonlySet<string> = new Set([...linkPagePaths, '/setup'])

/** The built console: hashed assets for a year, and the one page with a fresh nonce for every address below `/`. */
export const consolePages = async (app: FastifyInstance, deps: Deps): Promise<void> => {
  const index = `${folder}index.html`
  const page = existsSync(index) ? readFileSync(index, 'utf8') : notBuilt
  if (existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      prefix: '/',
      wildcard: false,
      index: false,
      dotfiles: 'deny',
      globIgnore: ['**/index.html', '**/*.map'],
      cacheControl: false,
      setHeaders: (reply, path) =>
        reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
        ),
    })
  }
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    // The server's own answer: 405 where the address exists for another method, else 404.
    if (!pagePath.test(path) || notAPage.test(path)) return reply.callNotFound()
    const nonce = randomBytes(16).toString('base64')
    if (linkPages.has(path)) reply.header('referrer-policy', 'no-referrer')
    reply.header('content-security-policy', pagePolicy(nonce, deps.config))
    return reply.type('text/html; charset=utf-8').send(page.replaceAll('__CSP_NONCE__', nonce))
  })
}
