import { useQueries } from '@tanstack/react-query'
import type { TextKey } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay } from '../../lib/session.ts'
import type { SearchHit, SearchSource } from '../feature.ts'
import type { MenuSection } from '../menu.ts'
import { searchSources } from '../search-sources.ts'
import { useVisibleMenu } from './visible-menu.ts'

export type HitGroup = { readonly heading: TextKey; readonly hits: readonly SearchHit[] }

const hitsMax = 6

/** Without accents and case: "uz" finds "Użytkownicy". */
export const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'l').toLowerCase()

const usePageHits = (query: string): readonly SearchHit[] => {
  const { t } = useTexts()
  const sections = useVisibleMenu()
  const toHits = (section: MenuSection): SearchHit[] => [
    ...(section.to === undefined ? [] : [{ id: section.to, title: t(section.label), to: section.to }]),
    ...section.entries.map((entry) => ({
      id: entry.to,
      title: t(entry.label),
      note: t(section.label),
      to: entry.to,
    })),
  ]
  const pages = [...sections.flatMap(toHits), { id: '/profile', title: t('frame.profile'), to: '/profile' }]
  return pages.filter((hit) => fold(`${hit.title} ${hit.note ?? ''}`).includes(fold(query)))
}

/** Pages at once, everything else as its source answers. */
export const useHits = (query: string): readonly HitGroup[] => {
  const may = useMay()
  const pages = usePageHits(query)
  const sources = searchSources().filter((source) => may(source.permission))
  const found = useQueries({
    queries: sources.map((source: SearchSource) => ({
      queryKey: ['search', source.id, query],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.find(query, signal),
      enabled: query.length > 1,
      staleTime: 10_000,
    })),
  })
  const groups = sources.map(({ heading }, place) => ({
    heading,
    hits: (found[place]?.data ?? []).slice(0, hitsMax),
  }))
  return [
    { heading: 'frame.search-pages' as const, hits: query === '' ? pages : pages.slice(0, hitsMax) },
    ...groups,
  ].filter(({ hits }) => hits.length > 0)
}
