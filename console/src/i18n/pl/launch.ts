import type { Translation } from '../catalogue.ts'
import type { launch as english } from '../en/launch.ts'

export const launch = {
  checks: 'Kontrola przed wysyłką',
  'check-again': 'Sprawdź ponownie',
  'checked-at': 'Sprawdzono {time}',
  blocked:
    '{count, plural, one {Jedna rzecz stoi na przeszkodzie} few {# rzeczy stoją na przeszkodzie} many {# rzeczy stoi na przeszkodzie} other {# rzeczy stoi na przeszkodzie}}',
  'blocked-text': 'Popraw to, co oznaczono jako blokujące; wtedy można wysłać.',
  warned:
    '{count, plural, one {Można wysłać, ale spójrz na jeden punkt} few {Można wysłać, ale spójrz na # punkty} many {Można wysłać, ale spójrz na # punktów} other {Można wysłać, ale spójrz na # punktu}}',
  'warned-text': 'Ostrzeżenia nie zatrzymują kampanii; mówią, co może Cię rozczarować.',
  'all-good': 'Nic nie znaleziono; można wysłać',
  'level-block': 'Blokuje',
  'level-warn': 'Ostrzeżenie',
  affects:
    '{count, plural, one {dotyczy {number} osoby} few {dotyczy {number} osób} many {dotyczy {number} osób} other {dotyczy {number} osoby}}',
  override: 'Wyślij mimo to',
  'override-reason': 'Dlaczego to w porządku',
  'override-hint': 'Zapisane przy kampanii pod Twoim nazwiskiem',
  'override-short': 'Napisz kilka słów więcej',
  'jump-settings': 'Przejdź do ustawień',
  'jump-content': 'Przejdź do treści',
  'jump-audience': 'Przejdź do odbiorców',
  'jump-account': 'Otwórz ustawienie',
  'no-subject': 'brakuje',
  'reachable-of': 'można dotrzeć do {reachable} z {audience} osób',
  sending: 'Wysyłka',
  when: 'Kiedy',
  now: 'Teraz',
  'now-hint': 'Zaczyna się, gdy tylko potwierdzisz',
  at: 'O wybranej porze',
  'at-hint': 'Zaczyna się sama; do tego czasu można ją cofnąć',
  time: 'Dzień i godzina',
  'time-past': 'Ta pora już minęła',
  'time-needed': 'Wybierz dzień i godzinę w przyszłości.',
  'time-clear': 'Wyczyść porę',
  'time-take': 'Przyjmij tę porę',
  hours: 'Godziny',
  minutes: 'Minuty',
  'month-next': 'Następny miesiąc',
  'month-previous': 'Poprzedni miesiąc',
  'month-choose': 'Wybierz miesiąc i rok',
  zone: 'Strefa czasowa',
  'is-your-time': 'Na Twoim zegarze: {time}',
  throttle: 'Wiadomości na godzinę',
  'throttle-hint': 'Od 60 do 200 000; puste oznacza tak szybko, jak przyjmuje dostawca',
  hold: 'Minuty na rozmyślenie',
  'hold-hint': 'Czas na zmianę zdania po rozpoczęciu: 0 do 60',
  lateness: 'Najpóźniejszy początek, minut po planie',
  'lateness-hint': 'Po tym czasie czeka na Ciebie: 5 do 1440',
  uncertain: 'Gdy odpowiedź na wiadomość przepadnie',
  'uncertain-rather_miss':
    'Lepiej pominąć jedną osobę niż napisać do kogoś dwa razy: takie wiadomości są wykazane jako niepewne i nie są powtarzane.',
  send: 'Wyślij …',
  schedule: 'Zaplanuj …',
  'may-not': 'Możesz pisać kampanie, ale nie możesz ich wysyłać.',
  'confirm-title': 'Wysłać {name}?',
  'confirm-now':
    '{count, plural, one {Wiadomość wyjdzie teraz do <b>{number} osoby</b>.} few {Wiadomość wyjdzie teraz do <b>{number} osób</b>.} many {Wiadomość wyjdzie teraz do <b>{number} osób</b>.} other {Wiadomość wyjdzie teraz do <b>{number} osoby</b>.}}',
  'confirm-at':
    '{count, plural, one {Wiadomość wyjdzie do <b>{number} osoby</b>: {time}.} few {Wiadomość wyjdzie do <b>{number} osób</b>: {time}.} many {Wiadomość wyjdzie do <b>{number} osób</b>: {time}.} other {Wiadomość wyjdzie do <b>{number} osoby</b>: {time}.}}',
  'confirm-rest':
    '{count, plural, one {Jeszcze {number} odbiorca jest wstrzymany i nic nie dostanie.} few {Jeszcze {number} odbiorcy są wstrzymani i nic nie dostaną.} many {Jeszcze {number} odbiorców jest wstrzymanych i nic nie dostanie.} other {Jeszcze {number} odbiorcy jest wstrzymanych i nic nie dostanie.}}',
  'confirm-hold':
    '{count, plural, one {Czeka minutę, zanim cokolwiek wyjdzie.} few {Czeka # minuty, zanim cokolwiek wyjdzie.} many {Czeka # minut, zanim cokolwiek wyjdzie.} other {Czeka # minuty, zanim cokolwiek wyjdzie.}}',
  'send-to':
    '{count, plural, one {Wyślij do {number} osoby} few {Wyślij do {number} osób} many {Wyślij do {number} osób} other {Wyślij do {number} osoby}}',
  'schedule-for':
    '{count, plural, one {Zaplanuj dla {number} osoby} few {Zaplanuj dla {number} osób} many {Zaplanuj dla {number} osób} other {Zaplanuj dla {number} osoby}}',
} as const satisfies Translation<typeof english>
