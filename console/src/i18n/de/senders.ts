import type { Translation } from '../catalogue.ts'
import type { senders as english } from '../en/senders.ts'

export const senders = {
  title: 'Absender',
  purpose:
    'Namen und Adressen, von denen Ihre E-Mails kommen. Empfänger sehen beide; nehmen Sie, was sie kennen.',
  add: 'Absender hinzufügen',
  'edit-title': 'Absender bearbeiten',
  actions: 'Aktionen für {name}',
  name: 'Name',
  'name-hint': 'Das lesen Empfänger vor dem Öffnen: Ihre Firma oder eine Person',
  email: 'Adresse',
  'reply-to': 'Antworten an',
  'reply-to-hint': 'Wohin Antworten gehen; leer heißt an die Adresse selbst',
  'same-address': 'die Adresse selbst',
  default: 'Standardabsender',
  'default-hint': 'Für Kampagnen, die keinen Absender wählen',
  'is-default': 'Standard',
  'make-default': 'Zum Standard machen',
  'default-set': '{name} ist jetzt der Standardabsender.',
  state: 'Zustand',
  'state-verified': 'Bereit',
  'state-pending': 'Wartet auf Bestätigung',
  'state-blocked': 'Gesperrt',
  resend: 'Bestätigung erneut senden',
  resent: 'Ein neuer Link ist unterwegs an {email}.',
  'pending-text': 'Ein Link ging an {email}; er gilt 48 Stunden. Bis dahin gehen nur Testnachrichten hinaus.',
  'state-tests': 'Bereit für Tests',
  'tests-text':
    'Ihre Domain ist nicht autorisiert: auf einem echten Weg werden Kampagnen abgelehnt, und zehn Tests am Tag dürfen hinaus.',
  authorize: 'Domain autorisieren',
  roles: 'Rollen, die ihn benutzen dürfen',
  'roles-hint': 'Leer = alle, die Kampagnen senden dürfen',
  saved: 'Der Absender ist gespeichert.',
  'delete-title': 'Den Absender {name} löschen?',
  'delete-text':
    'Entwürfe, die ihn nutzen, gehen auf den Standardabsender über. Bereits Verschicktes bleibt, wie es ist.',
  'delete-default':
    'Er ist der Standard: Der älteste andere Absender tritt an seine Stelle, auch in Entwürfen, die ihn nutzen.',
  'empty-title': 'Noch kein Absender',
  'empty-text':
    'Tragen Sie Name und Adresse ein, die Ihre Empfänger kennen. Der erste Absender wird der Standard.',
} as const satisfies Translation<typeof english>
