import { Card, Code, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listShippedBounceRules } from '../../../../src/inbound/rules/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { ClassCell } from './rule-columns.tsx'

/** For whoever wonders why an answer was judged as it was. */
export const ShippedRules = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(listShippedBounceRules))
  const rules = data?.data ?? []
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('bounces.shipped')}>
      <Stack gap="xs">
        <Title order={2}>{t('bounces.shipped')}</Title>
        {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null ? <RowsSkeleton rows={4} /> : null}
        {data === undefined ? null : (
          <>
            <Text size="sm" c="dimmed">
              {t('bounces.shipped-hint', { count: rules.length })}
            </Text>
            <Table.ScrollContainer minWidth={320} mah={420}>
              <Table aria-label={t('bounces.shipped')} verticalSpacing={6}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('bounces.rule-code')}</Table.Th>
                    <Table.Th>{t('bounces.rule-pattern')}</Table.Th>
                    <Table.Th>{t('bounces.rule-class')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rules.map((rule) => (
                    <Table.Tr key={rule.id}>
                      <Table.Td>{rule.code === null ? '–' : <Code>{rule.code}</Code>}</Table.Td>
                      <Table.Td>
                        <Text size="xs" c="dimmed" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                          {rule.pattern ?? '–'}
                        </Text>
                      </Table.Td>
                      <Table.Td>
                        <ClassCell word={rule.class} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </>
        )}
      </Stack>
    </Card>
  )
}
