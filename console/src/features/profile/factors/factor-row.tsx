import { Badge, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import {
  type FactorView,
  getOwnFactors,
  preferFactor,
  removeFactor,
  renameFactor,
} from '../../../../../src/security/factors/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { ConfirmDialog } from '../../../ui/confirm.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Time } from '../../../ui/figures.tsx'
import classes from '../own-sessions.module.css'

const colors = { weak: 'red', medium: 'yellow', strong: 'green' } as const

const useNameOf = (factor: FactorView): string => {
  const { t } = useTexts()
  return factor.name ?? t(`second-factor.method.${factor.type}`)
}

const Rename = ({ factor, onClose }: { readonly factor: FactorView; readonly onClose: () => void }) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [name, setName] = useState(factor.name ?? '')
  const rename = useMutation({
    mutationFn: () => call(renameFactor, { params: { id: factor.id }, body: { name } }),
    onSuccess: async () => {
      await refresh(client, getOwnFactors)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    rename.mutate()
  }
  return (
    <Stack component="form" gap="md" onSubmit={submit}>
      <TextInput
        label={t('factors.name')}
        description={t('factors.name-hint')}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      {rename.error === null ? null : <ErrorState error={rename.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={rename.isPending} disabled={name.trim() === ''}>
          {t('ui.save')}
        </Button>
      </Group>
    </Stack>
  )
}

const Words = ({ factor, first }: { readonly factor: FactorView; readonly first: boolean }) => {
  const { t } = useTexts()
  const name = useNameOf(factor)
  return (
    <div className={classes.words}>
      <Group gap="xs">
        <Text fw={550}>{name}</Text>
        <Badge color={colors[factor.strength]} variant="light" tt="none" radius="sm">
          {t(`factors.strength.${factor.strength}`)}
        </Badge>
        {first ? (
          <Badge color="gray" variant="light" tt="none" radius="sm">
            {t('factors.preferred')}
          </Badge>
        ) : null}
      </Group>
      {factor.status === 'active' ? null : (
        <Text size="sm" c={factor.status === 'disabled' ? 'red' : 'dimmed'}>
          {t(`factors.status.${factor.status}`)}
        </Text>
      )}
      <Text size="sm" c="dimmed" component="div">
        {factor.name === null ? null : <>{t(`second-factor.method.${factor.type}`)} · </>}
        {t('factors.added')} <Time at={factor.created_at} /> ·{' '}
        {factor.last_used_at === null ? (
          t('factors.never')
        ) : (
          <>
            {t('factors.used')} <Time at={factor.last_used_at} />
          </>
        )}
      </Text>
    </div>
  )
}

type Props = {
  readonly factor: FactorView
  readonly preferred: boolean
  /** More than one kind is bound, so that there is an order. */
  readonly orderable: boolean
}

export const FactorRow = ({ factor, preferred, orderable }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const name = useNameOf(factor)
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null)
  const close = () => setOpen(null)
  const prefer = useMutation({
    mutationFn: () => call(preferFactor, { body: { method: factor.type } }),
    onSuccess: () => refresh(client, getOwnFactors),
  })
  const remove = async () => {
    await call(removeFactor, { params: { id: factor.id } })
    notifications.show({ color: 'green', message: t('factors.removed') })
    await refresh(client, getOwnFactors)
  }
  return (
    <li className={classes.row}>
      <Words factor={factor} first={preferred && orderable} />
      <Group gap="xs">
        {orderable && !preferred && factor.status === 'active' ? (
          <Button variant="subtle" size="xs" loading={prefer.isPending} onClick={() => prefer.mutate()}>
            {t('factors.prefer')}
          </Button>
        ) : null}
        <Button
          variant="default"
          size="xs"
          onClick={() => setOpen('rename')}
          aria-label={t('factors.rename-label', { name })}
        >
          {t('factors.rename')}
        </Button>
        <Button
          variant="default"
          size="xs"
          c="red"
          onClick={() => setOpen('remove')}
          aria-label={t('factors.remove-label', { name })}
        >
          {t('factors.remove')}
        </Button>
      </Group>
      <Modal opened={open === 'rename'} onClose={close} title={t('factors.rename-title')}>
        <Rename factor={factor} onClose={close} />
      </Modal>
      <ConfirmDialog
        opened={open === 'remove'}
        onClose={close}
        title={t('factors.remove-title')}
        action={t('factors.remove')}
        onConfirm={remove}
      >
        {t('factors.remove-text', { name })}
      </ConfirmDialog>
    </li>
  )
}
