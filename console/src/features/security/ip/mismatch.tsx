import { Radio, SimpleGrid, Stack, Title } from '@mantine/core'
import { useState } from 'react'
import { type IpPolicy, putIpPolicy } from '../../../../../src/security/network/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { RadioChoice } from '../../../ui/radio-choice.tsx'
import { useAfterChange } from './use-ip.ts'

const choices = ['deny', 'revoke'] as const

/** What becomes of an open session that is used from outside the list. */
export const Mismatch = ({ policy, editable }: { policy: IpPolicy; editable: boolean }) => {
  const { t } = useTexts()
  const after = useAfterChange()
  const [error, setError] = useState<unknown>(null)
  const choose = async (value: string) => {
    if (!editable || value === policy.on_session_mismatch) return
    setError(null)
    try {
      const on_session_mismatch = value === 'revoke' ? 'revoke' : 'deny'
      await call(putIpPolicy, { body: { state: policy.state, on_session_mismatch }, ifMatch: policy.version })
      await after('networks.mismatch-saved')
    } catch (failure) {
      setError(failure)
    }
  }
  return (
    <Stack gap="xs">
      <Title order={3}>{t('networks.mismatch')}</Title>
      <Radio.Group
        aria-label={t('networks.mismatch')}
        value={policy.on_session_mismatch}
        onChange={(value) => void choose(value)}
      >
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {choices.map((choice) => (
            <RadioChoice
              key={choice}
              value={choice}
              title={t(`networks.mismatch-${choice}`)}
              hint={t(`networks.mismatch-${choice}-hint`)}
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
      {error === null ? null : <ErrorState error={error} />}
    </Stack>
  )
}
