import { type Context, Liquid } from 'liquidjs'
import { filters } from './filters.ts'
import { shownName } from './reading.ts'
import { allotmentMax, renderMsMax, stateOf } from './state.ts'
import { tags } from './tags.ts'
import { escapeHtml, Markup, toText } from './values.ts'

/** `html`: every output is escaped. `text`: subjects, text parts, link targets. */
export type Mode = 'html' | 'text'

type EscapeCall = { readonly context: Context; readonly token: object }

const noteMissing = (call: EscapeCall, text: string): void => {
  const name = text === '' ? shownName(call.token) : undefined
  if (name !== undefined) stateOf(call.context).missing.add(name)
}

const lastStep = {
  html(this: EscapeCall, value: unknown): string {
    const text = value instanceof Markup ? value.html : toText(value)
    noteMissing(this, text)
    return value instanceof Markup ? text : escapeHtml(text)
  },
  text(this: EscapeCall, value: unknown): string {
    const text = toText(value)
    noteMissing(this, text)
    return text
  },
}

export const makeEngine = (mode: Mode): Liquid => {
  const liquid = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    jsTruthy: false,
    renderLimit: renderMsMax,
    memoryLimit: allotmentMax,
    parseLimit: 1_000_000,
    // Files are never read: the tags that would are not registered.
    templates: {},
    // The library calls it as a filter, with `this`, and types it without.
    outputEscape: lastStep[mode] as unknown as (value: unknown) => string,
  })
  for (const name of Object.keys(liquid.tags)) delete liquid.tags[name]
  for (const name of Object.keys(liquid.filters)) liquid.unregisterFilter(name)
  for (const [name, tag] of Object.entries(tags[mode])) liquid.registerTag(name, tag)
  for (const [name, filter] of Object.entries(filters)) liquid.registerFilter(name, filter)
  return liquid
}
