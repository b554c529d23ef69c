import { Context, type Liquid, LiquidError, type Template, toValueSync } from 'liquidjs'
import { type Mode, makeEngine } from './engine.ts'
import { joinPieces, type Piece, PieceEmitter } from './pieces.ts'
import { programOf, run } from './program.ts'
import { readNodes, readVariables } from './reading.ts'
import { placesMax, putState, type RenderState } from './state.ts'

/** Where a template is wrong and why; counted from 1. */
export type Fault = { readonly line: number; readonly column: number; readonly reason: string }
export type ParsedTemplate = {
  readonly engine: Liquid
  readonly nodes: Template[]
  /** Variables shown without a default. */
  readonly shown: readonly string[]
  /** All variables named, as `contact.first_name`. */
  readonly variables: readonly string[]
}
export type Parsed = { readonly template: ParsedTemplate } | { readonly fault: Fault }
export type Rendered = { readonly output: string } | { readonly fault: Fault }

const engines = { html: makeEngine('html'), text: makeEngine('text') }
const reasonCharsMax = 300

const faultOf = (error: unknown): Fault => {
  const reason = (error instanceof Error ? error.message : 'cannot be read').split('\n')[0] ?? ''
  if (!LiquidError.is(error)) {
    const deep = error instanceof RangeError ? 'is nested too deeply or grows too large' : reason
    return { line: 1, column: 1, reason: deep }
  }
  const [line = 1, column = 1] = error.token.getPosition()
  return { line, column, reason: reason.replace(/, line:\d+, col:\d+$/, '').slice(0, reasonCharsMax) }
}

const countPlaces = (source: string): number => source.split(/\{[{%]/).length - 1

/** Reads a template once; rendering it is then cheap. A fault is a value: authors make them all day. */
export const parseTemplate = (source: string, mode: Mode, engine: Liquid = engines[mode]): Parsed => {
  // What compilation added to an author's source is not counted against him.
  if (engine === engines[mode] && countPlaces(source) > placesMax) {
    return { fault: { line: 1, column: 1, reason: 'more than 10,000 outputs and tags' } }
  }
  try {
    const nodes = engine.parse(source)
    return { template: { engine, nodes, shown: readNodes(nodes), variables: readVariables(nodes) } }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

/** Renders inside a running render: same variables, same clock, same limits, an output of its own. */
export const renderWithin = (template: ParsedTemplate, context: Context): string => {
  const emitter = new PieceEmitter()
  run(programOf(template), context, emitter)
  return joinPieces(emitter.end())
}

const contextOf = ({ engine }: ParsedTemplate, data: object, state: RenderState): Context => {
  const context = new Context(data, engine.options, { sync: true }, { liquid: engine })
  putState(context, state)
  return context
}

/** As the library reads it, which knows where a fault stands. */
const renderSlowly = (template: ParsedTemplate, data: object, state: RenderState): Piece[] => {
  const emitter = new PieceEmitter()
  const context = contextOf(template, data, state)
  toValueSync(template.engine.renderer.renderTemplates(template.nodes, context, emitter))
  return emitter.end()
}

/** A machine that was busy elsewhere must not cost a person the message: the clock's limit is tried again. */
const attemptsMax = 3
const timeLimit = 'template render limit exceeded'

const renderFast = (template: ParsedTemplate, data: object, state: RenderState): Piece[] => {
  try {
    const emitter = new PieceEmitter()
    run(programOf(template), contextOf(template, data, state), emitter)
    return emitter.end()
  } catch (error) {
    if (faultOf(error).reason === timeLimit) throw error
    return renderSlowly(template, data, state)
  }
}

/** What is filled in and what stands in the template, in their order; `pieces` of all renderings share the latter. */
export const renderPieces = (
  template: ParsedTemplate,
  data: object,
  state: RenderState,
): { readonly pieces: readonly Piece[] } | { readonly fault: Fault } => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const render = attempt < attemptsMax ? renderFast : renderSlowly
      return { pieces: render(template, data, state) }
    } catch (error) {
      const fault = faultOf(error)
      if (fault.reason !== timeLimit) return { fault }
      if (attempt === attemptsMax) return { fault: { ...fault, reason: 'rendering takes more than 100 ms' } }
    }
  }
}

export const renderTemplate = (template: ParsedTemplate, data: object, state: RenderState): Rendered => {
  const rendered = renderPieces(template, data, state)
  return 'fault' in rendered ? rendered : { output: joinPieces(rendered.pieces) }
}
