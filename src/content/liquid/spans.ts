import { type TagToken, type Token, Tokenizer, TypeGuards } from 'liquidjs'

/** A stretch of the source: one output, one tag, or text. */
export type Span = { readonly kind: 'output' | 'tag'; readonly begin: number; readonly end: number }
export type Spans = {
  readonly spans: readonly Span[]
  /** Stretches between `raw` and `endraw`: what stands there is printed as it is. */
  readonly raw: readonly { readonly begin: number; readonly end: number }[]
}

const kindOf = (token: Token): Span['kind'] | null => {
  if (TypeGuards.isOutputToken(token)) return 'output'
  return TypeGuards.isTagToken(token) ? 'tag' : null
}

/** Where Liquid stands in a source that parses. */
export const findSpans = (source: string): Spans => {
  const spans: Span[] = []
  const raw: { begin: number; end: number }[] = []
  let rawBegin: number | null = null
  for (const token of new Tokenizer(source).readTopLevelTokens()) {
    const kind = kindOf(token)
    if (!kind) continue
    spans.push({ kind, begin: token.begin, end: token.end })
    const name = kind === 'tag' ? (token as TagToken).name : ''
    if (name === 'raw') rawBegin = token.begin
    if (name === 'endraw' && rawBegin !== null) {
      raw.push({ begin: rawBegin, end: token.end })
      rawBegin = null
    }
  }
  return { spans, raw }
}

/** A sign no author types (private use area): stands for what an output will show. */
export const outputMark = '\uE000'

/**
 * The source with Liquid covered sign by sign, so that an HTML parser sees neither quotes nor angle brackets of it and
 * every position stays what it was. A tag becomes white space, an output a word.
 */
export const coverSpans = (source: string, { spans }: Spans): string => {
  let covered = ''
  let at = 0
  for (const span of spans) {
    const sign = span.kind === 'output' ? outputMark : ' '
    covered += source.slice(at, span.begin).replaceAll(outputMark, ' ') + sign.repeat(span.end - span.begin)
    at = span.end
  }
  return covered + source.slice(at).replaceAll(outputMark, ' ')
}
