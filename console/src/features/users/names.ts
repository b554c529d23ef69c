import type { User } from '../../../../src/security/users/contract.ts'
import type { Texts } from '../../i18n/message.ts'

export const nameOf = (user: Pick<User, 'first_name' | 'last_name'>): string =>
  `${user.first_name} ${user.last_name}`.trim()

/** Built-in roles speak the language of the console; own ones are called what their maker called them. */
export const roleName = (
  role: { readonly name: string; readonly built_in?: string | boolean | null; readonly key?: string | null },
  { find }: Pick<Texts, 'find'>,
): string => {
  const key = role.key ?? (typeof role.built_in === 'string' ? role.built_in : null)
  return key === null ? role.name : (find('roles', `name-${key}`) ?? role.name)
}
