import type { Translation } from '../catalogue.ts'
import type { password as english } from '../en/password.ts'

export const password = {
  rule: 'Co najmniej {needed} znaków. O sile hasła decyduje długość: dobre jest krótkie własne zdanie; spacje i wszelkie znaki się liczą.',
  count: '{count} z {needed} znaków',
  enough:
    'Wystarczająco długie ({count, plural, one {# znak} few {# znaki} many {# znaków} other {# znaku}})',
} as const satisfies Translation<typeof english>
