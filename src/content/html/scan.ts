import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2'

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

type Making<T> = { -readonly [Key in keyof T]: T[Key] }

/** Takes the tokenizer's events; one walk, one instance. */
class Scanner implements TokenizerCallbacks {
  readonly elements: Element[] = []
  readonly closings: { name: string; begin: number }[] = []
  readonly texts: Text[] = []
  readonly #source: string
  readonly #covered: string
  #element: (Making<Element> & { attributes: Attribute[] }) | null = null
  #attribute: Making<Attribute> | null = null

  constructor(source: string, covered: string) {
    this.#source = source
    this.#covered = covered
  }

  onopentagname(begin: number, end: number): void {
    const name = this.#covered.slice(begin, end).toLowerCase()
    this.#element = { name, begin: begin - 1, end, attributes: [] }
  }

  onopentagend(end: number): void {
    if (this.#element) this.elements.push({ ...this.#element, end: end + 1 })
    this.#element = null
  }

  onselfclosingtag(end: number): void {
    this.onopentagend(end)
  }

  onattribname(begin: number, end: number): void {
    const name = this.#covered.slice(begin, end).toLowerCase()
    this.#attribute = { name, begin: end, end, quoted: false, given: false, value: '' }
  }

  onattribdata(begin: number, end: number): void {
    if (this.#attribute) this.#attribute.value += this.#source.slice(begin, end)
  }

  onattribentity(code: number): void {
    if (this.#attribute) this.#attribute.value += String.fromCodePoint(code)
  }

  onattribend(quote: QuoteType, end: number): void {
    if (this.#attribute && this.#element) {
      this.#element.attributes.push(placed(this.#covered, this.#attribute, quote, end))
    }
    this.#attribute = null
  }

  onclosetag(begin: number, end: number): void {
    this.closings.push({ name: this.#covered.slice(begin, end).trim().toLowerCase(), begin: begin - 2 })
  }

  ontext(begin: number, end: number): void {
    this.texts.push({ begin, text: this.#source.slice(begin, end) })
  }

  ontextentity(code: number, end: number): void {
    this.texts.push({ begin: end, text: String.fromCodePoint(code) })
  }

  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

/** The value's place is told by its quotes: a value that begins with an entity has no data event at its start. */
const placed = (covered: string, attribute: Attribute, quote: QuoteType, end: number): Attribute => {
  if (quote === QuoteType.NoValue) return attribute
  const quoted = quote === QuoteType.Double || quote === QuoteType.Single
  const closing = quoted && !/["']/.test(covered[end] ?? '') ? end - 1 : end
  const equals = covered.indexOf('=', attribute.end) + 1
  const blank = /^\s*/.exec(covered.slice(equals, closing))?.[0].length ?? 0
  return { ...attribute, begin: equals + blank + (quoted ? 1 : 0), end: closing, quoted, given: true }
}

/**
 * Every tag with its attributes and places, as a browser would read them. `covered` is parsed, `source` (equally long)
 * gives the texts, so that Liquid in attribute values comes out as its author wrote it.
 */
export const scanHtml = (source: string, covered: string = source): Scan => {
  const scanner = new Scanner(source, covered)
  const tokenizer = new Tokenizer({ decodeEntities: true }, scanner)
  tokenizer.write(covered)
  tokenizer.end()
  return scanner
}
