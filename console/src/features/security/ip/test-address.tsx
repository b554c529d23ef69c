import { Alert, Button, Group, List, Stack, Text, TextInput, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ReplyOf } from '../../../../../src/http/contract.ts'
import { testIpAddress } from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { ErrorState } from '../../../ui/error-state.tsx'

type Judged = ReplyOf<typeof testIpAddress>

const Verdict = ({ judged }: { readonly judged: Judged }) => {
  const { t } = useTexts()
  const outside = [
    ...judged.would_cut_off.map((one) => `${one.name} (${one.last_address ?? '–'})`),
    ...judged.keys_cut_off.map((one) => t('networks.key', { name: one.name })),
  ]
  return (
    <Alert
      color={judged.allowed ? 'green' : 'red'}
      variant="light"
      role="status"
      title={t(judged.allowed ? 'networks.allowed' : 'networks.denied', { address: judged.address })}
    >
      <Stack gap="xs">
        <Text size="sm">{t(`networks.reason-${judged.reason}`)}</Text>
        {outside.length === 0 ? (
          <Text size="sm">{t('networks.nobody-cut')}</Text>
        ) : (
          <>
            <Text size="sm">{t('networks.cut-intro')}</Text>
            <List size="sm">
              {outside.map((name) => (
                <List.Item key={name}>{name}</List.Item>
              ))}
            </List>
          </>
        )}
      </Stack>
    </Alert>
  )
}

/** Allow or deny as the list would act when enforced, and who would be outside by the address last used. */
export const TestAddress = () => {
  const { t } = useTexts()
  const [address, setAddress] = useState('')
  const [judged, setJudged] = useState<Judged | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    setJudged(null)
    try {
      setJudged(await call(testIpAddress, { body: { address } }))
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap="xs" component="form" onSubmit={(event) => void submit(event)}>
      <Title order={3}>{t('networks.test')}</Title>
      <Group align="flex-end" gap="sm">
        <TextInput
          flex={1}
          miw={200}
          label={t('networks.test-field')}
          value={address}
          autoComplete="off"
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy} disabled={address.trim() === ''}>
          {t('networks.test-act')}
        </Button>
      </Group>
      {error === null ? null : <ErrorState error={error} />}
      {judged === null ? null : <Verdict judged={judged} />}
    </Stack>
  )
}
