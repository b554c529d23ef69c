import { outputMark } from '../liquid/spans.ts'
import type { Attribute, Element, Scan } from './scan.ts'

/** Elements that run, load or send something; no mail needs them and every mail program strips them. */
const elements: ReadonlySet<string> = new Set([
  'script',
  'iframe',
  'frame',
  'frameset',
  'object',
  'embed',
  'applet',
  'form',
  'base',
  'portal',
])

/** Attributes whose value is fetched or followed. */
const addresses: ReadonlySet<string> = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'background',
  'poster',
  'data',
  'xlink:href',
  'srcset',
])

const dangersMax = 50

/** A scheme as browsers read it: they drop white space and control characters first (WHATWG URL, "basic URL parser"). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is dropped.
const bare = (address: string): string => address.replace(/[\u0000-\u0020]/g, '').toLowerCase()

export const runsScript = (address: string): boolean =>
  /^(?:javascript|vbscript|livescript):/.test(bare(address))
const isDataPage = (address: string): boolean =>
  /^data:(?!image\/(?:png|gif|jpe?g|webp)[;,])/.test(bare(address))

const attributeDanger = (element: Element, { name, value }: Attribute): string | null => {
  if (name.includes(outputMark)) return `an attribute name made by the template on <${element.name}>`
  if (/^on/.test(name)) return `${name} on <${element.name}>`
  if (name === 'http-equiv' && element.name === 'meta' && bare(value) === 'refresh') return '<meta refresh>'
  if (name === 'srcdoc') return `srcdoc on <${element.name}>`
  if (addresses.has(name) && (runsScript(value) || isDataPage(value))) {
    return `${bare(value).split(':')[0]}: in ${name} of <${element.name}>`
  }
  return null
}

/**
 * What must not be sent, named for the author (email.md §6 `dangerous_html`). `covered` is the source in which Liquid is
 * covered: a tag name that a template would make up is refused, for nobody can tell what it becomes.
 */
export const findDangers = (scan: Scan, covered: string): string[] => {
  const found = new Set<string>()
  for (const element of scan.elements) {
    if (elements.has(element.name)) found.add(`<${element.name}>`)
    if (element.name.includes(outputMark)) {
      found.add('a tag name made by the template')
      continue
    }
    for (const attribute of element.attributes) {
      const danger = attributeDanger(element, attribute)
      if (danger) found.add(danger)
    }
  }
  if (new RegExp(`</?${outputMark}`).test(covered)) found.add('a tag name made by the template')
  return [...found].slice(0, dangersMax)
}
