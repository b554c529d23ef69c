import { type Arguments, Output, ParseError, type Template, TypeGuards, toValueSync, Value } from 'liquidjs'

/** What an output shows, by the token of its last step; unset where the author gave a default. */
const shownNames = new WeakMap<object, string>()
export const shownName = (lastStep: object): string | undefined => shownNames.get(lastStep)

const childrenOf = (template: Template): readonly Template[] =>
  template.children ? (toValueSync(template.children(false, true)) as Template[]) : []

const innerText = (output: Output): string => output.token.getText().replace(/^\{\{-?|-?\}\}$/g, '')

const noteName = (output: Output): string[] => {
  const last = output.value.filters.at(-1) as unknown as { readonly token: object } | undefined
  if (!last || output.value.filters.some((filter) => filter.name === 'default')) return []
  const name = innerText(output).split('|')[0]?.trim().slice(0, 100) ?? ''
  shownNames.set(last.token, name)
  return [name]
}

/** One value, joined by operators that each have both sides; the library lets `first name` and `a ==` pass. */
const isWellFormed = (value: Value): boolean => {
  let depth = 0
  for (const token of value.initial.postfix) {
    if (!TypeGuards.isOperatorToken(token)) depth += 1
    else if (token.operator !== 'not') depth -= 1
    if (depth < 1) return false
  }
  return depth === 1
}

const check = (template: Template): void => {
  const values = [...(template.arguments?.() ?? [])].filter((argument) => argument instanceof Value)
  if (!values.every(isWellFormed)) {
    throw new ParseError(new Error('an operator or a value is missing in the expression'), template.token)
  }
  if (template instanceof Output && innerText(template).trimEnd().endsWith('|')) {
    throw new ParseError(new Error('a filter is missing after "|"'), template.token)
  }
}

/**
 * Checks what the library reads too kindly and notes the name that each output without a default shows, so that a
 * missing value can be told by name. Answers those names.
 */
export const readNodes = (templates: readonly Template[]): string[] =>
  templates.flatMap((template) => {
    check(template)
    const own = template instanceof Output ? noteName(template) : []
    return [...own, ...readNodes(childrenOf(template))]
  })

const walk = function* (templates: readonly Template[]): Generator<Template> {
  for (const template of templates) {
    yield template
    yield* walk(childrenOf(template))
  }
}

type Argument = Arguments extends Iterable<infer One> ? One : never

const namesIn = (argument: Argument): string[] => {
  const tokens = argument instanceof Value ? argument.initial.postfix : [argument]
  return tokens.filter(TypeGuards.isPropertyAccessToken).map((token) => token.getText())
}

/** Variables from outside: what a template sets itself is left out. */
export const readVariables = (templates: readonly Template[]): string[] => {
  const own = new Set<string>()
  const named = new Set<string>()
  for (const template of walk(templates)) {
    for (const name of template.blockScope?.() ?? []) own.add(name)
    for (const token of template.localScope?.() ?? []) own.add(token.content)
    for (const name of [...(template.arguments?.() ?? [])].flatMap(namesIn)) named.add(name)
  }
  return [...named].filter((name) => !own.has(/^[^.[]*/.exec(name)?.[0] ?? ''))
}
