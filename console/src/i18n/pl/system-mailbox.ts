import type { Translation } from '../catalogue.ts'
import type { systemMailbox as english } from '../en/system-mailbox.ts'

export const systemMailbox = {
  title: 'Kody i linki',
  purpose:
    'Ta instalacja nie wysyła poczty systemowej ani SMS-ów. To, co Campanile pisze do użytkowników, czeka tutaj i da się odczytać tylko na tym komputerze.',
  mail: 'Poczta',
  phone: 'Telefon',
  'phone-purpose': 'SMS-y, które Campanile napisał na tym komputerze; nie trafiają do nikogo na zewnątrz.',
  letters: 'Poczta systemowa, od najnowszej',
  count:
    '{count, plural, =0 {Brak wiadomości} one {# wiadomość} few {# wiadomości} many {# wiadomości} other {# wiadomości}}',
  people: 'Od {from} do {to}',
  code: 'Kod',
  'copy-code': 'Kopiuj kod',
  'copy-the-code': 'Kopiuj {code}',
  'open-link': 'Otwórz link',
  'not-me-link': 'Otwórz link „To nie ja”',
  whole: 'Cała treść',
  'texts-to': 'SMS-y na {number}, od najstarszego',
  number: 'Numer',
  'empty-title': 'Na razie nic tu nie ma',
  'empty-mail': 'Poproś o kod lub link, a pojawi się tutaj w ciągu dwóch sekund.',
  'empty-phone': 'Poproś o kod SMS-em, a pojawi się tutaj w ciągu dwóch sekund.',
  'elsewhere-title': 'Nic tu nie czeka',
  'elsewhere-text':
    'Ta strona istnieje tylko na komputerze programisty, bez serwera poczty systemowej i bez trasy SMS. Gdzie indziej kody trafiają do skrzynek i telefonów.',
  back: 'Wróć do logowania',
  where: 'Gdzie jest moja wiadomość? Ten komputer trzyma ją tutaj.',
} satisfies Translation<typeof english>
