import type { Translation } from '../catalogue.ts'
import type { menu as english } from '../en/menu.ts'

export const menu = {
  home: 'Start',
  email: 'E-mail',
  overview: 'Przegląd',
  campaigns: 'Kampanie',
  senders: 'Nadawcy',
  contacts: 'Kontakty',
  'contact-list': 'Lista kontaktów',
  groups: 'Grupy',
  fields: 'Pola dodatkowe',
  import: 'Import',
  simulator: 'Symulator',
  mailbox: 'Skrzynka',
  phone: 'Telefon',
  account: 'Konto',
  settings: 'Ustawienia',
  general: 'Ogólne',
  sending: 'Wysyłka',
  providers: 'Dostawcy',
  operations: 'Lista operacji',
  'operations-short': 'Operacje',
  help: 'Pomoc',
  'api-documentation': 'Dokumentacja API',
  instance: 'Instancja',
} as const satisfies Translation<typeof english>
