import { Accordion, Badge, Group, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import { listPermissions } from '../../../../src/security/roles/contract.ts'
import { getEffectivePermissions, type User } from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Section } from '../../ui/section.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'

type Right = ReplyOf<typeof getEffectivePermissions>['data'][number]
type Word = ReplyOf<typeof listPermissions>['data'][number]

const Origin = ({ right }: { readonly right: Right }) => {
  const { t } = useTexts()
  return (
    <Group gap={6}>
      {right.sources.map((source) => (
        <Badge key={source.id ?? 'direct'} variant="light" color="gray" tt="none" radius="sm">
          {source.name === null ? t('users.from-direct') : t('users.from-role', { name: source.name })}
        </Badge>
      ))}
      {right.denied ? (
        <Badge variant="light" color="red" tt="none" radius="sm">
          {t('users.is-denied')}
        </Badge>
      ) : null}
    </Group>
  )
}

type AreaProps = { readonly area: string; readonly rights: readonly { right: Right; word: Word }[] }

const Area = ({ area, rights }: AreaProps) => {
  const { t } = useTexts()
  const held = rights.filter(({ right }) => !right.denied).length
  return (
    <Accordion.Item value={area}>
      <Accordion.Control>
        <Group justify="space-between" pr="md">
          <Text fw={550}>{area}</Text>
          <Text size="sm" c="dimmed">
            {t('users.effective-count', { count: held })}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Table verticalSpacing={6}>
          <Table.Tbody>
            {rights.map(({ right, word }) => (
              <Table.Tr key={right.key}>
                <Table.Td td={right.denied ? 'line-through' : undefined}>
                  {word.node_label}: {word.leaf_label}
                </Table.Td>
                <Table.Td>
                  <Origin right={right} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Accordion.Panel>
    </Accordion.Item>
  )
}

/** Every right with where it comes from, area by area. */
export const EffectiveRights = ({ user }: { readonly user: User }) => {
  const { t } = useTexts()
  const words = useQuery(read(listPermissions))
  const rights = useQuery(read(getEffectivePermissions, { params: { id: user.id } }))
  const error = words.error ?? rights.error
  const wordOf = new Map((words.data?.data ?? []).map((word) => [word.key, word]))
  const areas = new Map<string, { right: Right; word: Word }[]>()
  for (const right of rights.data?.data ?? []) {
    const word = wordOf.get(right.key)
    if (word) areas.set(word.area_label, [...(areas.get(word.area_label) ?? []), { right, word }])
  }
  return (
    <Section title={t('users.effective')} text={t('users.effective-text')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void rights.refetch()} />}
      {rights.data === undefined && error === null ? <RowsSkeleton rows={4} /> : null}
      <Accordion multiple variant="contained">
        {[...areas].map(([area, list]) => (
          <Area key={area} area={area} rights={list} />
        ))}
      </Accordion>
    </Section>
  )
}
