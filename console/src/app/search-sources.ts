import type { SearchSource } from './feature.ts'

let sources: readonly SearchSource[] = []

/** Filled by the entry of the program; read by the palette, which the features' own pages must not import. */
export const installSearchSources = (given: readonly SearchSource[]): void => {
  sources = given
}
export const searchSources = (): readonly SearchSource[] => sources
