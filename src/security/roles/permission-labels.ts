import type { PermissionKey } from '../../http/permissions/contract.ts'

type Words = readonly [en: string, pl: string, de: string]
const languages = ['en', 'pl', 'de'] as const
export type LabelLanguage = (typeof languages)[number]

const areas: Readonly<Record<string, Words>> = {
  email: ['E-mail', 'E-mail', 'E-Mail'],
  sms: ['SMS', 'SMS', 'SMS'],
  push: ['Push', 'Push', 'Push'],
  rcs: ['RCS', 'RCS', 'RCS'],
  sending: ['Sending', 'Wysyłka', 'Versand'],
  journeys: ['Journeys', 'Ścieżki', 'Journeys'],
  suppressions: ['Suppressions', 'Blokady wysyłki', 'Sperrliste'],
  contacts: ['Contacts', 'Kontakty', 'Kontakte'],
  account: ['Account', 'Konto', 'Konto'],
  operator: ['Instance', 'Instancja', 'Instanz'],
}

/** By the last part of the node: campaigns of e-mail and of SMS are called the same. */
const nodes: Readonly<Record<string, Words>> = {
  campaigns: ['Campaigns', 'Kampanie', 'Kampagnen'],
  templates: ['Templates', 'Szablony', 'Vorlagen'],
  reports: ['Reports', 'Raporty', 'Berichte'],
  recipients: ['Recipients of a campaign', 'Odbiorcy kampanii', 'Empfänger einer Kampagne'],
  outgoing: ['Outgoing messages', 'Wiadomości wychodzące', 'Ausgang'],
  incoming: ['Incoming messages', 'Wiadomości przychodzące', 'Eingang'],
  content: ['Content of messages', 'Treść wiadomości', 'Inhalt von Nachrichten'],
  messages: ['Messages by API', 'Wiadomości przez API', 'Nachrichten über die API'],
  senders: ['Senders', 'Nadawcy', 'Absender'],
  streams: ['Streams and SMTP credentials', 'Strumienie i dane SMTP', 'Streams und SMTP-Zugänge'],
  settings: ['Settings', 'Ustawienia', 'Einstellungen'],
  preflight: ['Pre-flight check', 'Kontrola przed wysyłką', 'Prüfung vor dem Versand'],
  tracking: ['Opens and clicks', 'Otwarcia i kliknięcia', 'Öffnungen und Klicks'],
  lookup: ['Number look-up', 'Sprawdzanie numerów', 'Nummernabfrage'],
  billing: ['Billing', 'Rozliczenia', 'Abrechnung'],
  apps: ['Applications', 'Aplikacje', 'Anwendungen'],
  conversations: ['Conversations', 'Rozmowy', 'Unterhaltungen'],
  agents: ['Agents', 'Agenci', 'Agenten'],
  capability: ['Reachability by RCS', 'Dostępność RCS', 'Erreichbarkeit über RCS'],
  ledger: ['Ledger of messages', 'Rejestr wiadomości', 'Nachrichtenbuch'],
  providers: ['Providers and routes', 'Dostawcy i trasy', 'Anbieter und Routen'],
  uncertain: ['Uncertain messages', 'Wiadomości niepewne', 'Ungewisse Nachrichten'],
  simulator: [
    'Built-in mailbox and phone',
    'Wbudowana skrzynka i telefon',
    'Eingebautes Postfach und Telefon',
  ],
  journeys: ['Journeys', 'Ścieżki', 'Journeys'],
  suppressions: ['Suppressions', 'Blokady wysyłki', 'Sperrliste'],
  contacts: ['Contacts', 'Kontakty', 'Kontakte'],
  personal_data: ['E-mail and phone unmasked', 'E-mail i telefon bez maski', 'E-Mail und Telefon unmaskiert'],
  import: ['Import', 'Import', 'Import'],
  export: ['Export', 'Eksport', 'Export'],
  groups: ['Groups', 'Grupy', 'Gruppen'],
  fields: ['Additional fields', 'Pola dodatkowe', 'Zusatzfelder'],
  segments: ['Segments', 'Segmenty', 'Segmente'],
  segmentation: ['Segmentation', 'Segmentacja', 'Segmentierung'],
  consents: ['Consents', 'Zgody', 'Einwilligungen'],
  events: ['Events', 'Zdarzenia', 'Ereignisse'],
  sites: ['Web sites', 'Strony internetowe', 'Websites'],
  users: ['Users', 'Użytkownicy', 'Benutzer'],
  roles: ['Roles', 'Role', 'Rollen'],
  security: ['Security', 'Bezpieczeństwo', 'Sicherheit'],
  api_keys: ['API keys', 'Klucze API', 'API-Schlüssel'],
  webhooks: ['Webhooks', 'Webhooki', 'Webhooks'],
  integrations: ['Integrations', 'Integracje', 'Integrationen'],
  approvals: ['Approvals', 'Akceptacje', 'Freigaben'],
  operations: ['Background operations', 'Operacje w tle', 'Hintergrundvorgänge'],
  notifications: ['Notifications', 'Powiadomienia', 'Benachrichtigungen'],
  audit_log: ['Application log', 'Dziennik aplikacji', 'Anwendungsprotokoll'],
  files: ['Files', 'Pliki', 'Dateien'],
  gdpr: ['GDPR', 'RODO', 'DSGVO'],
  documents: ['Certificates and documents', 'Certyfikaty i dokumenty', 'Zertifikate und Dokumente'],
  subaccounts: ['Sub-accounts', 'Subkonta', 'Unterkonten'],
  support_access: ['Access for support', 'Dostęp serwisu', 'Zugriff des Supports'],
  accounts: ['Accounts', 'Konta', 'Konten'],
  entitlements: ['Entitlements', 'Uprawnienia konta', 'Freischaltungen'],
  support: ['Support', 'Wsparcie', 'Support'],
  staff: ['Staff', 'Pracownicy', 'Personal'],
  prices: ['Prices', 'Ceny', 'Preise'],
  invoices: ['Invoices', 'Faktury', 'Rechnungen'],
  help: ['Help pages', 'Strony pomocy', 'Hilfeseiten'],
  health: ['Health', 'Stan instancji', 'Zustand'],
}

