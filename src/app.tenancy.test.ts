import { describe, expect, test } from 'vitest'
import type { RouteContract } from './http/contract.ts'
import { isUuid } from './lib/ids.ts'
import { startTestApp } from './test/app.ts'
import { oneOfEach } from './test/one-of-each.ts'
import { sampleOf } from './test/sample.ts'
import { freshenFactors, grantMfa } from './test/second-factor.ts'

const app = await startTestApp()
await freshenFactors(app, app.accountId)
await grantMfa(app, app.accountId)
await app.other.stepUp()
const foreign = await oneOfEach(app, app.otherAccountId)
const random: Readonly<Record<string, string>> = {
  id: '0190a000-0000-7000-8000-0000000000aa',
  message_id: '0190a000-0000-7000-8000-0000000000ab',
  key: 'external_id',
  value: 'nobody',
  name: 'no_such_field',
  position: '0',
  seq: '2000000',
}

/** Bodies whose smallest form says nothing, so that it would be refused before anything is looked up. */
const bodies: Readonly<Record<string, unknown>> = {
  'POST /campaigns/{id}/test': { to: ['someone@example.com'] },
  'POST /campaigns/{id}/throttle': { throttle_per_hour: 100 },
  'POST /campaigns/{id}/schedule': { planned_at: '2100-01-01T00:00:00.000Z' },
}

const collectionOf = (path: string): string => path.slice(0, path.indexOf('/{'))
const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? random[name] ?? '')

const send = (contract: RouteContract, values: Readonly<Record<string, string>>) => {
  const name = `${contract.method} ${contract.path}`
  return app.owner.send({
    method: contract.method,
    url: `/api/v1${fill(contract.path, values)}`,
    query: (sampleOf(contract.query ?? {}) as Record<string, string> | null) ?? {},
    headers: { 'x-request-id': 'same', ...(contract.ifMatch ? { 'if-match': '"1"' } : {}) },
    ...(contract.body ? { payload: (bodies[name] ?? sampleOf(contract.body)) as object } : {}),
  })
}

/** Staff of the operator reach every account by its id; what they may see there is proven beside those routes. */
const isOperators = ({ access }: RouteContract): boolean => access.startsWith('operator.')
/** A dialogue that is not the caller's own is closed, whatever the reason; one sentence for all of them. */
const isDialogue = ({ path }: RouteContract): boolean => /^\/(sign-in|step-up|me\/challenges)\//.test(path)
const withId = app.app.served.flatMap(({ contract }) =>
  contract?.path.includes('{') && !isOperators(contract) ? [contract] : [],
)
const addressed = withId
  .filter((contract) => !isDialogue(contract))
  .map((contract) => [`${contract.method} ${contract.path}`, contract] as const)

describe('an object of another account', () => {
  test.each(addressed)('is for %s the same as one that never was', async (_name, contract) => {
    const owned = foreign[collectionOf(contract.path)]
    expect(owned, `oneOfEach makes nothing below ${collectionOf(contract.path)}`).toBeDefined()
    const [other, none] = [await send(contract, owned ?? {}), await send(contract, random)]
    expect([none.status, none.body.code]).toEqual([404, 'not_found'])
    expect(other.status).toBe(404)
    expect(other.raw).toBe(none.raw)
    expect(Object.keys(other.headers).toSorted()).toEqual(Object.keys(none.headers).toSorted())
  })

  test.each(
    withId.filter(isDialogue).map((contract) => [`${contract.method} ${contract.path}`, contract] as const),
  )('is for %s a closed dialogue', async (_name, contract) => {
    const { status, body } = await send(contract, { id: 'AAAAAAAAAAAAAAAAAAAAAA' })
    if (contract.path.endsWith('/cancel')) expect(status).toBe(204)
    else expect(body.code).toBe('challenge_closed')
  })

  test('is there for its own account, so that the 404 above proves something', async () => {
    for (const [, contract] of addressed.filter(([name]) => /^GET \/[\w/]+\/\{\w+\}$/.test(name))) {
      const owned = foreign[collectionOf(contract.path)] ?? {}
      const answer = await app.other.get(fill(contract.path, owned))
      expect([contract.path, answer.status]).toEqual([contract.path, 200])
    }
  })

  test('stands in no list', async () => {
    const lists = app.app.served.flatMap(({ contract }) =>
      contract?.method === 'GET' && !contract.path.includes('{') && !contract.replyType ? [contract] : [],
    )
    const ids = Object.entries(foreign).flatMap(([, values]) => Object.values(values).filter(isUuid))
    for (const contract of lists) {
      const { raw } = await app.owner.get(contract.path)
      for (const id of ids) expect(raw.includes(id), `${contract.path} shows ${id}`).toBe(false)
    }
  })
})
