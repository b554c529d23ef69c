import type { Translation } from '../catalogue.ts'
import type { senders as english } from '../en/senders.ts'

export const senders = {
  title: 'Nadawcy',
  purpose:
    'Nazwy i adresy, z których przychodzi Twoja poczta. Odbiorcy widzą oba, więc użyj tych, które znają.',
  add: 'Dodaj nadawcę',
  'edit-title': 'Edytuj nadawcę',
  actions: 'Działania: {name}',
  name: 'Nazwa',
  'name-hint': 'To odbiorcy czytają przed otwarciem: Twoja firma lub osoba',
  email: 'Adres',
  'reply-to': 'Odpowiedzi na',
  'reply-to-hint': 'Dokąd trafiają odpowiedzi; puste oznacza ten sam adres',
  'same-address': 'ten sam adres',
  default: 'Nadawca domyślny',
  'default-hint': 'Używany w kampaniach bez wybranego nadawcy',
  'is-default': 'Domyślny',
  'make-default': 'Ustaw jako domyślnego',
  'default-set': '{name} jest teraz nadawcą domyślnym.',
  state: 'Stan',
  'state-verified': 'Gotowy',
  'state-pending': 'Czeka na potwierdzenie',
  'state-blocked': 'Zablokowany',
  resend: 'Wyślij potwierdzenie ponownie',
  resent: 'Nowy link jest w drodze na {email}.',
  'pending-text':
    'Link wysłano na {email}; działa 48 godzin. Do tego czasu wychodzą tylko wiadomości testowe.',
  'state-tests': 'Gotowy do testów',
  'tests-text':
    'Jego domena nie jest autoryzowana: na prawdziwej trasie kampanie są odrzucane, a testów może być dziesięć dziennie.',
  authorize: 'Autoryzuj domenę',
  roles: 'Role, które mogą go używać',
  'roles-hint': 'Puste = każdy, kto może wysyłać kampanie',
  saved: 'Nadawca zapisany.',
  'delete-title': 'Usunąć nadawcę {name}?',
  'delete-text':
    'Szkice, które go używają, przejdą na nadawcę domyślnego. To, co już wysłano pod tą nazwą, się nie zmieni.',
  'delete-default':
    'To nadawca domyślny: zastąpi go najstarszy z pozostałych. Szkice, które go używają, przejdą na niego.',
  'empty-title': 'Nie ma nadawcy',
  'empty-text': 'Dodaj nazwę i adres znane Twoim odbiorcom. Pierwszy nadawca zostaje domyślnym.',
} as const satisfies Translation<typeof english>
