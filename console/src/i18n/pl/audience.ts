import type { Translation } from '../catalogue.ts'
import type { audience as english } from '../en/audience.ts'

export const audience = {
  who: 'Kto ją dostanie',
  include: 'Grupy',
  'include-hint': 'Każdy, kto jest choć w jednej z nich, jeden raz',
  exclude: 'Oprócz',
  'exclude-hint': 'Kto jest w jednej z tych grup, nie dostanie nic',
  choose: 'Wybierz grupy',
  'no-group-found': 'Nie ma grupy o tej nazwie',
  'no-groups': 'Nie ma jeszcze grup',
  'no-groups-way': 'Zaimportuj kontakty do grupy',
  'consent-required':
    'Twoje konto wymaga zapisanej zgody na e-mail. Do osób bez zgody wiadomość nie wychodzi.',
  'consent-open':
    'Twoje konto nie wymaga zapisanej zgody na e-mail. Do osób, które się wypisały lub cofnęły zgodę, nigdy nic nie wychodzi.',
  'without-consent': 'Pomiń osoby bez zgody',
  'without-consent-hint': 'Tylko osoby, których zgoda jest zapisana',
  reach: 'Zasięg',
  sentence: 'Spośród {audience} osób teraz można dotrzeć do <b>{reachable}</b>.',
  reachable: 'Dostaną wiadomość',
  reasons: 'Kto dostanie i dlaczego inni nie',
  counting: 'Liczenie …',
  'counted-at': 'Policzono o {time}. Grupy są zamrażane na początku kampanii.',
  'nobody-title': 'Jeszcze nikt',
  'nobody-text': 'Wybierz co najmniej jedną grupę, a pojawi się tu liczba.',
} as const satisfies Translation<typeof english>
