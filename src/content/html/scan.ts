import { QuoteType, Tokenizer } from 'htmlparser2'

export type Attribute = {
  readonly name: string
  /** The value's place in the source, without quotes. */
  readonly begin: number
  readonly end: number
  readonly quoted: boolean
  /** False for an attribute without `=`. */
  readonly given: boolean
  /** The value with entities read; Liquid in it stands as written. */
  readonly value: string
}

export type Element = {
  readonly name: string
  readonly begin: number
  readonly end: number
  readonly attributes: readonly Attribute[]
}
export type Text = { readonly begin: number; readonly text: string }
export type Scan = {
  readonly elements: readonly Element[]
  readonly closings: readonly { readonly name: string; readonly begin: number }[]
  readonly texts: readonly Text[]
}

type Making = { -readonly [Key in keyof Element]: Element[Key] } & { attributes: Attribute[] }
type MakingAttribute = { -readonly [Key in keyof Attribute]: Attribute[Key] }

/**
 * Every tag with its attributes and places, as a browser would read them. `covered` is parsed, `source` (equally long)
 * gives the texts, so that Liquid in attribute values comes out as its author wrote it.
 */
export const scanHtml = (source: string, covered: string = source): Scan => {
  const elements: Element[] = []
  const closings: { name: string; begin: number }[] = []
  const texts: Text[] = []
  let element: Making | null = null
  let attribute: MakingAttribute | null = null

  const endElement = (end: number): void => {
    if (element) elements.push({ ...element, end: end + 1 })
    element = null
  }
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname: (begin, end) => {
        const name = covered.slice(begin, end).toLowerCase()
        element = { name, begin: begin - 1, end, attributes: [] }
      },
      onattribname: (begin, end) => {
        const name = covered.slice(begin, end).toLowerCase()
        attribute = { name, begin: end, end, quoted: false, given: false, value: '' }
      },
      onattribdata: (begin, end) => {
        if (!attribute) return
        if (!attribute.given) attribute.begin = begin
        attribute.given = true
        attribute.value += source.slice(begin, end)
      },
      onattribentity: (code) => {
        if (!attribute) return
        attribute.given = true
        attribute.value += String.fromCodePoint(code)
      },
      onattribend: (quote, end) => {
        if (attribute && element) {
          const quoted = quote === QuoteType.Double || quote === QuoteType.Single
          element.attributes.push(placed(covered, attribute, quote, quoted, end))
        }
        attribute = null
      },
      onopentagend: endElement,
      onselfclosingtag: endElement,
      onclosetag: (begin, end) => {
        closings.push({ name: covered.slice(begin, end).trim().toLowerCase(), begin: begin - 2 })
      },
      ontext: (begin, end) => {
        texts.push({ begin, text: source.slice(begin, end) })
      },
      ontextentity: (code, end) => {
        texts.push({ begin: end, text: String.fromCodePoint(code) })
      },
      oncdata: () => {},
      oncomment: () => {},
      ondeclaration: () => {},
      onprocessinginstruction: () => {},
      onend: () => {},
    },
  )
  tokenizer.write(covered)
  tokenizer.end()
  return { elements, closings, texts }
}

/** The value's place is told by its quotes: a value that begins with an entity has no data event at its start. */
const placed = (
  covered: string,
  attribute: MakingAttribute,
  quote: QuoteType,
  quoted: boolean,
  end: number,
): Attribute => {
  if (quote === QuoteType.NoValue) return attribute
  const closing = quoted && !/["']/.test(covered[end] ?? '') ? end - 1 : end
  const before = covered.slice(attribute.end, closing)
  const equals = attribute.end + before.indexOf('=') + 1
  const blank = /^\s*/.exec(covered.slice(equals, closing))?.[0].length ?? 0
  return {
    ...attribute,
    begin: equals + blank + (quoted ? 1 : 0),
    end: closing,
    quoted,
    given: true,
  }
}
