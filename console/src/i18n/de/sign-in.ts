import type { Translation } from '../catalogue.ts'
import type { signIn as english } from '../en/sign-in.ts'

export const signIn = {
  title: 'Anmelden',
  welcome: 'Willkommen zurück',
  login: 'Anmeldename oder E-Mail',
  password: 'Passwort',
  submit: 'Anmelden',
  failed: 'Anmeldung abgelehnt',
  'session-ended':
    'Ihre Sitzung ist beendet. Melden Sie sich wieder an, dann geht es an derselben Stelle weiter.',
  'setup-needed':
    'Diese Installation ist noch nicht eingerichtet. Öffnen Sie den einmaligen Link, den der Server im Terminal ausgegeben hat.',
  'set-up-done': 'Campanile ist eingerichtet. Melden Sie sich als Inhaber Ihres Kontos an.',
  'show-password': 'Passwort anzeigen',
  'hide-password': 'Passwort verbergen',
  or: 'oder',
  'by-passkey': 'Mit Passkey anmelden',
  forgot: 'Passwort vergessen?',
  'locked-out': 'Von der Adressliste ausgesperrt?',
  recommended: 'empfohlen',
  'to-sign-in': 'Zur Anmeldung',
  'development-codes': 'Dies ist eine Entwicklungsinstallation: Codes und Links verlassen sie nicht.',
  'development-mailbox': 'Ihr Postfach öffnen',
  'enrolment-link':
    'Melden Sie sich hier mit Anmeldename und Passwort an; den Rest erledigt der Link aus Ihrer Mail.',
  protect: 'Schützen Sie Ihre Anmeldung',
  'protect-text': 'Ihr Konto verlangt einen zweiten Faktor. Das dauert zwei Minuten und geschieht einmal.',
  'step-proof': 'Sie sind es',
  'step-choice': 'Wählen',
  'step-binding': 'Einrichten',
  'proof-mail':
    'Wir haben einen Link an {destination} gesendet. Öffnen Sie ihn in diesem Browser oder fügen Sie ihn unten ein.',
  'proof-sms': 'Wir haben sechs Ziffern an Ihre Mobilnummer {destination} gesendet.',
  'proof-link': 'Link aus der Mail',
  'proof-link-note': 'Er gilt 24 Stunden.',
  'proof-by-sms': 'Lieber einen Code aufs Telefon senden',
  'proof-by-mail': 'Lieber einen Link ins Postfach senden',
  'proof-why':
    'So kann niemand, der bloß Ihr Passwort gefunden hat, sein eigenes Telefon in Ihrem Namen einrichten.',
  'choose-text':
    'Wie möchten Sie Ihre Anmeldungen künftig bestätigen? Sie können das später im Profil ändern.',
  'passkey-text':
    'Der Browser fragt jetzt nach Fingerabdruck, Gesicht oder Geräte-PIN und bewahrt den Passkey auf.',
  'passkey-name': 'Name',
  'passkey-name-note': 'Damit Sie ihn später erkennen, etwa „Dienst-Laptop“.',
  'passkey-make': 'Passkey erstellen',
  'not-me': 'Das war ich nicht',
  'not-me-text':
    'Jemand kennt Ihr Passwort und wurde nach einem Code gefragt. Wenn Sie es nicht waren, halten Sie ihn hier auf:',
  'not-me-ends': 'Alle Ihre offenen Anmeldungen und Sitzungen enden.',
  'not-me-password': 'Ihr jetziges Passwort gilt nicht mehr; wir schicken Ihnen einen Link für ein neues.',
  'not-me-tells': 'Die Administratoren Ihres Kontos erfahren davon.',
  'not-me-stop': 'Aufhalten',
  'not-me-done': 'Aufgehalten',
  'not-me-done-text':
    'Sehen Sie in Ihr Postfach: dort liegt der Link zu einem neuen Passwort. Er gilt 30 Minuten.',
  'break-glass': 'Notzugang',
  'break-glass-text':
    'Für Inhaber außerhalb der Liste erlaubter Adressen. Er öffnet von hier aus 60 Minuten lang die Sicherheitsseiten, und jeder Administrator erfährt davon.',
  'break-glass-code': 'Notfallcode',
  'break-glass-go': 'Weiter zum zweiten Faktor',
  'break-glass-none':
    'Kein Code zur Hand? Fragen Sie den Betreiber der Installation; zwei seiner Leute können Sie einlassen.',
  tagline: 'Jede Nachricht ist verbucht.',
  'tagline-more':
    'Schreiben Sie Ihren Leuten vom eigenen Server und sehen Sie, was aus jeder einzelnen Nachricht geworden ist.',
} as const satisfies Translation<typeof english>
