import type { Translation } from '../catalogue.ts'
import type { account as english } from '../en/account.ts'

export const account = {
  'general-title': 'Ogólne',
  'general-purpose': 'Kim jesteś dla odbiorców oraz jak na tym koncie odczytuje się daty i liczby.',
  identity: 'Tożsamość',
  'identity-text': 'Nazwa i adres pocztowy mogą stać w stopce wiadomości; wiele krajów wymaga adresu.',
  name: 'Nazwa',
  description: 'Opis',
  'contact-email': 'Kontaktowy e-mail',
  'contact-email-hint': 'Tu kontaktują się z Tobą odbiorcy i urzędy',
  'postal-address': 'Adres pocztowy',
  region: 'Język i region',
  'region-text': 'Tak zaczynają nowi użytkownicy i strony publiczne.',
  language: 'Język domyślny',
  'time-zone': 'Strefa czasowa',
  country: 'Kraj',
  currency: 'Waluta',
  consent: 'Zgoda',
  'consent-text':
    'Gdy włączone, piszemy tylko do kontaktów z zapisaną zgodą na dany kanał. Włączenie nikogo nie usuwa; osoby bez zgody liczone są jako wstrzymane.',
  'consent-email': 'Wymagaj zgody na e-mail',
  'consent-sms': 'Wymagaj zgody na SMS',
  'consent-push': 'Wymagaj zgody na powiadomienia push',
  'consent-rcs': 'Wymagaj zgody na RCS',
  saved: 'Ustawienia zapisane.',
  'read-only': 'Możesz oglądać te ustawienia, ale nie zmieniać.',
} as const satisfies Translation<typeof english>
