import { Badge, Button, Card, Group, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Approval,
  approve,
  listApprovals,
  listOperatorApprovals,
  operatorApprove,
  operatorReject,
  reject,
  withdraw,
} from '../../../../src/approvals/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { Time } from '../../ui/figures.tsx'

const colors = {
  pending: 'yellow',
  approved: 'indigo',
  rejected: 'red',
  expired: 'gray',
  withdrawn: 'gray',
  voided: 'gray',
  executed: 'green',
} as const
/** Only these are stopped for a day before they are carried out. */
const delayed: readonly string[] = ['mfa_reset', 'operator_mfa_reset']

const acts = {
  account: { approve, reject },
  operator: { approve: operatorApprove, reject: operatorReject },
} as const

export type Side = keyof typeof acts
type Verdict = 'approve' | 'reject' | 'withdraw'

const Facts = ({ approval, side }: { readonly approval: Approval; readonly side: Side }) => {
  const { t, find } = useTexts()
  const { requested_by: asker, decided_by: decider } = approval
  return (
    <Stack gap={4}>
      <Text size="sm">
        {t('approvals.about', { name: approval.object.name })}
        {side === 'operator' ? ` · ${t('approvals.in-account', { name: approval.account.name })}` : ''}
      </Text>
      <Text size="sm" c="dimmed" component="div">
        {t(asker.staff ? 'approvals.asked-by-staff' : 'approvals.asked-by', { name: asker.name })}{' '}
        <Time at={approval.created_at} />
      </Text>
      <Text size="sm">
        {t('approvals.reason')}: {approval.reason}
      </Text>
      {Object.entries(approval.summary).map(([name, value]) => (
        <Text key={name} size="sm">
          {find('approvals', `summary.${name}`) ?? name}: {String(value)}
        </Text>
      ))}
      {decider === null ? null : (
        <Text size="sm" c="dimmed" component="div">
          {t('approvals.decided-by', { name: decider.name })}{' '}
          {approval.decided_at === null ? null : <Time at={approval.decided_at} />}
        </Text>
      )}
      {approval.comment === null ? null : (
        <Text size="sm">
          {t('approvals.comment')}: {approval.comment}
        </Text>
      )}
      {approval.void_reason === null ? null : (
        <Text size="sm">{find('approvals', `void.${approval.void_reason}`) ?? approval.void_reason}</Text>
      )}
    </Stack>
  )
}

const Deadline = ({ approval }: { readonly approval: Approval }) => {
  const { t } = useTexts()
  const executes = approval.state === 'approved' ? approval.executes_at : null
  if (executes === null && approval.state !== 'pending') return null
  return (
    <Text size="sm" c="dimmed" component="div">
      {t(executes === null ? 'approvals.until' : 'approvals.executes-at')}{' '}
      <Time at={executes ?? approval.expires_at} />
    </Text>
  )
}

type QuestionProps = {
  readonly approval: Approval
  readonly side: Side
  readonly verdict: Verdict | null
  readonly onClose: () => void
}

const Question = ({ approval, side, verdict, onClose }: QuestionProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [comment, setComment] = useState('')
  const word = verdict ?? 'approve'
  const decide = async () => {
    const input = {
      params: { id: approval.id },
      body: comment.trim() === '' ? {} : { comment },
    }
    if (word === 'withdraw') await call(withdraw, input)
    else await call(acts[side][word], input)
    notifications.show({
      color: 'green',
      message: t(word === 'withdraw' ? 'approvals.withdrawn' : 'approvals.decided'),
    })
    await refresh(client, listApprovals, listOperatorApprovals)
  }
  return (
    <ConfirmDialog
      opened={verdict !== null}
      onClose={onClose}
      title={t(`approvals.${word}-title`)}
      action={t(`approvals.${word}`)}
      danger={word !== 'approve'}
      onConfirm={decide}
    >
      <Stack gap="md">
        {word === 'approve' ? <Text size="sm">{t('approvals.approve-text')}</Text> : null}
        {word === 'approve' && delayed.includes(approval.kind) ? (
          <Text size="sm">{t('approvals.approve-delay')}</Text>
        ) : null}
        <Textarea
          label={t('approvals.comment')}
          description={t('approvals.comment-hint')}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          maxLength={1000}
          autosize
          minRows={2}
        />
      </Stack>
    </ConfirmDialog>
  )
}

type Props = { readonly approval: Approval; readonly side: Side; readonly ownId: string }

/** One request: what it is, who asks, why, until when, and the two answers. */
export const ApprovalCard = ({ approval, side, ownId }: Props) => {
  const { t } = useTexts()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const own = approval.requested_by.id === ownId
  const open = approval.state === 'pending'
  const withdrawable = own && (open || approval.state === 'approved')
  return (
    <Card withBorder component="li" padding="md">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start">
          <Text fw={600}>{t(`approvals.kind.${approval.kind}`)}</Text>
          <Badge color={colors[approval.state]} variant="light" tt="none" radius="sm">
            {t(`approvals.state.${approval.state}`)}
          </Badge>
        </Group>
        <Facts approval={approval} side={side} />
        <Group justify="space-between">
          <Deadline approval={approval} />
          <Group gap="xs">
            {withdrawable ? (
              <Button variant="default" size="xs" onClick={() => setVerdict('withdraw')}>
                {t('approvals.withdraw')}
              </Button>
            ) : null}
            {approval.may_decide ? (
              <>
                <Button variant="default" size="xs" onClick={() => setVerdict('reject')}>
                  {t('approvals.reject')}
                </Button>
                <Button size="xs" onClick={() => setVerdict('approve')}>
                  {t('approvals.approve')}
                </Button>
              </>
            ) : null}
          </Group>
        </Group>
        {open && !approval.may_decide ? (
          <Text size="sm" c="dimmed">
            {t('approvals.not-yours')}
          </Text>
        ) : null}
      </Stack>
      <Question approval={approval} side={side} verdict={verdict} onClose={() => setVerdict(null)} />
    </Card>
  )
}
