import type { Translation } from '../catalogue.ts'
import type { links as english } from '../en/links.ts'

export const links = {
  'refused-title': 'Dieser Link gilt nicht mehr',
  'refused-text':
    'Er wurde vielleicht benutzt, durch einen neueren ersetzt oder ist zu alt; oder dieses Netz ist nicht freigegeben. Bitten Sie um einen neuen.',
  'to-sign-in': 'Zur Anmeldung',
  'invitation-title': 'Willkommen bei {account}',
  'invitation-text':
    'Wählen Sie ein Passwort, und Sie sind dabei. Niemand sonst erfährt es, auch nicht die Verwaltung.',
  'invitation-for': 'Sie wurden als {email} eingeladen.',
  'login-taken': 'Diese Adresse ist anderswo schon ein Login. Wählen Sie für dieses Konto einen anderen.',
  'login-hint': 'Ein eigenes Wort ohne @',
  accept: 'Beitreten',
  accepted: 'Sie sind dabei. Melden Sie sich mit dem neuen Passwort an.',
  'activation-title': 'Das Konto {account} eröffnen',
  'activation-text': 'Ihre Adresse ist bestätigt. Wählen Sie das Passwort Ihres neuen Kontos.',
  activate: 'Konto eröffnen',
  'sign-up-title': 'Ein Konto eröffnen',
  'sign-up-text': 'Wir senden Ihnen einen Link; dahinter wählen Sie das Passwort.',
  'account-name': 'Name des Kontos',
  'account-hint': 'Meist Ihre Firma oder Organisation',
  email: 'E-Mail',
  'first-name': 'Vorname',
  'last-name': 'Nachname',
  terms: 'Ich stimme den Nutzungsbedingungen zu',
  'sign-up': 'Link zusenden',
  working: 'Eine kurze Rechnung zeigt, dass Sie kein Roboter sind …',
  'sign-up-sent': 'Sehen Sie in Ihr Postfach',
  'sign-up-sent-text':
    'Wenn {email} benutzt werden kann, ist ein Link unterwegs. Er gilt 24 Stunden. Nichts da? Sehen Sie im Spam-Ordner nach.',
  'forgot-title': 'Passwort vergessen?',
  'forgot-text':
    'Geben Sie Ihren Login ein. Gibt es ihn, geht ein Link zu einem neuen Passwort an sein Postfach.',
  login: 'Login',
  'forgot-send': 'Link senden',
  'forgot-sent': 'Sehen Sie in Ihr Postfach',
  'forgot-sent-text':
    'Wenn es diesen Login gibt, ist ein Link unterwegs. Er gilt 30 Minuten. Der zweite Faktor wird beim Anmelden weiter verlangt.',
  'reset-title': 'Ein neues Passwort wählen',
  'reset-text': 'Alles, was mit dem alten angemeldet ist, endet. Ihr zweiter Faktor bleibt.',
  password: 'Neues Passwort',
  reset: 'Passwort setzen',
  'reset-done': 'Das Passwort ist gesetzt. Melden Sie sich damit an.',
  'email-title': 'Die neue Adresse bestätigen',
  'email-text': 'Codes, Hinweise und Links gehen von nun an dorthin.',
  'email-confirm': 'Adresse bestätigen',
  'email-done': 'Die neue Adresse ist bestätigt.',
  'undo-title': 'Die alte Adresse zurückholen?',
  'undo-text':
    'Jemand hat die E-Mail-Adresse Ihres Benutzers geändert. Waren Sie es nicht, holen Sie sie zurück: Alle Sitzungen enden, und Sie wählen ein neues Passwort.',
  'undo-confirm': 'Zurückholen und alle Sitzungen beenden',
  'undo-done':
    'Die alte Adresse ist zurück, alle Sitzungen sind beendet. Wählen Sie jetzt ein neues Passwort.',
  'sender-title': 'Diese Absenderadresse bestätigen?',
  'sender-text':
    'Jemand möchte mit Campanile Nachrichten von {email} senden. Bestätigen Sie nur, wenn das stimmt.',
  'sender-confirm': 'Adresse bestätigen',
  'sender-done': 'Die Adresse ist bestätigt. Sie können diese Seite schließen.',
  'cancel-title': 'Dieses Zurücksetzen anhalten?',
  'cancel-text':
    'Das Zurücksetzen des zweiten Faktors wurde freigegeben und wirkt später. Haben Sie es nicht verlangt, halten Sie es hier an.',
  'cancel-confirm': 'Zurücksetzen anhalten',
  'cancel-done': 'Das Zurücksetzen ist angehalten. Nichts wurde geändert.',
  'strength-0': 'Sehr leicht zu erraten',
  'strength-1': 'Leicht zu erraten',
  'strength-2': 'Noch nicht stark',
  'strength-3': 'Stark',
  'strength-4': 'Sehr stark',
} as const satisfies Translation<typeof english>
