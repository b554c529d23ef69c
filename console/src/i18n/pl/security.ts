import type { Translation } from '../catalogue.ts'
import type { security as english } from '../en/security.ts'

export const security = {
  title: 'Bezpieczeństwo',
  purpose: 'Kto może się zalogować na to konto, skąd i czym to potwierdza.',
  glance: 'Jak dobrze chronione jest to konto',
  'shield-all': 'Jak jest chronione',
  'glance-unknown': 'Nie można teraz ocenić, jak dobrze chronione jest to konto.',
  'level-strong': 'To konto jest dobrze chronione',
  'level-fair': 'To konto jest chronione, ale brakuje jednego zabezpieczenia',
  'level-weak': 'To konto otwiera samo hasło',
  'addresses-done': 'Zalogować się można tylko z sieci na liście.',
  'addresses-open': 'Zalogować się można z dowolnego miejsca.',
  'addresses-act': 'Wpisz swoje sieci',
  'factors-done': 'Wszyscy potwierdzają logowanie drugim składnikiem.',
  'factors-open':
    'Drugim składnikiem potwierdza logowanie {with, number} z {users, plural, one {# osoby} few {# osób} many {# osób} other {# osób}}.',
  'factors-act': 'Wymagaj drugiego składnika',
  'pending-done': 'Lista adresów jest potwierdzona.',
  'pending-open': 'Zawężona lista adresów czeka na potwierdzenie.',
  'pending-act': 'Potwierdź ją',
  'codes-done':
    'Masz {left, plural, one {# kod awaryjny} few {# kody awaryjne} many {# kodów awaryjnych} other {# kodu awaryjnego}} na wypadek, gdybyś znalazł się poza listą.',
  'codes-open': 'Nie masz kodów awaryjnych: poza listą pomóc mógłby tylko operator.',
  'codes-act': 'Utwórz kody awaryjne',
} as const satisfies Translation<typeof english>
