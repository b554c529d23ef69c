import { Button, Group, Modal, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getOwnFactors, makeOwnRecoveryCodes } from '../../../../../src/security/factors/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { read, refresh } from '../../../lib/queries.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { RecoveryCodes } from '../../../ui/second-factor/recovery-codes.tsx'
import { Section } from '../../../ui/section.tsx'

const fewLeft = 3

/** How many are left, and a new set where the old one runs out. */
export const RecoverySection = () => {
  const { t } = useTexts()
  const client = useQueryClient()
  const { data } = useQuery(read(getOwnFactors))
  const [asking, setAsking] = useState(false)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (data === undefined) return null
  const bound = data.factors.some(({ status }) => status === 'active')
  const left = data.recovery_codes_left
  const make = async () => {
    const made = await call(makeOwnRecoveryCodes, { body: {} })
    setCodes(made.codes)
    await refresh(client, getOwnFactors)
  }
  return (
    <Section title={t('factors.recovery-title')} text={t('factors.recovery-text')}>
      <Text size="sm" c={bound && left <= fewLeft ? 'red' : 'dimmed'}>
        {bound ? t('factors.recovery-left', { count: left }) : t('factors.recovery-none')}{' '}
        {bound && left <= fewLeft ? t('factors.recovery-few') : null}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" disabled={!bound} onClick={() => setAsking(true)}>
          {t('factors.recovery-make')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('factors.recovery-make-title')}
        action={t('factors.recovery-make')}
        danger={left > 0}
        onConfirm={make}
      >
        {t('factors.recovery-make-text')}
      </ConfirmDialog>
      <Modal
        opened={codes !== null}
        onClose={() => setCodes(null)}
        title={t('factors.codes-title')}
        closeOnClickOutside={false}
        closeOnEscape={false}
        withCloseButton={false}
      >
        {codes === null ? null : <RecoveryCodes codes={codes} onStored={() => setCodes(null)} />}
      </Modal>
    </Section>
  )
}
