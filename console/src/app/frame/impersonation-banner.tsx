import { Alert, Button, Group, Text } from '@mantine/core'
import { IconEye, IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { endImpersonation } from '../../../../src/operator/impersonation/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { useSession } from '../../lib/session.ts'
import { Time } from '../../ui/figures.tsx'

/** Never out of sight while staff look in place of a user: who, whom, until when, and the way back. */
export const ImpersonationBanner = () => {
  const { t } = useTexts()
  const { impersonation, user, account } = useSession()
  const [busy, setBusy] = useState(false)
  if (impersonation === null) return null
  const leave = async () => {
    setBusy(true)
    await call(endImpersonation, { signedOut: 'throw' }).catch(() => undefined)
    window.location.assign('/instance/accounts')
  }
  const words = { name: `${user.first_name} ${user.last_name}`, account: account.name }
  return (
    <Alert
      color={impersonation.write ? 'red' : 'orange'}
      radius={0}
      role="status"
      icon={impersonation.write ? <IconPencil size={20} /> : <IconEye size={20} />}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {t(impersonation.write ? 'instance.banner-write' : 'instance.banner-read', words)}{' '}
          {t('instance.banner-until')} <Time at={impersonation.expires_at} />
        </Text>
        <Button size="compact-sm" variant="white" color="dark" loading={busy} onClick={() => void leave()}>
          {t('instance.leave')}
        </Button>
      </Group>
    </Alert>
  )
}
