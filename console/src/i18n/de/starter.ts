import type { Translation } from '../catalogue.ts'
import type { starter as english } from '../en/starter.ts'

/** Words of the letter that a new campaign begins with. */
export const starter = {
  subject: 'Neues von {sender}',
  hello: 'Guten Tag',
  friend: 'und willkommen',
  intro: 'dies ist das Eine, was wir Ihnen heute sagen möchten. Kurz genügt: Die meisten lesen drei Zeilen.',
  more: 'Brauchen Sie mehr Platz, nehmen Sie einen zweiten Absatz und führen auf eine Seite mit dem Rest.',
  button: 'Weiterlesen',
  greeting: 'Mit freundlichen Grüßen',
  news: 'Etwas Neues',
  why: 'Sie bekommen diese Nachricht, weil Sie mit uns in Verbindung stehen.',
  unsubscribe: 'Abmelden',
} as const satisfies Translation<typeof english>
