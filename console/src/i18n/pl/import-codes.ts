import type { Translation } from '../catalogue.ts'
import type { importCodes as english } from '../en/import-codes.ts'

export const importCodes = {
  exists: 'Kontakt już istnieje',
  not_found: 'Nie ma takiego kontaktu',
  archived: 'Kontakt jest w archiwum',
  duplicate_in_file: 'Ta sama osoba jest w innym wierszu',
  email_invalid: 'To nie jest adres e-mail',
  phone_invalid: 'To nie jest możliwy numer telefonu',
  key_required: 'Wiersz nie ma e-maila, telefonu ani zewnętrznego identyfikatora',
  ambiguous_match: 'Klucze należą do różnych kontaktów',
  key_conflict: 'Nowy klucz należy już do innego kontaktu',
  address_erased: 'Osoba zażądała usunięcia danych',
  contact_restricted: 'Kontakt jest objęty ograniczeniem',
  value_too_long: 'Wartość jest za długa',
  value_type: 'Wartość nie pasuje do typu pola',
  value_not_in_list: 'Wartości nie ma na liście',
  required_missing: 'Brakuje wymaganej wartości',
  row_too_wide: 'Wiersz ma więcej komórek niż jest kolumn',
  control_character: 'Wiersz zawiera znak sterujący',
  unbalanced_quote: 'Cudzysłów nie jest zamknięty',
  encoding: 'Wiersza nie da się odczytać w tym kodowaniu',
  limit_reached: 'Osiągnięto limit kontaktów konta',
  unique_value: 'Wartość musi być niepowtarzalna, a już istnieje',
} as const satisfies Translation<typeof english>
