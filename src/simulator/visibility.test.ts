import { expect, test } from 'vitest'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { seesShared } from './mailbox.ts'

test.each([
  ['staff on loopback', true, false, true, true],
  ['staff of a public installation', true, false, false, true],
  ['an owner on loopback', false, true, true, true],
  ['an owner of a public installation', false, true, false, false],
  ['another user on loopback', false, false, true, false],
])('the shared mailbox and %s', (_name, staff, owner, loopback, sees) => {
  expect(seesShared({ config: { loopback } } as Deps, { staff, owner } as Actor)).toBe(sees)
})
