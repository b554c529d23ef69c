import { Code, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { BounceRule } from '../../../../src/inbound/rules/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { classWords, groupWords } from './class-words.ts'

/** Its conditions in one line. */
export const conditionsOf = ({
  code,
  pattern,
  receiver,
}: Pick<BounceRule, 'code' | 'pattern' | 'receiver'>) =>
  [code, pattern, receiver].filter((part) => part !== null).join(' · ')

const Conditions = ({ rule }: { readonly rule: BounceRule }) => (
  <Stack gap={2} align="flex-start">
    {rule.code === null ? null : <Code>{rule.code}</Code>}
    {rule.pattern === null ? null : (
      <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
        {rule.pattern}
      </Text>
    )}
    {rule.receiver === null ? null : (
      <Text span size="xs" c="dimmed">
        @{rule.receiver}
      </Text>
    )}
  </Stack>
)

export const ClassCell = ({ word }: { readonly word: string }) => {
  const texts = useTexts()
  return (
    <Stack gap={0} miw={180}>
      <Text span size="sm">
        {classWords(texts, word)}
      </Text>
      <Text span size="xs" c="dimmed">
        {groupWords(texts, word)}
      </Text>
    </Stack>
  )
}

export const useRuleColumns = (menu: (rule: BounceRule) => ReactNode): readonly Column<BounceRule>[] => {
  const { t } = useTexts()
  return [
    {
      id: 'conditions',
      header: t('bounces.answer'),
      fixed: true,
      cell: (rule) => <Conditions rule={rule} />,
    },
    { id: 'class', header: t('bounces.rule-class'), cell: (rule) => <ClassCell word={rule.class} /> },
    {
      id: 'enabled',
      header: t('bounces.state'),
      wide: true,
      cell: (rule) => (
        <StatusBadge
          state={rule.enabled ? 'active' : 'disabled'}
          label={t(rule.enabled ? 'bounces.rule-on' : 'bounces.rule-off')}
        />
      ),
    },
    { id: 'comment', header: t('bounces.rule-comment'), wide: true, cell: (rule) => rule.comment ?? '–' },
    { id: 'menu', header: '', fixed: true, align: 'end', cell: menu },
  ]
}
