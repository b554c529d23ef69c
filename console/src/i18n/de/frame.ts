import type { Translation } from '../catalogue.ts'
import type { frame as english } from '../en/frame.ts'

export const frame = {
  'skip-to-content': 'Zum Inhalt springen',
  'menu-open': 'Menü öffnen',
  'menu-close': 'Menü schließen',
  'menu-label': 'Hauptmenü',
  'places-label': 'Häufig genutzte Seiten',
  collapse: 'Menü einklappen',
  expand: 'Menü ausklappen',
  search: 'Suche',
  'search-placeholder': 'Seiten, Kontakte, Kampagnen suchen …',
  'search-empty': 'Nichts gefunden für „{query}“.',
  'search-pages': 'Seiten',
  'search-hint': '↑ ↓ auswählen, Enter öffnet, Esc schließt',
  help: 'Hilfe',
  'help-shortcuts': 'Tastenkürzel',
  'help-api': 'API-Dokumentation',
  'user-menu': 'Ihr Menü',
  administration: 'Verwaltung',
  profile: 'Mein Profil',
  theme: 'Darstellung',
  'theme-light': 'Hell',
  'theme-dark': 'Dunkel',
  'theme-auto': 'Wie das System',
  language: 'Sprache',
  'sign-out': 'Abmelden',
  'signed-in-as': 'Angemeldet als {login}',
  'limited-recovery':
    'Sie sind mit einem Wiederherstellungscode gekommen: bis ein neuer Faktor eingerichtet ist, lässt sich nur die eigene Anmeldung ändern.',
  'limited-password_change':
    'Ihr Passwort ist kürzer, als es ohne zweiten Faktor sein muss. Wählen Sie ein neues, dann geht es weiter.',
  'limited-break_glass':
    'Sie sind außerhalb der Adressliste: eine Stunde lang sind nur die Sicherheitsseiten offen.',
  'limited-after_reset':
    'Ihr Passwort wurde per Mail zurückgesetzt: Versand, Exporte und Sicherheitseinstellungen bleiben zu, bis ein Administrator für Sie bürgt.',
  'limited-go': 'Dorthin',
  'staff-banner':
    'Sie sind allein mit dem Passwort angemeldet, was nur ein Entwicklungsrechner zulässt. Ihre Rechte reichen weit: Richten Sie eine Authenticator-App oder einen Passkey ein.',
  'shortcuts-title': 'Tastenkürzel',
  'shortcut-search': 'Suche',
  'shortcut-help': 'Diese Liste zeigen',
  'shortcut-menu': 'Menü ein- oder ausklappen',
  'shortcut-home': 'Zur Startseite',
  'shortcut-campaigns': 'Zu den Kampagnen',
  'shortcut-contacts': 'Zur Kontaktliste',
  'shortcut-mailbox': 'Zum Postfach',
  'shortcut-then': 'dann',
  breadcrumbs: 'Wo Sie sind',
} as const satisfies Translation<typeof english>
