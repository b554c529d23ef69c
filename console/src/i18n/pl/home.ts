import type { Translation } from '../catalogue.ts'
import type { home as english } from '../en/home.ts'

export const home = {
  title: 'Start',
  hello: 'Dzień dobry, {name}',
  purpose:
    'Cztery kroki dzielą Cię od pierwszej kampanii. Nic nie opuści tej maszyny, dopóki nie ustawisz dostawcy: poczta trafia do wbudowanej skrzynki.',
  'import-title': 'Wprowadź kontakty',
  'import-text': 'Plik CSV skądkolwiek. Ty decydujesz, która kolumna trafia gdzie.',
  'import-action': 'Importuj kontakty',
  'write-title': 'Napisz kampanię',
  'write-text': 'Temat, treść z imionami i polami każdej osoby oraz podgląd oczami dowolnego kontaktu.',
  'write-action': 'Napisz kampanię',
  'send-title': 'Wyślij do wbudowanej skrzynki',
  'send-text': 'Każda wiadomość trafi tam tak, jak trafiłaby do odbiorców.',
  'send-action': 'Otwórz skrzynkę',
  'read-title': 'Przeczytaj raport',
  'read-text': 'Kto dostał, kto otworzył, kto kliknął, i rozliczenie każdej wiadomości.',
  'read-action': 'Otwórz kampanie',
  done: 'Zrobione',
  'demo-title': 'Albo najpierw się rozejrzyj',
  'demo-text': '200 wymyślonych osób, trzy grupy i jedna zakończona kampania z raportem.',
  'demo-add': 'Dodaj przykładowe dane',
  'demo-present': 'Na tym koncie są przykładowe dane.',
  'demo-remove': 'Usuń przykładowe dane',
  'demo-remove-title': 'Usunąć przykładowe dane?',
  'demo-remove-text': 'Usunięte zostanie tylko to, co przyniósł przykład; wszystko Twoje zostaje.',
  'demo-loss-contacts': '200 wymyślonych kontaktów',
  'demo-loss-groups': '3 grupy',
  'demo-loss-campaign': '1 kampania z raportem',
  'demo-started': 'Przykładowe dane są w drodze.',
  'demo-removing': 'Przykładowe dane są usuwane.',
  'instance-title': 'Instancja',
  'instance-text':
    'Tutaj będzie można zarządzać kontami, uprawnieniami i stanem tej instalacji. Aby pracować z kontaktami i kampaniami, zaloguj się jako użytkownik konta.',
  'instance-empty': 'Tu jeszcze nic nie dzwoni',
} as const satisfies Translation<typeof english>
