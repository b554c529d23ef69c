import type { Translation } from '../catalogue.ts'
import type { security as english } from '../en/security.ts'

export const security = {
  title: 'Sicherheit',
  purpose: 'Wer sich bei diesem Konto anmelden darf, von wo aus und womit er es bestätigt.',
  glance: 'Wie gut dieses Konto geschützt ist',
  'shield-all': 'So ist es geschützt',
  'glance-unknown': 'Wie gut dieses Konto geschützt ist, lässt sich gerade nicht sagen.',
  'level-strong': 'Dieses Konto ist gut geschützt',
  'level-fair': 'Dieses Konto ist geschützt, aber ein Schloss fehlt',
  'level-weak': 'Ein Passwort allein öffnet dieses Konto',
  'addresses-done': 'Anmelden kann man sich nur aus Netzen auf der Liste.',
  'addresses-open': 'Anmelden kann man sich von überall.',
  'addresses-act': 'Netze eintragen',
  'factors-done': 'Alle bestätigen die Anmeldung mit einem zweiten Faktor.',
  'factors-open':
    '{with, number} von {users, plural, one {# Person} other {# Personen}} bestätigen die Anmeldung mit einem zweiten Faktor.',
  'factors-act': 'Zweiten Faktor verlangen',
  'pending-done': 'Die Adressliste ist bestätigt.',
  'pending-open': 'Eine engere Adressliste wartet auf Bestätigung.',
  'pending-act': 'Bestätigen',
  'codes-done':
    'Sie haben {left, plural, one {# Notfallcode} other {# Notfallcodes}}, falls Sie einmal außerhalb der Liste sind.',
  'codes-open': 'Sie haben keine Notfallcodes: außerhalb der Liste könnte nur der Betreiber helfen.',
  'codes-act': 'Notfallcodes erstellen',
} as const satisfies Translation<typeof english>
