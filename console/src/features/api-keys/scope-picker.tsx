import { Button, Group, Input, ScrollArea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { listApiKeyPresets } from '../../../../src/security/api-keys/contract.ts'
import { listPermissions } from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { PermissionTree } from '../roles/index.ts'

type Props = {
  readonly chosen: readonly string[]
  readonly onChange: (scopes: readonly string[]) => void
  readonly error: ReactNode
}

/** What a key may do: a bundle for a purpose first, single rights after; only what the maker holds can be ticked. */
export const ScopePicker = ({ chosen, onChange, error }: Props) => {
  const { t } = useTexts()
  const presets = useQuery(read(listApiKeyPresets))
  const words = useQuery(read(listPermissions))
  const failed = presets.error ?? words.error
  if (failed)
    return (
      <ErrorState error={failed} onRetry={() => void Promise.all([presets.refetch(), words.refetch()])} />
    )
  if (!presets.data || !words.data) return <RowsSkeleton rows={4} />
  const grantable = new Set(presets.data.grantable)
  return (
    <Input.Wrapper
      label={t('api-keys.scopes')}
      description={t('api-keys.scopes-hint')}
      error={error}
      labelElement="div"
    >
      <Group gap="xs" my="xs" role="group" aria-label={t('api-keys.presets')}>
        {presets.data.data.map((preset) => (
          <Button
            key={preset.key}
            size="compact-sm"
            variant="default"
            onClick={() => onChange([...new Set([...chosen, ...preset.scopes])])}
          >
            {t(`api-keys.preset-${preset.key}`)}
          </Button>
        ))}
        {chosen.length === 0 ? null : (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange([])}>
            {t('api-keys.clear')}
          </Button>
        )}
      </Group>
      <ScrollArea.Autosize mah={380} type="auto">
        <PermissionTree
          words={words.data.data.filter((word) => grantable.has(word.key))}
          chosen={new Set(chosen)}
          locked={false}
          onChange={(next) => onChange([...next])}
        />
      </ScrollArea.Autosize>
    </Input.Wrapper>
  )
}
