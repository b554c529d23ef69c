import { Alert, Button, Divider, Group, Modal, Stack, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import {
  type Checkpoint,
  makeCheckpoint,
  type Verdict,
  verifyAuditLog,
} from '../../../../src/audit/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'

const Answer = ({ verdict }: { readonly verdict: Verdict }) => {
  const { t } = useTexts()
  if (verdict.ok)
    return (
      <Alert color="green" icon={<IconShieldCheck />} title={t('audit.verify-ok')}>
        {t('audit.verify-ok-text', { checked: verdict.checked, checkpoints: verdict.checkpoints_checked })}
      </Alert>
    )
  const kind = verdict.kind === null ? '' : t(`audit.kind-${verdict.kind}`)
  return (
    <Alert color="red" icon={<IconShieldX />} title={t('audit.verify-bad')}>
      {t('audit.verify-bad-text', { seq: verdict.first_bad_seq ?? 0, kind })}
    </Alert>
  )
}

const Verifying = () => {
  const { t } = useTexts()
  const verify = useMutation({ mutationFn: () => call(verifyAuditLog, { body: {} }) })
  return (
    <Stack gap="md">
      <Text size="sm">{t('audit.verify-text')}</Text>
      <div role="status">{verify.data === undefined ? null : <Answer verdict={verify.data} />}</div>
      {verify.error === null ? null : <ErrorState error={verify.error} />}
      <Group justify="flex-end">
        <Button loading={verify.isPending} onClick={() => verify.mutate()} data-autofocus>
          {t('audit.verify')}
        </Button>
      </Group>
    </Stack>
  )
}

const Made = ({ checkpoint }: { readonly checkpoint: Checkpoint }) => {
  const { t } = useTexts()
  return (
    <Group justify="space-between">
      <Text size="sm">{t('audit.checkpoint-made', { seq: checkpoint.seq })}</Text>
      <CopyButton withText value={JSON.stringify(checkpoint)} label={t('audit.checkpoint-copy')} />
    </Group>
  )
}

const Signing = () => {
  const { t } = useTexts()
  const make = useMutation({ mutationFn: () => call(makeCheckpoint, { body: {} }) })
  return (
    <Stack gap="md">
      <Text size="sm">{t('audit.checkpoint-text')}</Text>
      <div role="status">{make.data === undefined ? null : <Made checkpoint={make.data} />}</div>
      {make.error === null ? null : <ErrorState error={make.error} />}
      <Group justify="flex-end">
        <Button variant="default" loading={make.isPending} onClick={() => make.mutate()}>
          {t('audit.checkpoint')}
        </Button>
      </Group>
    </Stack>
  )
}

type Props = { readonly opened: boolean; readonly onClose: () => void }

/** Asks the server whether the chain is whole and says the verdict in one sentence; signs its end on demand. */
export const VerifyDialog = ({ opened, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('audit.verify-title')} size="lg">
      <Verifying />
      <Divider my="lg" />
      <Signing />
    </Modal>
  )
}
