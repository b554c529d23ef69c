import { Card, Table, Text, Title } from '@mantine/core'
import type { SendingHealth } from '../../../../../src/providers/health/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { Time } from '../../../ui/figures.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { shapingText } from '../limiting.ts'

type Circuit = SendingHealth['circuits'][number]

const badges = { closed: 'active', open: 'failed', half_open: 'held' } as const

const State = ({ circuit }: { readonly circuit: Circuit }) => {
  const { t } = useTexts()
  if (!circuit.enabled) return <StatusBadge state="disabled" />
  return (
    <>
      <StatusBadge state={badges[circuit.circuit]} label={t(`health.circuit-${circuit.circuit}`)} />
      {circuit.probe_at === null ? null : (
        <Text size="xs" c="dimmed">
          {t('health.probe', { time: '' })}
          <Time at={circuit.probe_at} />
        </Text>
      )}
    </>
  )
}

/** Which providers can be reached, and what holds them back. */
export const ProviderTable = ({ health: { circuits } }: { readonly health: SendingHealth }) => {
  const texts = useTexts()
  const { t } = texts
  const formats = useFormats()
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('health.providers')}>
      <Title order={2} mb="sm">
        {t('health.providers')}
      </Title>
      <Table.ScrollContainer minWidth={520}>
        <Table aria-label={t('health.providers')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('health.provider')}</Table.Th>
              <Table.Th>{t('health.circuit')}</Table.Th>
              <Table.Th>{t('health.limiting')}</Table.Th>
              <Table.Th>{t('health.receipts')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {circuits.map((circuit) => (
              <Table.Tr key={circuit.provider_id}>
                <Table.Td>{circuit.name}</Table.Td>
                <Table.Td>
                  <State circuit={circuit} />
                </Table.Td>
                <Table.Td>
                  {circuit.limiting === null
                    ? '–'
                    : (shapingText(circuit.limiting, texts, formats) ?? circuit.limiting)}
                </Table.Td>
                <Table.Td>
                  {circuit.receipt_age_seconds === null
                    ? '–'
                    : formats.duration(circuit.receipt_age_seconds * 1_000)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  )
}
