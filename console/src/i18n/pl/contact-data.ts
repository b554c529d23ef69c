import type { Translation } from '../catalogue.ts'
import type { contactData as english } from '../en/contact-data.ts'

export const contactData = {
  title: 'E-mail i telefon komórkowy',
  text: 'Tu trafiają kody, linki i powiadomienia. Zmiana działa dopiero po potwierdzeniu nowych danych.',
  email: 'E-mail',
  'email-change': 'Zmień e-mail',
  'email-new': 'Nowy adres e-mail',
  'email-hint':
    'Na nowy adres trafi link. Poprzedni dostanie powiadomienie i przez siedem dni możliwość cofnięcia zmiany.',
  'email-send': 'Wyślij link',
  'email-sent': 'Otwórz link wysłany na adres {email}. Do tego czasu nic się nie zmieni.',
  phone: 'Telefon komórkowy',
  'phone-none': 'Brak',
  'phone-unproven': 'jeszcze niepotwierdzony',
  'phone-change': 'Zmień numer',
  'phone-add': 'Dodaj numer',
  'phone-new': 'Nowy numer telefonu',
  'phone-hint': 'W zapisie międzynarodowym, np. +48600700800. Na ten numer wyślemy kod.',
  'phone-send': 'Wyślij kod',
  'phone-changed': 'Nowy numer jest potwierdzony.',
  'phone-remove': 'Usuń numer',
  'phone-remove-title': 'Usunąć numer telefonu?',
  'phone-remove-text': 'Kody SMS i powiadomienia na ten numer przestaną przychodzić.',
  'phone-removed': 'Numer został usunięty.',
} as const satisfies Translation<typeof english>
