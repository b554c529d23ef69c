import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IpEntry, IpPolicy } from '../../../../../src/security/network/contract.ts'
import { listUsers } from '../../../../../src/security/users/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { type Pages, read } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { LockedBell } from '../../../ui/illustrations.tsx'
import { entryColumns } from './entry-columns.tsx'
import { DeleteEntry, EditEntry } from './entry-dialogs.tsx'

type Props = {
  readonly pages: Pages<IpEntry>
  readonly policy: IpPolicy
  readonly editable: boolean
}

const useNames = (): ((userId: string) => string) => {
  const { t } = useTexts()
  const may = useMay()('account.users.view')
  const { data } = useQuery({ ...read(listUsers, { query: { limit: 1000 } }), enabled: may })
  const names = new Map((data?.data ?? []).map((user) => [user.id, `${user.first_name} ${user.last_name}`]))
  return (userId) => names.get(userId) ?? t('networks.one-user')
}

export const EntryTable = ({ pages, policy, editable }: Props) => {
  const texts = useTexts()
  const { t } = texts
  const formats = useFormats()
  const who = useNames()
  const [edited, setEdited] = useState<IpEntry | null>(null)
  const [doomed, setDoomed] = useState<IpEntry | null>(null)
  const acts = editable ? { onEdit: setEdited, onDelete: setDoomed } : null
  return (
    <>
      <DataTable
        id="ip-entries"
        label={t('networks.list')}
        pages={pages}
        rowKey={(entry) => entry.id}
        columns={entryColumns(texts, formats, who, acts)}
        empty={
          <EmptyState art={<LockedBell />} title={t('networks.empty-title')}>
            {t('networks.empty-text')}
          </EmptyState>
        }
      />
      {edited === null ? null : (
        <EditEntry key={edited.id} entry={edited} policy={policy} onClose={() => setEdited(null)} />
      )}
      {doomed === null ? null : (
        <DeleteEntry
          key={doomed.id}
          entry={doomed}
          entries={pages.rows}
          policy={policy}
          onClose={() => setDoomed(null)}
        />
      )}
    </>
  )
}
