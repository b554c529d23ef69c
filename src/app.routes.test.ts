import { describe, expect, test } from 'vitest'
import type { RouteContract } from './http/contract.ts'
import { loadContracts } from './openapi/contracts.ts'
import { startTestApp } from './test/app.ts'

const app = await startTestApp()
const contracts = (await loadContracts()).routes.map(({ contract }) => contract)
const nameOf = ({ method, path }: Pick<RouteContract, 'method' | 'path'>): string => `${method} ${path}`
const api = app.app.served.filter(({ url }) => url.startsWith('/api/v1'))
const served = api.flatMap(({ contract }) => (contract ? [contract] : []))
/** Ids that fit every parameter of a path and belong to nothing. */
const addressOf = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'key' ? 'external_id' : name === 'position' ? '0' : '0190a000-0000-7000-8000-0000000000aa',
  )

/** Whoever adds a path here opens it to everybody; each has a limit or a token of its own. */
const publicRoutes = [
  'GET /health',
  'GET /setup',
  'GET /system-mailbox/messages',
  'POST /activation/complete',
  'POST /activation/inspect',
  'POST /approvals/cancel',
  'POST /break-glass',
  'POST /email-change/confirm',
  'POST /email-change/undo',
  'POST /invitations/accept',
  'POST /invitations/inspect',
  'POST /password-reset',
  'POST /password-reset/complete',
  'POST /password-reset/inspect',
  'POST /sender-confirmation',
  'POST /sender-confirmation/confirm',
  'POST /setup',
  'POST /setup/inspect',
  'POST /sign-in',
  'POST /sign-in/passkey/options',
  'POST /sign-in/passkey',
  'POST /sign-in/not-me',
  'POST /sign-in/enrolments/{id}/proof/resend',
  'POST /sign-in/enrolments/{id}/proof',
  'POST /sign-in/enrolments/{id}/factors',
  'POST /sign-in/enrolments/{id}/confirm',
  'POST /sign-in/challenges/{id}/verify',
  'POST /sign-in/challenges/{id}/use',
  'POST /sign-in/challenges/{id}/resend',
  'POST /sign-in/challenges/{id}/cancel',
  'POST /sign-up',
].toSorted()

describe('the routes of the API', () => {
  test('are exactly those that the contracts declare', () => {
    expect(served.map(nameOf).toSorted()).toEqual(contracts.map(nameOf).toSorted())
  })

  test('have a contract each', () => {
    expect(api.filter(({ contract }) => contract === null).map(({ url }) => url)).toEqual([])
  })

  test('are declared once each', () => {
    expect(new Set(contracts.map(nameOf)).size).toBe(contracts.length)
  })

  test('are open to everybody only where the short list says so', () => {
    const open = served.filter(({ access }) => access === 'public')
    expect(open.map(nameOf).toSorted()).toEqual(publicRoutes)
  })
})

const closed = served
  .filter(({ access }) => access !== 'public')
  .map((contract) => [nameOf(contract), contract] as const)

test.each(closed)('%s answers 401 to somebody who is not signed in', async (_name, contract) => {
  const answer = await app.nobody.send({
    method: contract.method,
    url: `/api/v1${addressOf(contract.path)}`,
    ...(contract.multipart
      ? { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--' }
      : {}),
    ...(contract.body && !contract.multipart ? { payload: {} } : {}),
  })
  expect([answer.status, answer.body.code]).toEqual([401, 'unauthenticated'])
})

test.each(closed)('%s answers 401 to a session that never was', async (_name, contract) => {
  const answer = await app.nobody.send({
    method: contract.method,
    url: `/api/v1${addressOf(contract.path)}`,
    headers: { cookie: 'sid=nonsense' },
  })
  expect([401, 415]).toContain(answer.status)
})

const permissions = closed.filter(
  ([, { access, orStaff }]) => access !== 'session' && !access.startsWith('operator.') && !orStaff,
)
test.each(permissions)(
  '%s is refused to staff of the operator, who see no account’s data',
  async (_name, contract) => {
    const answer = await app.staff.send({
      method: contract.method,
      url: `/api/v1${addressOf(contract.path)}`,
      ...(contract.body && !contract.multipart ? { payload: {} } : {}),
      ...(contract.multipart
        ? { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--' }
        : {}),
    })
    expect([answer.status, answer.body.code]).toEqual([403, 'permission_denied'])
  },
)
