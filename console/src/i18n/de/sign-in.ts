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
  tagline: 'Jede Nachricht ist verbucht.',
  'tagline-more':
    'Schreiben Sie Ihren Leuten vom eigenen Server und sehen Sie, was aus jeder einzelnen Nachricht geworden ist.',
} as const satisfies Translation<typeof english>
