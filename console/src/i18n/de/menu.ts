import type { Translation } from '../catalogue.ts'
import type { menu as english } from '../en/menu.ts'

export const menu = {
  home: 'Start',
  email: 'E-Mail',
  overview: 'Überblick',
  campaigns: 'Kampagnen',
  senders: 'Absender',
  contacts: 'Kontakte',
  'contact-list': 'Kontaktliste',
  groups: 'Gruppen',
  fields: 'Zusatzfelder',
  import: 'Import',
  simulator: 'Simulator',
  mailbox: 'Postfach',
  phone: 'Telefon',
  account: 'Konto',
  settings: 'Einstellungen',
  general: 'Allgemein',
  sending: 'Versand',
  providers: 'Anbieter',
  operations: 'Vorgänge',
  'operations-short': 'Vorgänge',
  help: 'Hilfe',
  'api-documentation': 'API-Dokumentation',
  instance: 'Instanz',
} as const satisfies Translation<typeof english>
