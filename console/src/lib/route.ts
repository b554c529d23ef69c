import { useLocation, useNavigate, useParams } from '@tanstack/react-router'

/** A parameter of the address: `/contacts/$id` → `useParam('id')`. */
export const useParam = (name: string): string => {
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false })
  return params[name] ?? ''
}

type Search = Readonly<Record<string, string | undefined>>

/**
 * Filters that live in the address, so that a link reproduces the view:
 * `const [filters, setFilters] = useFilters('q', 'group')`; an empty value removes the filter.
 */
export const useFilters = <Name extends string>(
  ...names: readonly Name[]
): [Readonly<Partial<Record<Name, string>>>, (change: Partial<Record<Name, string | undefined>>) => void] => {
  const location = useLocation()
  const navigate = useNavigate()
  const search = location.search as Search
  const filters: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = search[name]
    if (value !== undefined && value !== '') filters[name] = value
  }
  const change = (values: Partial<Record<Name, string | undefined>>) => {
    void navigate({ to: location.pathname, search: { ...search, ...values } as never, replace: true })
  }
  return [filters, change]
}
