import { Card, Table, Text, Title } from '@mantine/core'
import type { SendingHealth } from '../../../../../src/providers/health/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { Time } from '../../../ui/figures.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'

/** Every process that has reported, with its last sign of life. */
export const NodeTable = ({ health: { nodes } }: { readonly health: SendingHealth }) => {
  const { t } = useTexts()
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('health.nodes')}>
      <Title order={2} mb="sm">
        {t('health.nodes')}
      </Title>
      {nodes.length === 0 ? (
        <Text c="dimmed">{t('health.nodes-none')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={520}>
          <Table aria-label={t('health.nodes')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('health.node')}</Table.Th>
                <Table.Th>{t('delivery.state')}</Table.Th>
                <Table.Th>{t('health.node-roles')}</Table.Th>
                <Table.Th>{t('health.node-seen')}</Table.Th>
                <Table.Th>{t('health.node-started')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {nodes.map((node) => (
                <Table.Tr key={node.id}>
                  <Table.Td>
                    {node.host} · <span className="tabular">{node.process_id}</span>
                  </Table.Td>
                  <Table.Td>
                    <StatusBadge
                      state={node.alive ? 'active' : 'failed'}
                      label={t(node.alive ? 'health.node-alive' : 'health.node-gone')}
                    />
                  </Table.Td>
                  <Table.Td>{node.roles.join(', ')}</Table.Td>
                  <Table.Td>
                    <Time at={node.seen_at} />
                  </Table.Td>
                  <Table.Td>
                    <Time at={node.started_at} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  )
}
