import { describe, expect, it } from 'vitest'
import type { Actor } from './actor.ts'
import { authorize } from './authorize.ts'
import { NoContent, type RouteContract } from './contract.ts'
import type { AppError } from './errors.ts'
import type { PermissionKey } from './permissions/contract.ts'

const now = new Date('2026-03-01T12:00:00Z')
const route = (given: Partial<RouteContract>): RouteContract =>
  ({
    method: 'GET',
    path: '/contacts',
    summary: '',
    tag: '',
    access: 'contacts.view',
    reply: { 200: NoContent },
    ...given,
  }) as RouteContract
const actor = (given: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  accountId: 'a',
  userId: 'u',
  sessionId: 's',
  name: 'Anna Test',
  language: 'en',
  timeZone: 'UTC',
  staff: false,
  owner: false,
  administrator: false,
  permissions: new Set<PermissionKey>(['contacts.view', 'email.campaigns.send', 'account.users.manage']),
  accountStatus: 'active',
  limited: null,
  freshGeneralUntil: null,
  freshFactorsUntil: null,
  impersonation: null,
  exceptionOnly: false,
  entitlements: {},
  where: { address: null, agent: '', requestId: '', sessionHash: null, amr: [] },
  ...given,
})
const verdict = (who: Partial<Actor>, contract: Partial<RouteContract>): string => {
  try {
    authorize(actor(who), route(contract), now)
    return 'allowed'
  } catch (error) {
    return (error as AppError).code
  }
}
const impersonation = { staffId: 'x', staffName: 'Rita', expiresAt: now, write: false }

describe('what a caller may do', () => {
  it.each<[string, Partial<Actor>, Partial<RouteContract>, string]>([
    ['a held permission opens', {}, {}, 'allowed'],
    ['a missing permission closes', {}, { access: 'contacts.edit' }, 'permission_denied'],
    ['staff hold no key of an account', { staff: true }, {}, 'permission_denied'],
    ['a suspended account reads', { accountStatus: 'suspended' }, {}, 'allowed'],
    [
      'a suspended account writes nothing',
      { accountStatus: 'suspended' },
      { method: 'POST' },
      'account_suspended',
    ],
    ['a pending account does nothing', { accountStatus: 'pending' }, {}, 'account_pending'],
    [
      'state is told before permission',
      { accountStatus: 'pending' },
      { access: 'contacts.edit' },
      'account_pending',
    ],
    ['a guarded act needs freshness', {}, { stepUp: 'general' }, 'step_up_required'],
    ['past freshness is none', { freshGeneralUntil: now }, { stepUp: 'general' }, 'step_up_required'],
    [
      'permission is told before freshness',
      {},
      { access: 'contacts.edit', stepUp: 'general' },
      'permission_denied',
    ],
    [
      'freshness of factors serves general acts',
      { freshFactorsUntil: new Date(now.getTime() + 1) },
      { stepUp: 'general' },
      'allowed',
    ],
    [
      'general freshness does not serve factors',
      { freshGeneralUntil: new Date(now.getTime() + 1) },
      { stepUp: 'factors' },
      'step_up_required',
    ],
    ['a key with the scope reads', { kind: 'api_key' }, {}, 'allowed'],
    [
      'a key without the scope is told which',
      { kind: 'api_key' },
      { access: 'contacts.edit' },
      'scope_missing',
    ],
    [
      'a key never reaches people, whatever it holds',
      { kind: 'api_key' },
      { access: 'account.users.manage', path: '/users' },
      'panel_only',
    ],
    ['a key has no session routes', { kind: 'api_key' }, { access: 'session', path: '/me' }, 'panel_only'],
    [
      'a key may read what is marked for it',
      { kind: 'api_key' },
      { access: 'session', orKey: true },
      'allowed',
    ],
    ['a closed route stays closed to keys', { kind: 'api_key' }, { panelOnly: true }, 'panel_only'],
    ['a key cannot confirm who it is', { kind: 'api_key' }, { stepUp: 'general' }, 'panel_only'],
    ['a recovery session reaches no data', { limited: 'recovery' }, {}, 'session_limited'],
    [
      'a recovery session adds factors',
      { limited: 'recovery' },
      { access: 'session', path: '/me/factors/totp', method: 'POST' },
      'allowed',
    ],
    [
      'a recovery session does not change its password',
      { limited: 'recovery' },
      { access: 'session', path: '/me/password', method: 'POST' },
      'session_limited',
    ],
    [
      'a limit is told before a missing permission',
      { limited: 'recovery' },
      { access: 'contacts.edit' },
      'session_limited',
    ],
    ['after a reset data is read', { limited: 'after_reset' }, {}, 'allowed'],
    [
      'after a reset nothing is sent',
      { limited: 'after_reset' },
      { access: 'email.campaigns.send', method: 'POST' },
      'session_limited',
    ],
    [
      'after a reset no lock is changed',
      { limited: 'after_reset' },
      { access: 'session', path: '/me/factors/totp', method: 'POST', stepUp: 'factors' },
      'session_limited',
    ],
    [
      'an exception opens security pages only',
      { exceptionOnly: true },
      { access: 'contacts.view' },
      'session_limited',
    ],
    [
      'a password session changes nothing else',
      { limited: 'password_change' },
      { path: '/me', method: 'PATCH' },
      'session_limited',
    ],
    ['staff acting for a person read', { impersonation }, {}, 'allowed'],
    ['staff acting for a person write nothing', { impersonation }, { method: 'POST' }, 'read_only'],
    [
      'staff acting for a person see no security page, with write neither',
      { impersonation: { ...impersonation, write: true } },
      { access: 'account.users.manage', path: '/users' },
      'permission_denied',
    ],
    [
      'staff acting for a person see none of his factors',
      { impersonation },
      { access: 'session', path: '/me/factors' },
      'permission_denied',
    ],
  ])('%s', (_sentence, who, contract, expected) => {
    expect(verdict(who, contract)).toBe(expected)
  })
})
