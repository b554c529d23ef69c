import type { Translation } from '../catalogue.ts'
import type { contactData as english } from '../en/contact-data.ts'

export const contactData = {
  title: 'E-Mail und Mobilnummer',
  text: 'Hierher gehen Codes, Links und Hinweise. Beides ändert sich erst, wenn das Neue bestätigt ist.',
  email: 'E-Mail',
  'email-change': 'E-Mail ändern',
  'email-new': 'Neue E-Mail-Adresse',
  'email-hint':
    'An die neue Adresse geht ein Link. Die alte bekommt einen Hinweis mit einem Weg zurück, der sieben Tage gilt.',
  'email-send': 'Link senden',
  'email-sent': 'Öffnen Sie den Link, den wir an {email} gesendet haben. Bis dahin ändert sich nichts.',
  phone: 'Mobilnummer',
  'phone-none': 'Keine',
  'phone-unproven': 'noch nicht bestätigt',
  'phone-change': 'Nummer ändern',
  'phone-add': 'Nummer hinzufügen',
  'phone-new': 'Neue Mobilnummer',
  'phone-hint': 'In internationaler Form, etwa +48600700800. Ein Code geht dorthin.',
  'phone-send': 'Code senden',
  'phone-changed': 'Die neue Nummer ist bestätigt.',
  'phone-remove': 'Nummer entfernen',
  'phone-remove-title': 'Ihre Mobilnummer entfernen?',
  'phone-remove-text': 'Codes per SMS und Hinweise an diese Nummer enden.',
  'phone-removed': 'Die Nummer ist entfernt.',
} as const satisfies Translation<typeof english>
