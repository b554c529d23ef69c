import { Button, Stack, Text } from '@mantine/core'
import { IconPlus, IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { type BounceRule, listBounceRules } from '../../../../src/inbound/rules/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { BouncesFrame } from './bounces-frame.tsx'
import { ReclassifyDialog } from './reclassify-dialog.tsx'
import { useRuleColumns } from './rule-columns.tsx'
import { RuleDrawer } from './rule-drawer.tsx'
import { RuleMenu } from './rule-menu.tsx'
import { ShippedRules } from './shipped-rules.tsx'

export const RuleListPage = () => {
  const { t } = useTexts()
  const manages = useMay()('email.settings.manage')
  const pages = usePages(listBounceRules)
  const [edited, setEdited] = useState<BounceRule | 'new' | null>(null)
  const [judging, setJudging] = useState(false)
  const menu = (rule: BounceRule) =>
    manages ? <RuleMenu rule={rule} onEdit={() => setEdited(rule)} /> : null
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('bounces.rule-add')}
    </Button>
  )
  const action = manages ? (
    <>
      <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setJudging(true)}>
        {t('bounces.reclassify')}
      </Button>
      {add}
    </>
  ) : null
  return (
    <BouncesFrame action={action}>
      <Stack gap="md">
        <Text size="sm" c="dimmed" maw={720}>
          {t('bounces.rules-intro')}
        </Text>
        <DataTable
          id="bounce-rules"
          label={t('bounces.tab-rules')}
          columns={useRuleColumns(menu)}
          pages={pages}
          rowKey={(rule) => rule.id}
          empty={
            <EmptyState art={<Sheet />} title={t('bounces.rules-empty')} action={manages ? add : undefined}>
              {t('bounces.rules-empty-text')}
            </EmptyState>
          }
        />
        <ShippedRules />
      </Stack>
      <RuleDrawer edited={edited} onClose={() => setEdited(null)} />
      <ReclassifyDialog opened={judging} onClose={() => setJudging(false)} />
    </BouncesFrame>
  )
}
