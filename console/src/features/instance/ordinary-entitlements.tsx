import { Button, Code, Group, NumberInput, SimpleGrid, Stack, Switch, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import {
  changeAccountEntitlements,
  getAccountEntitlements,
  getSecurityEntitlements,
} from '../../../../src/operator/entitlements/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Section } from '../../ui/section.tsx'

type Granted = ReplyOf<typeof getAccountEntitlements>
type Row = Granted['data'][number]
type Value = Row['value']
type Props = { readonly accountId: string; readonly granted: Granted }

const useChange = ({ accountId, granted }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [changed, setChanged] = useState<Readonly<Record<string, Value>>>({})
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const save = async () => {
    setBusy(true)
    setError(null)
    try {
      const args = { params: { id: accountId }, body: { values: changed }, ifMatch: granted.version }
      await call(changeAccountEntitlements, args)
      setChanged({})
      notifications.show({ color: 'green', message: t('instance.saved') })
      await refresh(client, getAccountEntitlements, getSecurityEntitlements)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  const set = (key: string, value: Value) => setChanged((before) => ({ ...before, [key]: value }))
  return { changed, busy, error, save, set }
}

const Source = ({ row }: { readonly row: Row }) => {
  const { t } = useTexts()
  const used = row.used === null ? '' : ` · ${t('instance.used', { count: row.used })}`
  return (
    <>
      <Code>{row.key}</Code> {t(`instance.source-${row.source}`)}
      {used}
    </>
  )
}

/** Switches and limits by their own keys, so that what stands here is what the API and the refusals say. */
export const OrdinaryEntitlements = (props: Props) => {
  const { t, find } = useTexts()
  const locked = !useMay()('operator.entitlements.manage')
  const { changed, busy, error, save, set } = useChange(props)
  const rows = props.granted.data
  const present = (row: Row): Value => (row.key in changed ? (changed[row.key] ?? null) : row.value)
  const nameOf = (row: Row) => find('instance', `key-${row.key.replaceAll('.', '-')}`) ?? row.key
  const dirty = Object.keys(changed).length > 0
  return (
    <Section title={t('instance.ordinary')} text={t('instance.ordinary-text')}>
      <Stack gap="lg">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {rows
            .filter((row) => typeof row.value === 'boolean')
            .map((row) => (
              <Switch
                key={row.key}
                label={nameOf(row)}
                description={<Source row={row} />}
                checked={present(row) === true}
                disabled={locked}
                onChange={(event) => set(row.key, event.currentTarget.checked)}
              />
            ))}
        </SimpleGrid>
        <Text fw={550} size="sm">
          {t('instance.limits')}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {rows
            .filter((row) => typeof row.value !== 'boolean')
            .map((row) => (
              <NumberInput
                key={row.key}
                label={nameOf(row)}
                description={<Source row={row} />}
                placeholder={t('instance.unlimited')}
                min={0}
                allowDecimal={false}
                readOnly={locked}
                value={(present(row) as number | null) ?? ''}
                onChange={(value) => set(row.key, typeof value === 'number' ? value : null)}
              />
            ))}
        </SimpleGrid>
        {error === null ? null : <ErrorState error={error} />}
        {locked ? null : (
          <Group justify="flex-end">
            <Button onClick={() => void save()} loading={busy} disabled={!dirty}>
              {t('ui.save')}
            </Button>
          </Group>
        )}
      </Stack>
      <LeaveGuard when={dirty && !busy} />
    </Section>
  )
}
