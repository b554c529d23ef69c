/** Invented people; addresses are on the domains that RFC 2606 keeps free for examples. */
type Nation = {
  readonly language: 'pl' | 'en' | 'de'
  readonly country: string
  readonly timeZone: string
  readonly count: number
  readonly domain: string
  readonly firstNames: readonly string[]
  readonly lastNames: readonly string[]
  readonly cities: readonly string[]
}

const words = (text: string): readonly string[] => text.split(' ')

const nations: readonly Nation[] = [
  {
    language: 'pl',
    country: 'PL',
    timeZone: 'Europe/Warsaw',
    count: 80,
    domain: 'example.com',
    firstNames: words(
      'Anna Piotr Katarzyna Tomasz Małgorzata Paweł Agnieszka Michał Barbara Łukasz Ewa Jakub Zofia Wojciech Hanna Marcin Julia Grzegorz Maja Szymon',
    ),
    lastNames: words(
      'Nowak Wójcik Mazur Kaczmarek Zając Pawlak Król Wróbel Dudek Stępień Górecki Sikora Baran Duda Szewczyk Pietrzak',
    ),
    cities: words('Warszawa Kraków Gdańsk Wrocław Poznań Łódź'),
  },
  {
    language: 'en',
    country: 'GB',
    timeZone: 'Europe/London',
    count: 60,
    domain: 'example.org',
    firstNames: words(
      'Olivia George Amelia Harry Isla Oliver Ava Jack Emily Noah Grace Arthur Freya Leo Ruby Oscar Alice Henry Daisy Thomas',
    ),
    lastNames: words(
      'Smith Jones Taylor Brown Wilson Evans Thomas Roberts Walker Wright Hughes Green Hall Wood Clarke Cooper',
    ),
    cities: words('London Bristol Leeds Manchester Edinburgh Cardiff'),
  },
  {
    language: 'de',
    country: 'DE',
    timeZone: 'Europe/Berlin',
    count: 60,
    domain: 'example.net',
    firstNames: words(
      'Lena Jonas Marie Felix Sophie Paul Laura Maximilian Hannah Leon Clara Lukas Johanna Moritz Greta Finn Jürgen Ida Björn Käthe',
    ),
    lastNames: words(
      'Müller Schmidt Schneider Fischer Weber Becker Schulz Koch Richter Wolf Schröder Neumann Zimmermann Krüger Hofmann Köhler',
    ),
    cities: words('Berlin Hamburg München Köln Leipzig Stuttgart'),
  },
]

export type Person = {
  readonly firstName: string
  readonly lastName: string
  /** Spellings of an address, so that one somebody has already entered does not stand in the way. */
  readonly addresses: readonly string[]
  readonly language: string
  readonly country: string
  readonly timeZone: string
  readonly fields: Readonly<Record<DemoField, string | number | boolean>>
}

export const demoFields = { city: 'text', birthday: 'date', points: 'number', newsletter: 'boolean' } as const
export type DemoField = keyof typeof demoFields

const at = <T>(list: readonly T[], index: number): T => {
  const value = list[index % list.length]
  if (value === undefined) throw new RangeError('an empty list has no element')
  return value
}

const toAscii = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ü', 'ue')
    .replaceAll('ö', 'oe')
    .replaceAll('ä', 'ae')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/[^a-z]/g, '')

const twoDigits = (number: number): string => String(number).padStart(2, '0')

const personOf = (nation: Nation, index: number, place: number): Person => {
  const round = Math.floor(index / nation.firstNames.length)
  const firstName = at(nation.firstNames, index)
  // Steps of three through sixteen names: no pair of names comes twice.
  const lastName = at(nation.lastNames, index + round * 3)
  const local = `${toAscii(firstName)}.${toAscii(lastName)}`
  return {
    firstName,
    lastName,
    addresses: ['', '.2', '.3'].map((suffix) => `${local}${suffix}@${nation.domain}`),
    language: nation.language,
    country: nation.country,
    timeZone: nation.timeZone,
    fields: {
      city: at(nation.cities, place * 5 + round),
      birthday: `${1950 + ((place * 17) % 55)}-${twoDigits(1 + (place % 12))}-${twoDigits(1 + ((place * 7) % 28))}`,
      points: (place * 137) % 1_000,
      newsletter: place % 4 !== 0,
    },
  }
}

const mixOrder = (place: number): number => (place * 77) % 200

/** 200 people, the three languages mixed; the same each time. */
export const demoPeople = (): readonly Person[] => {
  const inOrder = nations.flatMap((nation) =>
    Array.from({ length: nation.count }, (_, index) => ({ nation, index })),
  )
  return inOrder.map((_, place) => {
    const { nation, index } = at(inOrder, mixOrder(place))
    return personOf(nation, index, place)
  })
}
