import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Operation } from '../../../../src/operations/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

const paths: Readonly<Record<string, string>> = { import: '/contacts/imports', group: '/contacts/groups' }

/** Where the thing lives that an operation works on; null where there is nothing to open. */
export const pathOf = ({ object }: Operation): string | null => {
  const base = object === null ? undefined : paths[object.type]
  return base === undefined || object?.id == null ? null : `${base}/${object.id}`
}

export const OperationObject = ({ operation }: { readonly operation: Operation }) => {
  const name = operation.object?.name ?? null
  const to = pathOf(operation)
  if (name === null) return '–'
  return to === null ? (
    name
  ) : (
    <Anchor component={Link} to={to} size="sm">
      {name}
    </Anchor>
  )
}

export const isOpen = ({ state }: Operation): boolean =>
  state === 'pending' || state === 'in_progress' || state === 'paused'

/** The figures of a result that have a name, in words. */
export const useResultWords = () => {
  const { find } = useTexts()
  return (operation: Operation): string =>
    Object.entries(operation.result)
      .flatMap(([name, value]) =>
        typeof value === 'number' && value > 0
          ? (find('operations', `result-${name}`, { count: value }) ?? [])
          : [],
      )
      .join(' · ')
}
