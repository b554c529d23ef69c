import type { Transform } from './contract.ts'

/** "Anna Maria Kowalska": the last word is the last name, what stands before it the first. */
const splitName = (text: string, field: string): string => {
  const words = text.trim().split(/\s+/)
  if (field === 'last_name') return words.length > 1 ? (words.at(-1) ?? '') : ''
  return words.length > 1 ? words.slice(0, -1).join(' ') : text.trim()
}

const applyOne = (text: string, transform: Transform, field: string): string => {
  switch (transform) {
    case 'trim':
      return text.trim()
    case 'upper':
      return text.toUpperCase()
    case 'lower':
      return text.toLowerCase()
    case 'split_name':
      return splitName(text, field)
    default:
      return transform.replace[0] === undefined || transform.replace[0] === ''
        ? text
        : text.replaceAll(transform.replace[0], () => transform.replace[1] ?? '')
  }
}

export const applyTransforms = (text: string, transforms: readonly Transform[], field: string): string =>
  transforms.reduce((value, transform) => applyOne(value, transform, field), text)
