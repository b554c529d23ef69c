import type { Translation } from '../catalogue.ts'
import type { audience as english } from '../en/audience.ts'

export const audience = {
  who: 'Wer sie bekommt',
  include: 'Gruppen',
  'include-hint': 'Alle, die in mindestens einer davon sind, jeder einmal',
  exclude: 'Außer',
  'exclude-hint': 'Wer in einer davon ist, bekommt nichts',
  choose: 'Gruppen wählen',
  'no-group-found': 'Keine Gruppe mit diesem Namen',
  'no-groups': 'Es gibt noch keine Gruppen',
  'no-groups-way': 'Kontakte in eine Gruppe importieren',
  'consent-required':
    'Ihr Konto verlangt eine festgehaltene Einwilligung für E-Mail. Wer keine hat, dem wird nicht geschrieben.',
  'consent-open':
    'Ihr Konto verlangt keine festgehaltene Einwilligung für E-Mail. Wer abgemeldet ist oder sie widerrufen hat, dem wird nie geschrieben.',
  'without-consent': 'Personen ohne Einwilligung auslassen',
  'without-consent-hint': 'Schreibt nur denen, deren Einwilligung festgehalten ist',
  reach: 'Reichweite',
  sentence: 'Von {audience} Personen sind jetzt <b>{reachable}</b> zu erreichen.',
  reachable: 'Bekommen die Nachricht',
  reasons: 'Wer erreicht wird, und warum andere nicht',
  counting: 'Wird gezählt …',
  'counted-at': 'Gezählt um {time}. Gruppen werden beim Beginn der Kampagne eingefroren.',
  'nobody-title': 'Noch niemand',
  'nobody-text': 'Wählen Sie mindestens eine Gruppe, dann steht hier die Zahl.',
} as const satisfies Translation<typeof english>
