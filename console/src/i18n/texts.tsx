import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { installDoors } from '../lib/call.ts'
import { type Formats, makeFormats } from '../lib/formats.ts'
import { type Catalogue, isLanguage, type Language, pickLanguage, regional } from './catalogue.ts'
import { loadCatalogue } from './load-catalogue.ts'
import { makeTexts, type Texts } from './message.ts'

type Tongue = Texts & {
  readonly formats: Formats
  readonly setLanguage: (language: Language) => void
  readonly zone: string
  readonly setZone: (zone: string) => void
}

const storageKey = 'campanile-language'
const Context = createContext<Tongue | null>(null)

/** What the browser remembers, else what it prefers; the profile overrides it after sign-in. */
export const firstLanguage = (): Language => {
  const stored = localStorage.getItem(storageKey)
  return isLanguage(stored) ? stored : pickLanguage(navigator.languages)
}

type Props = { readonly first: { language: Language; catalogue: Catalogue }; readonly children: ReactNode }

export const TextsProvider = ({ first, children }: Props) => {
  const [current, setCurrent] = useState(first)
  const [zone, setZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone)
  useEffect(() => {
    document.documentElement.lang = current.language
    localStorage.setItem(storageKey, current.language)
    installDoors({ language: () => current.language })
  }, [current.language])
  const tongue = useMemo<Tongue>(
    () => ({
      ...makeTexts(current.language, current.catalogue, zone),
      formats: makeFormats(regional(current.language, navigator.languages), zone),
      zone,
      setZone,
      setLanguage: (language) => {
        void loadCatalogue(language).then((catalogue) => setCurrent({ language, catalogue }))
      },
    }),
    [current, zone],
  )
  return <Context value={tongue}>{children}</Context>
}

export const useTongue = (): Tongue => {
  const tongue = useContext(Context)
  if (tongue === null) throw new Error('useTexts is used outside TextsProvider')
  return tongue
}
export const useTexts = (): Texts => useTongue()
export const useFormats = (): Formats => useTongue().formats
