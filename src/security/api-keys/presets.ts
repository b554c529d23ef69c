import type { Actor } from '../../http/actor.ts'
import { isKeyScope, type PermissionKey, permissionKeys } from '../../http/permissions/contract.ts'

const channel = (name: string): RegExp =>
  new RegExp(
    `^${name}\\.(messages\\.|templates\\.view|outgoing\\.view|reports\\.view|senders\\.view|streams\\.view|apps\\.view|agents\\.view)`,
  )

/** What a program usually needs for one purpose; new keys of the list find their place by themselves. */
const rules: Readonly<Record<'email' | 'sms' | 'push' | 'rcs' | 'contacts' | 'read_only', RegExp>> = {
  email: channel('email'),
  sms: channel('sms'),
  push: channel('push'),
  rcs: channel('rcs'),
  contacts:
    /^(contacts\.(view|create|edit|personal_data\.view|groups\.|fields\.view|consents\.)|suppressions\.(view|manage))/,
  read_only: /\.view$/,
}

const mayGive = (actor: Actor): readonly PermissionKey[] =>
  permissionKeys.filter((key) => isKeyScope(key) && actor.permissions.has(key))

export const presetsFor = (actor: Actor) => {
  const grantable = mayGive(actor)
  const presets = Object.entries(rules).map(([key, rule]) => ({
    key: key as keyof typeof rules,
    scopes: grantable.filter((scope) => rule.test(scope)),
  }))
  return { data: presets.filter((preset) => preset.scopes.length > 0), grantable: [...grantable] }
}
