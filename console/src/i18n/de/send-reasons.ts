import type { Translation } from '../catalogue.ts'
import type { sendReasons as english } from '../en/send-reasons.ts'

export const sendReasons = {
  no_address: 'Keine Adresse',
  'no_address.text': 'Der Kontakt hat in diesem Kanal keine Adresse.',
  invalid_address: 'Ungültige Adresse',
  'invalid_address.text': 'Die Adresse kann es so nicht geben.',
  erased: 'Gelöscht',
  'erased.text': 'Die Person hat ihre Daten löschen lassen; diese Adresse wird nie wieder benutzt.',
  hard_bounced: 'Endgültig unzustellbar',
  'hard_bounced.text': 'Der empfangende Server sagte, dass es diese Adresse nicht gibt.',
  soft_bounced_repeatedly: 'Wiederholt unzustellbar',
  'soft_bounced_repeatedly.text': 'Die Adresse hat mehrmals nacheinander Nachrichten abgelehnt.',
  complained: 'Spam-Beschwerde',
  'complained.text': 'Die Person hat eine Nachricht als Spam gemeldet.',
  blacklisted_address: 'Unterdrückte Adresse',
  'blacklisted_address.text': 'Ihr Konto hat diese Adresse auf die Unterdrückungsliste gesetzt.',
  blacklisted_domain: 'Unterdrückte Domain',
  'blacklisted_domain.text': 'Ihr Konto hat die Domain dieser Adresse auf die Unterdrückungsliste gesetzt.',
  restricted: 'Eingeschränkt',
  'restricted.text': 'Die Verarbeitung ist auf Verlangen der Person eingeschränkt.',
  archived: 'Archiviert',
  'archived.text': 'Der Kontakt ist archiviert.',
  channel_blocked: 'Gesperrt',
  'channel_blocked.text': 'Ihr Konto hat diesen Kanal für den Kontakt gesperrt.',
  unsubscribed: 'Abgemeldet',
  'unsubscribed.text': 'Der Kontakt ist von Kampagnen dieses Kanals abgemeldet.',
  group_left: 'Gruppe verlassen',
  'group_left.text': 'Die Person hat diese Gruppe verlassen.',
  no_consent: 'Keine Einwilligung',
  'no_consent.text':
    'Eine Einwilligung ist nötig und wurde nicht erteilt, wurde widerrufen oder ist abgelaufen.',
} as const satisfies Translation<typeof english>
