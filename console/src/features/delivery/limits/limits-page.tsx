import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core'
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  deleteShapingRule,
  listShapingRules,
  type ShapingRule,
} from '../../../../../src/providers/shaping/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { useLive } from '../../../lib/events.ts'
import { refresh, usePages } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Sheet } from '../../../ui/illustrations.tsx'
import { Page } from '../../../ui/page.tsx'
import { ShapingTabs } from '../shaping-tabs.tsx'
import { LimitDialog } from './limit-form.tsx'

const Limit = ({ value }: { readonly value: number | null }) => {
  const { t } = useTexts()
  const formats = useFormats()
  return value === null ? (
    <Text span size="sm" c="dimmed">
      {t('delivery.unlimited')}
    </Text>
  ) : (
    <span className="tabular">{formats.number(value)}</span>
  )
}

const nameOf = ({ t }: Texts, { site }: ShapingRule): string =>
  site === '*' ? t('delivery.limits-rest') : site

type MenuProps = { readonly rule: ShapingRule; readonly onEdit: () => void; readonly onDelete: () => void }

const RuleMenu = ({ rule, onEdit, onDelete }: MenuProps) => {
  const texts = useTexts()
  const { t } = texts
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('delivery.limits-actions', { site: nameOf(texts, rule) })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
          {t('ui.edit')}
        </Menu.Item>
        {/* The rule for all others stays: without it nobody would know what holds for them. */}
        {rule.site === '*' ? null : (
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={onDelete}>
            {t('ui.delete')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

const columnsOf = (
  texts: Texts,
  menu: ((rule: ShapingRule) => React.ReactNode) | null,
): readonly Column<ShapingRule>[] => [
  {
    id: 'site',
    header: texts.t('delivery.receiver'),
    fixed: true,
    cell: (rule) => (
      <Group gap="xs">
        <Text span fw={550} style={{ overflowWrap: 'anywhere' }}>
          {nameOf(texts, rule)}
        </Text>
        {rule.shipped ? (
          <Badge variant="light" color="gray" tt="none" radius="sm">
            {texts.t('delivery.limits-shipped')}
          </Badge>
        ) : null}
      </Group>
    ),
  },
  {
    id: 'connections',
    header: texts.t('delivery.connections'),
    align: 'end',
    wide: true,
    cell: (rule) => <Limit value={rule.connections} />,
  },
  {
    id: 'messages-per-connection',
    header: texts.t('delivery.messages-per-connection'),
    align: 'end',
    wide: true,
    cell: (rule) => <Limit value={rule.messages_per_connection} />,
  },
  {
    id: 'per-minute',
    header: texts.t('delivery.per-minute'),
    align: 'end',
    wide: true,
    cell: (rule) => <Limit value={rule.per_minute} />,
  },
  {
    id: 'per-hour',
    header: texts.t('delivery.per-hour'),
    align: 'end',
    cell: (rule) => <Limit value={rule.per_hour} />,
  },
  ...(menu === null
    ? []
    : [
        {
          id: 'menu',
          header: texts.t('ui.actions'),
          fixed: true,
          align: 'end',
          cell: menu,
        } as const satisfies Column<ShapingRule>,
      ]),
]

type DeletionProps = { readonly rule: ShapingRule | null; readonly onClose: () => void }

const Deletion = ({ rule, onClose }: DeletionProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  return (
    <ConfirmDialog
      opened={rule !== null}
      onClose={onClose}
      title={t('delivery.limits-delete-title', { site: rule?.site ?? '' })}
      action={t('ui.delete')}
      onConfirm={async () => {
        if (rule === null) return
        await call(deleteShapingRule, { params: { id: rule.id }, ifMatch: rule.version })
        await refresh(client, listShapingRules)
      }}
    >
      {t('delivery.limits-delete-text')}
    </ConfirmDialog>
  )
}

/** Limits by receiver; the rule for all others stands first. */
export const LimitsPage = () => {
  const texts = useTexts()
  const { t } = texts
  const manages = useMay()('email.settings.manage')
  useLive('provider', listShapingRules)
  const pages = usePages(listShapingRules, { query: { limit: 1000 } })
  const rows = pages.rows.toSorted(
    (a, b) => Number(b.site === '*') - Number(a.site === '*') || (a.site < b.site ? -1 : 1),
  )
  const [edited, setEdited] = useState<ShapingRule | 'new' | null>(null)
  const [doomed, setDoomed] = useState<ShapingRule | null>(null)
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('delivery.limits-add')}
    </Button>
  ) : null
  const menu = (rule: ShapingRule) => (
    <RuleMenu rule={rule} onEdit={() => setEdited(rule)} onDelete={() => setDoomed(rule)} />
  )
  return (
    <Page title={t('delivery.limits-title')} purpose={t('delivery.limits-purpose')} action={add}>
      <ShapingTabs />
      <DataTable
        id="shaping"
        label={t('delivery.limits-title')}
        pages={{ ...pages, rows }}
        rowKey={(rule) => rule.id}
        columns={columnsOf(texts, manages ? menu : null)}
        empty={<EmptyState art={<Sheet />} title={t('delivery.limits-title')} action={add} />}
      />
      <LimitDialog
        opened={edited !== null}
        rule={edited === 'new' ? null : edited}
        onClose={() => setEdited(null)}
      />
      <Deletion rule={doomed} onClose={() => setDoomed(null)} />
    </Page>
  )
}
