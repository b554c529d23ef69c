import type { Translation } from '../catalogue.ts'
import type { account as english } from '../en/account.ts'

export const account = {
  'general-title': 'Allgemein',
  'general-purpose':
    'Wer Sie für Ihre Empfänger sind und wie Daten und Zahlen in diesem Konto gelesen werden.',
  identity: 'Identität',
  'identity-text':
    'Name und Postanschrift können im Fuß Ihrer Nachrichten stehen; viele Länder verlangen die Anschrift.',
  name: 'Name',
  description: 'Beschreibung',
  'contact-email': 'Kontakt-E-Mail',
  'contact-email-hint': 'Hier erreichen Sie Empfänger und Behörden',
  'postal-address': 'Postanschrift',
  region: 'Sprache und Region',
  'region-text': 'Damit beginnen neue Benutzer und öffentliche Seiten.',
  language: 'Standardsprache',
  'time-zone': 'Zeitzone',
  country: 'Land',
  currency: 'Währung',
  consent: 'Einwilligung',
  'consent-text':
    'Ist das eingeschaltet, wird nur an Kontakte mit festgehaltener Einwilligung für den Kanal geschrieben. Niemand wird dadurch gelöscht; Personen ohne Einwilligung zählen als unterdrückt.',
  'consent-email': 'Einwilligung für E-Mail verlangen',
  'consent-sms': 'Einwilligung für SMS verlangen',
  'consent-push': 'Einwilligung für Push-Nachrichten verlangen',
  'consent-rcs': 'Einwilligung für RCS verlangen',
  saved: 'Die Einstellungen sind gespeichert.',
  'read-only': 'Sie dürfen diese Einstellungen sehen, aber nicht ändern.',
} as const satisfies Translation<typeof english>
