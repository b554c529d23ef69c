import type { Field } from '../../../../src/contacts/fields/contract.ts'
import type { Language } from '../../i18n/catalogue.ts'

/** The label in the reader's language, else in any, else the name. */
export const fieldLabel = (field: Pick<Field, 'label' | 'name'>, language: Language): string =>
  field.label[language] ?? field.label.en ?? field.label.pl ?? field.label.de ?? field.name

const nameLengthMax = 50

/** A name proposed from a label: "Last visit (shop)" → `last_visit_shop`. */
export const nameFromLabel = (label: string): string =>
  label
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, nameLengthMax)
