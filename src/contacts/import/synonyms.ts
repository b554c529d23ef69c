/** Headings people write, by the field they mean; compared without case, accents and signs. */
const headings: Readonly<Record<string, readonly string[]>> = {
  external_id: [
    'external id',
    'customer id',
    'client id',
    'id',
    'id klienta',
    'nr klienta',
    'numer klienta',
    'identyfikator',
    'kundennummer',
    'kunden id',
    'kundennr',
    'externe id',
  ],
  email: [
    'email',
    'e mail',
    'mail',
    'email address',
    'e mail address',
    'adres email',
    'adres e mail',
    'email adresse',
    'e mail adresse',
    'mailadresse',
    'poczta',
  ],
  phone: [
    'phone',
    'phone number',
    'mobile',
    'mobile phone',
    'cell',
    'tel',
    'telephone',
    'telefon',
    'nr telefonu',
    'numer telefonu',
    'komorka',
    'telefon komorkowy',
    'telefonnummer',
    'handy',
    'handynummer',
    'mobil',
    'mobilnummer',
  ],
  first_name: ['first name', 'firstname', 'given name', 'forename', 'imie', 'vorname'],
  last_name: ['last name', 'lastname', 'surname', 'family name', 'nazwisko', 'nachname', 'familienname'],
  company: [
    'company',
    'company name',
    'organisation',
    'organization',
    'firma',
    'nazwa firmy',
    'firmenname',
    'unternehmen',
  ],
  language: ['language', 'lang', 'locale', 'jezyk', 'sprache'],
  country: ['country', 'country code', 'kraj', 'kod kraju', 'panstwo', 'land', 'landercode', 'landerkennung'],
  time_zone: ['time zone', 'timezone', 'strefa czasowa', 'zeitzone'],
  'consent.state': ['consent', 'opt in', 'zgoda', 'zgoda marketingowa', 'einwilligung', 'newsletter'],
  'consent.at': ['consent at', 'consent date', 'data zgody', 'datum der einwilligung', 'einwilligungsdatum'],
  'consent.source': ['consent source', 'zrodlo zgody', 'quelle der einwilligung'],
}

/** One spelling of a heading: lower case, no accents, words apart by one blank. */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[łŁ]/g, 'l')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, ' ')
    .trim()

const byHeading = new Map(
  Object.entries(headings).flatMap(([field, names]) =>
    [field, ...names].map((name): [string, string] => [plainHeading(name), field]),
  ),
)

/** The standard field a heading names; null when it says nothing to us. */
export const fieldOfHeading = (heading: string): string | null => byHeading.get(plainHeading(heading)) ?? null
