import {
  type Context,
  Drop,
  IfTag,
  type Liquid,
  Output,
  type Template,
  TypeGuards,
  toValueSync,
  UnlessTag,
  type Value,
} from 'liquidjs'
import { compileValue, unknown } from './fast-value.ts'
import { Fixed, type PieceEmitter } from './pieces.ts'

type Step = (context: Context, emitter: PieceEmitter) => void
/** A template as a list of functions; it writes what the library would write. */
export type Program = readonly Step[]

export const run = (program: Program, context: Context, emitter: PieceEmitter): void => {
  for (const step of program) step(context, emitter)
}

const shownOf = (value: unknown): unknown => (value instanceof Drop ? value.valueOf() : value)
const isFalsy = (value: unknown): boolean => value === false || value === undefined || value === null

/** The node by the library itself. */
const libraryStep =
  (node: Template): Step =>
  (context, emitter) => {
    context.renderLimit.check(performance.now())
    const written = toValueSync(node.render(context, emitter) as Generator)
    if (written) emitter.write(written)
  }

const outputStep = (node: Output): Step => {
  const slow = libraryStep(node)
  const read = compileValue(node.value)
  if (!read) return slow
  // The last filter makes text of the value; one before it may take long.
  const isPlain = node.value.filters.length <= 1
  return (context, emitter) => {
    if (!isPlain) context.renderLimit.check(performance.now())
    const value = read(context)
    if (value === unknown) slow(context, emitter)
    else emitter.write(shownOf(value))
  }
}

const testOf = (value: Value): ((context: Context) => unknown) => {
  const fast = compileValue(value)
  const slow = (context: Context): unknown => toValueSync(value.value(context, context.opts.lenientIf))
  return (context) => {
    const found = fast ? fast(context) : unknown
    return shownOf(found === unknown ? slow(context) : found)
  }
}

const branchStep = (node: IfTag | UnlessTag): Step => {
  const branches = node.branches.map(({ value, templates }, index) => ({
    read: testOf(value),
    wanted: !(node instanceof UnlessTag && index === 0),
    program: compileProgram(templates),
  }))
  const otherwise = compileProgram(node.elseTemplates ?? [])
  return (context, emitter) => {
    for (const { read, wanted, program } of branches) {
      if (isFalsy(read(context)) !== wanted) return run(program, context, emitter)
    }
    run(otherwise, context, emitter)
  }
}

const fixedStep = (text: string): Step => {
  const fixed = new Fixed(text)
  return (_context, emitter) => emitter.writeFixed(fixed)
}

const compileNode = (node: Template): Step => {
  if (TypeGuards.isHTMLToken(node.token)) return fixedStep(node.token.getContent())
  if (node instanceof Output) return outputStep(node)
  if (node instanceof IfTag || node instanceof UnlessTag) return branchStep(node)
  return libraryStep(node)
}

export const compileProgram = (nodes: readonly Template[]): Program =>
  nodes.flatMap((node) =>
    TypeGuards.isHTMLToken(node.token) && node.token.getContent() === '' ? [] : [compileNode(node)],
  )

const programs = new WeakMap<readonly Template[], Program>()

/** Made at the first rendering: most templates that are read are only being checked. */
export const programOf = ({ nodes }: { readonly nodes: Template[]; readonly engine: Liquid }): Program => {
  const known = programs.get(nodes) ?? compileProgram(nodes)
  programs.set(nodes, known)
  return known
}
