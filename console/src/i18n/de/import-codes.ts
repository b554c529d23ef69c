import type { Translation } from '../catalogue.ts'
import type { importCodes as english } from '../en/import-codes.ts'

export const importCodes = {
  exists: 'Den Kontakt gibt es schon',
  not_found: 'Diesen Kontakt gibt es nicht',
  archived: 'Der Kontakt ist im Archiv',
  duplicate_in_file: 'Dieselbe Person steht in einer anderen Zeile',
  email_invalid: 'Das ist keine E-Mail-Adresse',
  phone_invalid: 'Das ist keine mögliche Telefonnummer',
  key_required: 'Die Zeile hat weder E-Mail noch Telefon noch externe Kennung',
  ambiguous_match: 'Die Schlüssel gehören verschiedenen Kontakten',
  key_conflict: 'Der neue Schlüssel gehört schon einem anderen Kontakt',
  address_erased: 'Die Person hat ihre Daten löschen lassen',
  contact_restricted: 'Der Kontakt ist eingeschränkt',
  value_too_long: 'Ein Wert ist zu lang',
  value_type: 'Ein Wert passt nicht zum Typ seines Feldes',
  value_not_in_list: 'Ein Wert steht nicht in der Liste',
  required_missing: 'Ein nötiger Wert fehlt',
  row_too_wide: 'Die Zeile hat mehr Zellen, als es Spalten gibt',
  control_character: 'Die Zeile enthält ein Steuerzeichen',
  unbalanced_quote: 'Ein Anführungszeichen ist nicht geschlossen',
  encoding: 'Die Zeile ist in dieser Kodierung nicht lesbar',
  limit_reached: 'Die Kontaktgrenze Ihres Kontos ist erreicht',
  unique_value: 'Der Wert muss einmalig sein und kommt schon vor',
} as const satisfies Translation<typeof english>
