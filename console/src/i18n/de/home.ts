import type { Translation } from '../catalogue.ts'
import type { home as english } from '../en/home.ts'

export const home = {
  title: 'Start',
  hello: 'Hallo, {name}',
  purpose:
    'Vier Schritte bis zur ersten Kampagne. Nichts verlässt diese Maschine, bis Sie einen Anbieter einrichten: Post geht in das eingebaute Postfach.',
  'import-title': 'Kontakte einlesen',
  'import-text': 'Eine CSV-Datei, woher auch immer. Sie wählen, welche Spalte wohin kommt.',
  'import-action': 'Kontakte importieren',
  'write-title': 'Eine Kampagne schreiben',
  'write-text':
    'Betreff, Inhalt mit Namen und Feldern jeder Person und eine Vorschau als beliebiger Kontakt.',
  'write-action': 'Kampagne schreiben',
  'send-title': 'In das eingebaute Postfach senden',
  'send-text': 'Jede Nachricht kommt dort an, wie sie bei Ihren Empfängern ankäme.',
  'send-action': 'Postfach öffnen',
  'read-title': 'Den Bericht lesen',
  'read-text': 'Wer sie bekam, wer öffnete, wer klickte, und Rechenschaft über jede einzelne Nachricht.',
  'read-action': 'Kampagnen öffnen',
  done: 'Erledigt',
  'demo-title': 'Oder erst einmal umsehen',
  'demo-text': '200 erfundene Personen, drei Gruppen und eine abgeschlossene Kampagne mit Bericht.',
  'demo-add': 'Beispieldaten anlegen',
  'demo-present': 'In diesem Konto liegen Beispieldaten.',
  'demo-remove': 'Beispieldaten entfernen',
  'demo-remove-title': 'Beispieldaten entfernen?',
  'demo-remove-text': 'Entfernt wird nur, was das Beispiel gebracht hat; alles Eigene bleibt.',
  'demo-loss-contacts': '200 erfundene Kontakte',
  'demo-loss-groups': '3 Gruppen',
  'demo-loss-campaign': '1 Kampagne mit Bericht',
  'instance-title': 'Instanz',
  'instance-text':
    'Hier werden Konten, Berechtigungen und Zustand dieser Installation betreut. Für Kontakte und Kampagnen melden Sie sich als Benutzer eines Kontos an.',
  'instance-empty': 'Hier läutet noch nichts',
  recent: 'Letzte Kampagnen',
  'recent-all': 'Alle Kampagnen',
  'recent-audience': '{count, plural, one {# Person} other {# Personen}}',
  'recent-accepted': '{count} angenommen',
  'purpose-going': 'Ihre letzten Kampagnen und der Weg zur nächsten.',
} as const satisfies Translation<typeof english>
