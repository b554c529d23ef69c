import type { Translation } from '../catalogue.ts'
import type { password as english } from '../en/password.ts'

export const password = {
  rule: 'Mindestens {needed} Zeichen. Stark wird ein Passwort durch Länge: Ein kurzer eigener Satz ist gut; Leerzeichen und alle Zeichen zählen.',
  count: '{count} von {needed} Zeichen',
  enough: 'Lang genug ({count} Zeichen)',
} as const satisfies Translation<typeof english>
