import {
  type Context,
  type Emitter,
  type Liquid,
  type Parser,
  Tag,
  type TagToken,
  type TopLevelToken,
} from 'liquidjs'
import { makeEngine } from '../liquid/engine.ts'
import { joinPieces, PieceEmitter } from '../liquid/pieces.ts'
import { type MessageParts, stateOf } from '../liquid/state.ts'
import { escapeHtml } from '../liquid/values.ts'

/** Tags that compilation writes into the source. Authors cannot: their text is read by an engine that lacks them. */
const linkTag = 'campanile_link'
const partTag = 'campanile_part'
export type PartName = 'preheader' | 'footer' | 'pixel'

export const linkMark = (position: number): string => `{% ${linkTag} ${position} %}`
export const partMark = (name: PartName): string => `{% ${partTag} ${name} %}`

const partsOf = (context: Context): MessageParts => {
  const { message } = stateOf(context)
  if (!message) throw new Error('only a message has parts')
  return message
}

class LinkTag extends Tag {
  readonly #position: number

  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, _parser: Parser) {
    super(token, rest, liquid)
    this.#position = Number(token.args)
  }

  override render(context: Context, emitter: Emitter): void {
    emitter.write(escapeHtml(partsOf(context).linkTarget(this.#position, context)))
  }
}

class PartTag extends Tag {
  readonly #name: PartName

  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, _parser: Parser) {
    super(token, rest, liquid)
    this.#name = token.args.trim() as PartName
  }

  override render(context: Context, emitter: Emitter): void {
    const parts = partsOf(context)
    const pieces = this.#name === 'footer' ? parts.footer() : parts[this.#name]
    // Within `capture` the library collects text alone.
    if (emitter instanceof PieceEmitter) emitter.writePieces(pieces)
    else emitter.write(joinPieces(pieces))
  }
}

/** The engine of compiled HTML: the authors' one and the tags above. */
export const compiledEngine = makeEngine('html')
compiledEngine.registerTag(linkTag, LinkTag)
compiledEngine.registerTag(partTag, PartTag)
