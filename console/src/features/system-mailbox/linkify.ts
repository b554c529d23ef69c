import { pathOf } from './kept.ts'

export type Part = { readonly text: string; readonly href: string | null }

const address = /(https?:\/\/[^\s]+)/

/** Addresses in a text become links, as phones do it. */
export const parts = (text: string): readonly Part[] =>
  text
    .split(address)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, href: address.test(part) && URL.canParse(part) ? pathOf(part) : null }))
