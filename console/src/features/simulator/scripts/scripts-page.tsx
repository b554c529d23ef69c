import { Button, Group, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  deleteSimulatorScript,
  listSimulatorScripts,
  type SimulatorScript,
} from '../../../../../src/simulator/scripts/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh, usePages } from '../../../lib/queries.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { LetterBox } from '../../../ui/illustrations.tsx'
import { Page } from '../../../ui/page.tsx'
import { MagicAddresses } from './magic-addresses.tsx'
import { PresetMenu } from './preset-menu.tsx'
import { ruleName } from './rule-text.ts'
import { scriptColumns } from './script-columns.tsx'
import { ScriptDialog } from './script-dialog.tsx'
import { ScriptMenu } from './script-menu.tsx'
import { useCampaignNames } from './use-campaigns.ts'

type DeletionProps = { readonly script: SimulatorScript | null; readonly onClose: () => void }

const Deletion = ({ script, onClose }: DeletionProps) => {
  const texts = useTexts()
  const { t } = texts
  const client = useQueryClient()
  return (
    <ConfirmDialog
      opened={script !== null}
      onClose={onClose}
      title={t('scripts.delete-title')}
      action={t('ui.delete')}
      losses={script === null ? [] : [ruleName(texts, script)]}
      onConfirm={async () => {
        if (script === null) return
        await call(deleteSimulatorScript, { params: { id: script.id } })
        await refresh(client, listSimulatorScripts)
      }}
    >
      {t('scripts.delete-text')}
    </ConfirmDialog>
  )
}

const Rules = ({
  onAdd,
  onEdit,
}: {
  readonly onAdd: React.ReactNode
  readonly onEdit: (script: SimulatorScript) => void
}) => {
  const texts = useTexts()
  const { t } = texts
  const formats = useFormats()
  const campaigns = useCampaignNames()
  const pages = usePages(listSimulatorScripts)
  const [doomed, setDoomed] = useState<SimulatorScript | null>(null)
  const menu = (script: SimulatorScript) => (
    <ScriptMenu script={script} onEdit={() => onEdit(script)} onDelete={() => setDoomed(script)} />
  )
  return (
    <Stack gap="xs">
      <DataTable
        id="simulator-scripts"
        label={t('scripts.rules')}
        pages={pages}
        rowKey={(script) => script.id}
        columns={scriptColumns({ texts, formats, campaigns, menu })}
        empty={
          <EmptyState art={<LetterBox />} title={t('scripts.empty-title')} action={onAdd}>
            {t('scripts.empty-text')}
          </EmptyState>
        }
      />
      {pages.rows.length > 1 ? (
        <Text size="sm" c="dimmed" maw="72ch">
          {t('scripts.order')}
        </Text>
      ) : null}
      <Deletion script={doomed} onClose={() => setDoomed(null)} />
    </Stack>
  )
}

export const ScriptsPage = () => {
  const { t } = useTexts()
  const [edited, setEdited] = useState<SimulatorScript | 'new' | null>(null)
  const add = (
    <Group gap="xs">
      <PresetMenu />
      <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
        {t('scripts.add')}
      </Button>
    </Group>
  )
  return (
    <Page title={t('scripts.title')} purpose={t('scripts.purpose')} action={add}>
      <Stack gap="xl">
        <Rules onAdd={<PresetMenu />} onEdit={setEdited} />
        <MagicAddresses />
        <Text size="sm" c="dimmed">
          {t('scripts.guide')}
        </Text>
      </Stack>
      <ScriptDialog
        opened={edited !== null}
        script={edited === 'new' ? null : edited}
        onClose={() => setEdited(null)}
      />
    </Page>
  )
}
