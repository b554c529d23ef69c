import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type AuditRecord, listAuditLog, listOwnActivity } from '../../../../src/audit/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { type Pages, usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Sheet } from '../../ui/illustrations.tsx'
import { useLogColumns } from './log-columns.tsx'
import { RecordDrawer } from './record-drawer.tsx'

type Props = { readonly id: string; readonly text: string; readonly pages: Pages<AuditRecord> }

const Rows = ({ id, text, pages }: Props) => {
  const { t } = useTexts()
  const [shown, setShown] = useState<AuditRecord | null>(null)
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" maw="72ch">
        {text}
      </Text>
      <DataTable
        id={id}
        label={t('audit.activity')}
        columns={useLogColumns().filter((column) => column.id !== 'actor')}
        pages={pages}
        rowKey={(record) => String(record.seq)}
        onOpen={setShown}
        empty={<EmptyState art={<Sheet />} title={t('audit.activity-empty')} />}
      />
      <RecordDrawer record={shown} onClose={() => setShown(null)} />
    </Stack>
  )
}

const OfUser = ({ userId }: { readonly userId: string }) => {
  const { t } = useTexts()
  const pages = usePages(listAuditLog, { query: { user_id: userId, limit: 50 } })
  return (
    <Stack gap="sm">
      <Rows id="user-activity" text={t('audit.activity-text')} pages={pages} />
      <Anchor component={Link} to="/account/application-log" search={{ user: userId } as never} size="sm">
        {t('audit.whole-log')}
      </Anchor>
    </Stack>
  )
}

/** The rows of one user, for Users › user › Activity; nothing for those who may not see the log. */
export const UserActivity = ({ userId }: { readonly userId: string }) => {
  const may = useMay()
  const { t } = useTexts()
  if (!may('account.audit_log.view'))
    return (
      <Text size="sm" c="dimmed">
        {t('audit.activity-hidden')}
      </Text>
    )
  return <OfUser userId={userId} />
}

export const OwnActivity = () => {
  const { t } = useTexts()
  const pages = usePages(listOwnActivity, { query: { limit: 50 } })
  return <Rows id="own-activity" text={t('audit.own-activity-text')} pages={pages} />
}
