import { describe, expect, test } from 'vitest'
import { loadContracts } from '../../openapi/contracts.ts'
import { startTestApp } from '../../test/app.ts'

const app = await startTestApp()
const contracts = (await loadContracts()).routes.map(({ contract }) => contract)
const guarded = contracts.filter(({ stepUp }) => stepUp !== undefined)
const id = '0190a000-0000-7000-8000-0000000000aa'
const addressOf = (path: string) => `/api/v1${path.replaceAll(/\{\w+\}/g, id)}`
const named = guarded.map((contract) => [`${contract.method} ${contract.path}`, contract] as const)

test.each(named)('%s asks to confirm who is at the keyboard', async (_name, contract) => {
  const client = contract.access.startsWith('operator.') ? app.staff : app.owner
  const answer = await client.send({
    method: contract.method,
    url: addressOf(contract.path),
    ...(contract.body ? { payload: {} } : {}),
  })
  // An entitlement that is not granted is told before (account.md §1, row 5).
  if (answer.body.code === 'feature_disabled') return
  expect([answer.status, answer.body.code, answer.body.purpose]).toEqual([
    403,
    'step_up_required',
    contract.stepUp,
  ])
})

const mustBe = (purpose: 'general' | 'factors', routes: readonly string[]) =>
  routes.map((name) => [name, purpose] as const)

describe('the acts that the specification guards', () => {
  test.each([
    ...mustBe('general', [
      'POST /me/password',
      'POST /me/email',
      'POST /me/phone',
      'PUT /security/ip-policy',
      'POST /security/ip-entries',
      'PATCH /security/ip-entries/{id}',
      'DELETE /security/ip-entries/{id}',
      'PUT /security/mfa-policy',
      'PUT /users/{id}/mfa',
      'PATCH /users/{id}',
      'PUT /users/{id}/roles',
      'DELETE /users/{id}',
      'POST /users/{id}/mfa/reset',
      'POST /invitations',
      'POST /roles',
      'PATCH /roles/{id}',
      'POST /api-keys',
      'POST /smtp-credentials',
      'POST /approvals/{id}/approve',
    ]),
    ...mustBe('factors', [
      'POST /me/factors/totp',
      'POST /me/factors/passkeys/options',
      'POST /me/factors/email',
      'POST /me/factors/sms',
      'DELETE /me/factors/{id}',
      'PUT /me/factors/preferred',
      'POST /me/factors/recovery-codes',
      'POST /me/break-glass-codes',
    ]),
  ])('%s needs %s freshness', (name, purpose) => {
    const found = contracts.find(({ method, path }) => `${method} ${path}` === name)
    expect(found?.stepUp).toBe(purpose)
  })
})
