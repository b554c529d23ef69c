import type { Catalogue, Language } from './catalogue.ts'

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en/index.ts')).catalogue,
  pl: async () => (await import('./pl/index.ts')).catalogue,
  de: async () => (await import('./de/index.ts')).catalogue,
}
export const loadCatalogue = (language: Language): Promise<Catalogue> => loaders[language]()
