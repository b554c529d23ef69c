import type { Translation } from '../catalogue.ts'
import type { systemMailbox as english } from '../en/system-mailbox.ts'

export const systemMailbox = {
  title: 'Codes und Links',
  purpose:
    'Diese Installation verschickt weder Systempost noch SMS. Was Campanile an seine Benutzer schreibt, wartet hier und ist nur an diesem Rechner zu lesen.',
  mail: 'Post',
  phone: 'Telefon',
  'phone-purpose':
    'SMS, die Campanile an diesem Rechner geschrieben hat; sie werden niemandem draußen zugestellt.',
  letters: 'Systempost, neueste zuerst',
  count: '{count, plural, =0 {Keine E-Mail} one {# E-Mail} other {# E-Mails}}',
  people: 'Von {from} an {to}',
  code: 'Code',
  'copy-code': 'Code kopieren',
  'copy-the-code': '{code} kopieren',
  'open-link': 'Link öffnen',
  'not-me-link': 'Link „Das war nicht ich“ öffnen',
  whole: 'Der ganze Text',
  'texts-to': 'SMS an {number}, älteste zuerst',
  number: 'Nummer',
  'empty-title': 'Noch nichts da',
  'empty-mail': 'Fordern Sie einen Code oder Link an: Binnen zwei Sekunden erscheint er hier.',
  'empty-phone': 'Fordern Sie einen Code per SMS an: Binnen zwei Sekunden erscheint er hier.',
  'elsewhere-title': 'Hier wartet nichts',
  'elsewhere-text':
    'Diese Seite gibt es nur auf einem Entwicklungsrechner ohne Server für Systempost und ohne SMS-Route. Anderswo gehen Codes an Postfächer und Telefone.',
  back: 'Zurück zur Anmeldung',
  where: 'Wo ist meine Nachricht? Dieser Rechner hält sie hier bereit.',
} satisfies Translation<typeof english>
