import type { Translation } from '../catalogue.ts'
import type { operations as english } from '../en/operations.ts'

export const operations = {
  title: 'Lista operacji',
  purpose: 'Praca, która toczy się w tle. W tym czasie możesz opuścić każdą stronę.',
  empty: 'Nic jeszcze nie zostało uruchomione',
  'empty-text': 'Importy i zmiany wielu kontaktów pojawią się tu z postępem i wynikiem.',
  type: 'Operacja',
  'type-import': 'Import kontaktów',
  'type-group_delete': 'Usuwanie grupy',
  'type-bulk_delete': 'Usuwanie kontaktów',
  'type-bulk_update': 'Zmiana kontaktów',
  'type-demo_data': 'Dodawanie danych przykładowych',
  'type-demo_data_removal': 'Usuwanie danych przykładowych',
  'type-bounce_reclassification': 'Ponowna ocena zwrotów',
  'type-log_export': 'Eksport dziennika aplikacji',
  object: 'Obiekt',
  state: 'Stan',
  progress: 'Postęp',
  result: 'Wynik',
  'started-by': 'Kto uruchomił',
  'by-system': 'System',
  created: 'Utworzono',
  started: 'Rozpoczęto',
  finished: 'Zakończono',
  retry: 'Spróbuj ponownie',
  all: 'Wszystkie operacje',
  running:
    '{count, plural, one {Trwa jedna operacja} few {Trwają # operacje} many {Trwa # operacji} other {Trwa # operacji}}',
  'note-completed': 'Ukończono: {type} {object}',
  'note-failed': 'Niepowodzenie: {type} {object}',
  'result-inserted': '{count, plural, one {# nowy} few {# nowe} many {# nowych} other {# nowego}}',
  'result-updated':
    '{count, plural, one {# zaktualizowany} few {# zaktualizowane} many {# zaktualizowanych} other {# zaktualizowanego}}',
  'result-unchanged': '{count, number} bez zmian',
  'result-group_only':
    '{count, plural, one {# dodany do grupy} few {# dodane do grupy} many {# dodanych do grupy} other {# dodanego do grupy}}',
  'result-skipped':
    '{count, plural, one {# pominięty} few {# pominięte} many {# pominiętych} other {# pominiętego}}',
  'result-rejected':
    '{count, plural, one {# odrzucony} few {# odrzucone} many {# odrzuconych} other {# odrzuconego}}',
  'result-deleted':
    '{count, plural, one {# usunięty} few {# usunięte} many {# usuniętych} other {# usuniętego}}',
  'result-contacts':
    '{count, plural, one {# kontakt} few {# kontakty} many {# kontaktów} other {# kontaktu}}',
  'result-groups': '{count, plural, one {# grupa} few {# grupy} many {# grup} other {# grupy}}',
  'result-campaigns':
    '{count, plural, one {# kampania} few {# kampanie} many {# kampanii} other {# kampanii}}',
} as const satisfies Translation<typeof english>