const leaves: Readonly<Record<string, Words>> = {
  view: ['view', 'podgląd', 'ansehen'],
  view_all: ['view those of everybody', 'podgląd wszystkich', 'die aller ansehen'],
  create: ['create', 'tworzenie', 'anlegen'],
  edit: ['edit', 'edycja', 'bearbeiten'],
  delete: ['delete', 'usuwanie', 'löschen'],
  archive: ['archive', 'archiwizacja', 'archivieren'],
  merge: ['merge', 'scalanie', 'zusammenführen'],
  send: ['send', 'wysyłanie', 'senden'],
  cancel: ['cancel', 'anulowanie', 'abbrechen'],
  cancel_all: ['cancel those of everybody', 'anulowanie wszystkich', 'die aller abbrechen'],
  approve: ['approve', 'akceptowanie', 'freigeben'],
  export: ['export', 'eksport', 'exportieren'],
  import: ['import', 'import', 'importieren'],
  allow: ['allow again', 'ponowne dopuszczenie', 'wieder zulassen'],
  no_optout: ['send without opt-out', 'wysyłka bez rezygnacji', 'ohne Abmeldehinweis senden'],
  manage: ['manage', 'zarządzanie', 'verwalten'],
  override: ['override', 'pominięcie', 'übergehen'],
  rescore: ['score anew', 'ponowna ocena', 'neu bewerten'],
  reply: ['reply', 'odpowiadanie', 'antworten'],
  run: ['run', 'uruchamianie', 'ausführen'],
  undo: ['undo', 'cofanie', 'rückgängig machen'],
  check: ['check', 'sprawdzanie', 'prüfen'],
  resolve: ['resolve', 'rozstrzyganie', 'klären'],
  use: ['use', 'używanie', 'benutzen'],
  activate: ['activate', 'aktywowanie', 'aktivieren'],
  publish: ['publish', 'publikowanie', 'veröffentlichen'],
  sign: ['sign agreements', 'podpisywanie umów', 'Verträge unterzeichnen'],
  requests: ['answer requests', 'obsługa wniosków', 'Anfragen beantworten'],
  erase: ['erase', 'trwałe usuwanie', 'endgültig löschen'],
  enter: ['enter', 'wchodzenie', 'betreten'],
  decide: ['decide', 'decydowanie', 'entscheiden'],
}

/** The feed of events for programs belongs to the account; every other area is the first part of the key. */
const areaOf = (key: PermissionKey): string => (key === 'events.view' ? 'account' : (key.split('.')[0] ?? ''))

export type PermissionLabel = {
  readonly area: string
  readonly area_label: string
  readonly node: string
  readonly node_label: string
  readonly leaf_label: string
  readonly label: string
}

/** What a key is called in one language: area, what it is about, what may be done. */
export const labelOf = (key: PermissionKey, language: LabelLanguage): PermissionLabel => {
  const at = languages.indexOf(language)
  const node = key.slice(0, key.lastIndexOf('.'))
  const say = (words: Readonly<Record<string, Words>>, name: string): string => words[name]?.[at] ?? name
  const area = areaOf(key)
  const labels = {
    area_label: say(areas, area),
    node_label: say(nodes, node.slice(node.lastIndexOf('.') + 1)),
    leaf_label: say(leaves, key.slice(key.lastIndexOf('.') + 1)),
  }
  return { area, node, ...labels, label: `${labels.area_label} › ${labels.node_label}: ${labels.leaf_label}` }
}
