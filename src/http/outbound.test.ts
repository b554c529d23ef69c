import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { connectPool, openDb } from '../db/pool.ts'
import { createTestDatabase } from '../db/test/databases.ts'
import { systemClock } from '../lib/clock.ts'
import type { TargetKind } from '../lib/outbound-guard/index.ts'
import { openKeyRing } from '../lib/secrets.ts'
import type { Deps } from './deps.ts'
import { makeLog } from './log.ts'
import { answerLookups, guardOf, operatorGuardOf } from './outbound.ts'

const database = await createTestDatabase()
const pool = connectPool(database.urls.app, { max: 2, name: 'test' })
afterAll(async () => {
  await pool.end()
  await database.drop()
})
const secretKeys = `k1:${randomBytes(32).toString('base64')}`

const depsFor = (env: Record<string, string>): Deps => {
  const config = readConfig({ SECRET_KEYS: secretKeys, ...env })
  return {
    config,
    db: openDb(pool),
    clock: systemClock(),
    keys: openKeyRing(config.secretKeys),
    log: makeLog(config),
    stopping: new AbortController().signal,
  }
}
const publicly = { PUBLIC_URL: 'https://panel.example.com', CONTENT_URL: 'https://content.example.net' }
const databasePort = Number(new URL(database.urls.app).port)

/** One port on which each kind of target is allowed. */
const kinds: readonly (readonly [TargetKind, number])[] = [
  ['webhook', 443],
  ['provider', 443],
  ['import', 443],
  ['web_push', 443],
  ['link_check', 443],
  ['relay', 587],
  ['direct', 25],
  ['smpp', 2775],
  ['imap', 993],
  ['sftp', 22],
  ['dns', 53],
]

const verdict = async (deps: Deps, kind: TargetKind, host: string, port: number): Promise<string> => {
  try {
    await guardOf(deps).vet(kind, host, port)
    return 'reached'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe.each(kinds)('a target of kind %s', (kind, port) => {
  test.each([
    ['loopback, while EGRESS_ALLOW is unset on a loopback panel', {}, '127.0.0.2', 'reached'],
    ['a private network, while EGRESS_ALLOW is unset', {}, '10.1.2.3', 'url_refused'],
    ['loopback, while EGRESS_ALLOW is none', { EGRESS_ALLOW: 'none' }, '127.0.0.2', 'url_refused'],
    ['loopback under a public panel', publicly, '127.0.0.2', 'url_refused'],
    ['the network that EGRESS_ALLOW names', { EGRESS_ALLOW: '10.1.0.0/16' }, '10.1.2.3', 'reached'],
    ['its neighbour', { EGRESS_ALLOW: '10.1.0.0/16' }, '10.2.2.3', 'url_refused'],
    [
      'loopback, which a list of others leaves out',
      { EGRESS_ALLOW: '10.1.0.0/16' },
      '127.0.0.2',
      'url_refused',
    ],
    ['loopback that a list names', { ...publicly, EGRESS_ALLOW: '127.0.0.0/8' }, '127.0.0.2', 'reached'],
  ])('%s is judged by the operator’s word', async (_what, env, host, expected) => {
    expect(await verdict(depsFor(env as Record<string, string>), kind, host, port)).toBe(expected)
  })
})

test.each([
  ['the panel', 8420],
  ['the content origin', 8421],
  ['metrics', 9100],
  ['the database', databasePort],
])('the own socket of %s is reached by nobody, allowed network or not', async (_what, port) => {
  const deps = depsFor({ METRICS_LISTEN: '127.0.0.1:9100', EGRESS_ALLOW: '127.0.0.0/8,::1/128' })
  expect(await verdict(deps, 'relay', '127.0.0.1', port)).toBe('url_refused')
  expect(await verdict(deps, 'relay', 'localhost', port)).toBe('url_refused')
  await expect(operatorGuardOf(deps).vet('relay', '127.0.0.1', port)).rejects.toMatchObject({
    code: 'url_refused',
  })
})

test('what the operator names himself may stand in his own network, and opens it to no tenant', async () => {
  const deps = depsFor(publicly)
  expect((await operatorGuardOf(deps).vet('relay', '10.1.2.3', 25)).allowedPrivate).toBe(true)
  expect(await verdict(deps, 'relay', '10.1.2.3', 25)).toBe('url_refused')
  for (const host of ['169.254.169.254', '0.0.0.0', '224.0.0.1'])
    await expect(operatorGuardOf(deps).vet('relay', host, 25)).rejects.toMatchObject({ code: 'url_refused' })
})

test('names are looked up each time anew, and the last answer of test support stays', async () => {
  const deps = depsFor({})
  answerLookups(deps, { 'Turning.example.com.': [['8.8.8.8'], ['10.0.0.1'], []] })
  const ask = () => verdict(deps, 'relay', 'turning.example.com', 587)
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
    'reached',
    'url_refused',
    'dns_failed',
    'dns_failed',
  ])
})
