import { Card, SimpleGrid, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Import } from '../../../../src/contacts/import/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { Time } from '../../ui/figures.tsx'
import { useGroups } from '../groups/index.ts'

type Fact = { readonly id: string; readonly label: string; readonly value: ReactNode }

const useFacts = (run: Import): readonly Fact[] => {
  const { t } = useTexts()
  const { bytes } = useFormats()
  const groups = useGroups()
  const { settings } = run
  const names = [
    ...settings.group_ids.flatMap((id) => groups.find((group) => group.id === id)?.name ?? []),
    ...settings.new_groups,
  ]
  const basis = settings.legal_basis?.basis ?? 'unknown'
  return [
    { id: 'size', label: t('imports.size'), value: bytes(run.size) },
    { id: 'groups', label: t('imports.groups'), value: names.length === 0 ? '–' : names.join(', ') },
    { id: 'policy', label: t('imports.policy'), value: t(`imports.policy-${settings.rows}`) },
    { id: 'basis', label: t('imports.basis'), value: t(`imports.basis-${basis}`) },
    { id: 'by', label: t('imports.by'), value: run.created_by?.name ?? '–' },
    { id: 'created', label: t('imports.created'), value: <Time at={run.created_at} /> },
    { id: 'started', label: t('imports.started'), value: <Time at={run.started_at} /> },
    { id: 'finished', label: t('imports.finished'), value: <Time at={run.finished_at} /> },
  ]
}

/** With which choices the file was imported, by whom and when. */
export const ImportFacts = ({ run }: { readonly run: Import }) => {
  const { t } = useTexts()
  const facts = useFacts(run)
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('imports.facts')}>
      <Title order={2} mb="sm">
        {t('imports.facts')}
      </Title>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md" component="dl" m={0}>
        {facts.map(({ id, label, value }) => (
          <div key={id}>
            <Text component="dt" size="xs" c="dimmed" fw={550}>
              {label}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {value}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Card>
  )
}
