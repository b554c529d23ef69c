import type { Translation } from '../catalogue.ts'
import type { signIn as english } from '../en/sign-in.ts'

export const signIn = {
  title: 'Zaloguj się',
  welcome: 'Witaj ponownie',
  login: 'Login lub e-mail',
  password: 'Hasło',
  submit: 'Zaloguj się',
  failed: 'Logowanie odrzucone',
  'session-ended': 'Twoja sesja wygasła. Zaloguj się ponownie, a wrócisz tam, gdzie jesteś.',
  'setup-needed':
    'Ta instalacja nie została jeszcze skonfigurowana. Otwórz jednorazowy link, który serwer wypisał w terminalu.',
  'set-up-done': 'Campanile jest skonfigurowany. Zaloguj się jako właściciel konta.',
  'show-password': 'Pokaż hasło',
  'hide-password': 'Ukryj hasło',
  tagline: 'Każda wiadomość policzona.',
  'tagline-more': 'Pisz do swoich odbiorców z własnego serwera i zobacz, co stało się z każdą wiadomością.',
} as const satisfies Translation<typeof english>
