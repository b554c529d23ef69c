import type { Translation } from '../catalogue.ts'
import type { starter as english } from '../en/starter.ts'

/** Words of the letter that a new campaign begins with. */
export const starter = {
  subject: 'Wieści od {sender}',
  hello: 'Dzień dobry',
  friend: 'drogi Czytelniku',
  intro:
    'oto jedna rzecz, o której chcemy Ci dziś powiedzieć. Pisz krótko: większość osób czyta trzy wiersze.',
  more: 'Jeśli potrzebujesz więcej miejsca, dodaj drugi akapit i prowadź na stronę z resztą.',
  button: 'Czytaj dalej',
  greeting: 'Z pozdrowieniami',
  news: 'Coś nowego',
  why: 'Dostajesz tę wiadomość, bo jesteś z nami w kontakcie.',
  unsubscribe: 'Wypisz się',
} as const satisfies Translation<typeof english>
