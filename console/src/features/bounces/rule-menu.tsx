import { ActionIcon, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDots } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type BounceRule,
  changeBounceRule,
  deleteBounceRule,
  listBounceRules,
} from '../../../../src/inbound/rules/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { conditionsOf } from './rule-columns.tsx'

type Props = { readonly rule: BounceRule; readonly onEdit: () => void }

export const RuleMenu = ({ rule, onEdit }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [removing, setRemoving] = useState(false)
  const name = conditionsOf(rule)
  const params = { id: rule.id }
  const turn = async () => {
    await call(changeBounceRule, { params, body: { enabled: !rule.enabled }, ifMatch: rule.version })
    await refresh(client, listBounceRules)
  }
  const remove = async () => {
    await call(deleteBounceRule, { params, ifMatch: rule.version })
    await refresh(client, listBounceRules)
    notifications.show({ color: 'green', message: t('bounces.rule-removed') })
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('bounces.rule-menu', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={onEdit}>{t('bounces.rule-edit')}</Menu.Item>
          <Menu.Item onClick={() => void turn()}>
            {t(rule.enabled ? 'bounces.switch-off' : 'bounces.switch-on')}
          </Menu.Item>
          <Menu.Item color="red" onClick={() => setRemoving(true)}>
            {t('bounces.rule-remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t('bounces.rule-remove-title')}
        action={t('bounces.rule-remove')}
        onConfirm={remove}
      >
        {name}
      </ConfirmDialog>
    </>
  )
}
