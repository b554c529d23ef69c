import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { type Catalogue, languages, pickLanguage, regional } from './catalogue.ts'
import { loadCatalogue } from './load-catalogue.ts'

type Node = {
  readonly value?: unknown
  readonly options?: Record<string, { readonly value: Node[] }>
  readonly children?: Node[]
  readonly type: number
}
const [literal, plural, pound] = [0, 6, 7]

const argumentsOf = (nodes: readonly Node[]): string[] =>
  nodes.flatMap((node) => [
    ...(node.type === literal || node.type === pound ? [] : [String(node.value)]),
    ...Object.values(node.options ?? {}).flatMap((option) => argumentsOf(option.value)),
    ...argumentsOf(node.children ?? []),
  ])

/** The forms of every plural; one that only tells nothing from something, and says no number, has no forms. */
const pluralsOf = (nodes: readonly Node[]): string[][] =>
  nodes.flatMap((node) => {
    const options = node.options ?? {}
    const forms = Object.keys(options)
    const isSwitch =
      forms.every((form) => form === 'other' || form.startsWith('=')) &&
      options['other']?.value.every((part) => part.type !== pound) === true
    const inner = Object.values(options).flatMap((option) => pluralsOf(option.value))
    return node.type !== plural || isSwitch ? inner : [forms, ...inner]
  })

const textsOf = (catalogue: Catalogue): Map<string, string> =>
  new Map(
    Object.entries(catalogue).flatMap(([feature, texts]) =>
      Object.entries(texts as Record<string, string>).map(
        ([key, text]) => [`${feature}.${key}`, text] as const,
      ),
    ),
  )

const parse = (text: string, language: string): Node[] =>
  new IntlMessageFormat(text, language).getAst() as never

const english = textsOf(await loadCatalogue('en'))

describe.each(languages)('the %s catalogue', async (language) => {
  const texts = textsOf(await loadCatalogue(language))

  test('has the keys of the English one, none of them empty', () => {
    expect([...texts.keys()].toSorted()).toEqual([...english.keys()].toSorted())
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  test('asks for the same values in every text', () => {
    const valuesOf = (text: string) => [...new Set(argumentsOf(parse(text, language)))].toSorted()
    const differing = [...texts].filter(
      ([key, text]) => valuesOf(text).join() !== valuesOf(english.get(key) ?? '').join(),
    )
    expect(differing).toEqual([])
  })

  test('gives every plural all forms of the language', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const wanting = [...texts].filter(([, text]) =>
      pluralsOf(parse(text, language)).some(
        (forms) => forms.includes('other') && needed.some((form) => !forms.includes(form)),
      ),
    )
    expect(wanting).toEqual([])
  })
})

test('Polish counts as Poles do', async () => {
  const { ui } = await loadCatalogue('pl')
  const rows = (count: number) => new IntlMessageFormat(ui['rows-all'], 'pl').format({ count })
  expect([1, 2, 5, 22].map(rows)).toEqual([
    '1 wiersz, to wszystko',
    '2 wiersze, to wszystko',
    '5 wierszy, to wszystko',
    '22 wiersze, to wszystko',
  ])
})

test('the first language the browser asks for and we have is taken', () => {
  expect(pickLanguage(['fr-FR', 'de-AT', 'pl'])).toBe('de')
  expect(pickLanguage(['fr'])).toBe('en')
})

test('the region of the browser counts where its language agrees and its tag is well-formed', () => {
  expect(regional('en', ['pl-PL', 'en-GB'])).toBe('en-GB')
  expect(regional('de', ['en-GB'])).toBe('de')
  expect(regional('en', ['en-US@posix'])).toBe('en')
})
