import { type Context, Drop, type Token, TypeGuards, type Value } from 'liquidjs'

/** Told instead of a value where the library has to answer. */
export const unknown = Symbol('unknown')

type Read = (context: Context) => unknown

/** What the library answers itself for any object (`size`) or part of one (`first`). */
const computed = new Set(['size', 'first', 'last'])

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null

const scopeOf = (context: Context, name: string): object => {
  const { scopes } = context as unknown as { readonly scopes: readonly object[] }
  for (let at = scopes.length - 1; at >= 0; at -= 1) {
    const scope = scopes[at]
    if (scope && name in scope) return scope
  }
  return name in context.environments ? context.environments : context.globals
}

const readOwn = (value: object, name: string): unknown => {
  if (value instanceof Drop || Array.isArray(value) || 'toLiquid' in value) return unknown
  const found = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined
  return typeof found === 'function' ? unknown : found
}

const readPath =
  (first: string, path: readonly string[]): Read =>
  (context) => {
    let value: unknown = scopeOf(context, first)
    for (const name of path) {
      if (value === null || value === undefined) return value
      if (typeof value !== 'object') return unknown
      value = readOwn(value, name)
      if (value === unknown) return unknown
    }
    return value
  }

const nameOf = (token: Token): string | null => {
  const content = 'content' in token ? token.content : undefined
  return typeof content === 'string' && !computed.has(content) ? content : null
}

const compileToken = (token: Token): Read | null => {
  if ('content' in token) {
    const { content } = token
    return isPlain(content) ? () => content : null
  }
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable) return null
  const path = token.props.map(nameOf)
  const [first] = path
  return first && path.every((name) => name !== null) ? readPath(first, path) : null
}

const isFalsy = (value: unknown): boolean => value === false || value === undefined || value === null

type Compare = (left: never, right: never) => boolean
const binary: Readonly<Record<string, Compare>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
  and: (left, right) => !isFalsy(left) && !isFalsy(right),
  or: (left, right) => !isFalsy(left) || !isFalsy(right),
}

/** Two values and what stands between them; longer expressions are the library's. */
const compileExpression = (tokens: readonly Token[]): Read | null => {
  const [first, second, third] = tokens
  const left = first && compileToken(first)
  if (!left) return null
  if (tokens.length === 1) return left
  const right = second && compileToken(second)
  if (tokens.length !== 3 || !right || !third || !TypeGuards.isOperatorToken(third)) return null
  const compare = binary[third.operator]
  if (!compare) return null
  return (context) => {
    const one = left(context)
    const other = right(context)
    // Lists and the library's own objects compare in ways of their own.
    return isPlain(one) && isPlain(other) && one !== unknown && other !== unknown
      ? compare(one as never, other as never)
      : unknown
  }
}

type FilterOf = Value['filters'][number]
type Handler = (this: unknown, value: unknown, ...args: readonly unknown[]) => unknown
type Step = (value: unknown, context: Context) => unknown

const compileFilter = (filter: FilterOf): Step | null => {
  const { token, liquid, args, handler } = filter as unknown as {
    token: object
    liquid: object
    args: readonly (Token | readonly unknown[])[]
    handler: Handler
  }
  const reads = args.map((argument) => (Array.isArray(argument) ? null : compileToken(argument as Token)))
  if (!reads.every((read) => read !== null)) return null
  if (reads.length === 0) return (value, context) => handler.call({ context, token, liquid }, value)
  return (value, context) => {
    const given = reads.map((read) => read(context))
    return given.includes(unknown) ? unknown : handler.apply({ context, token, liquid }, [value, ...given])
  }
}

/**
 * A value with its filters as a function, for what templates mostly do: show a member, give a default, compare two
 * values. Null, or the answer `unknown`, where the library has to be asked; the two never answer differently.
 */
export const compileValue = ({ initial, filters }: Value): Read | null => {
  const read = compileExpression(initial.postfix)
  const steps = filters.map(compileFilter)
  if (!read || !steps.every((step) => step !== null)) return null
  return (context) => {
    let value = read(context)
    for (const step of steps) {
      if (value === unknown) return unknown
      value = step(value, context)
    }
    return value
  }
}
