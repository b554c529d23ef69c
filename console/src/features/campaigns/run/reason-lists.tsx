import { Anchor, Button, Card, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Accounting } from '../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { useMay } from '../../../lib/session.ts'
import { pagePath } from '../campaign-path.ts'
import classes from './progress.module.css'
import { ResolveDialog } from './resolve-dialog.tsx'

type Kind = 'suppressed' | 'rejected'
type ListProps = {
  readonly id: string
  readonly kind: Kind
  readonly reasons: Readonly<Record<string, number>>
}

const ReasonList = ({ id, kind, reasons }: ListProps) => {
  const { t, find } = useTexts()
  const formats = useFormats()
  const may = useMay()('email.recipients.view')
  const rows = Object.entries(reasons)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
  if (rows.length === 0) return null
  return (
    <Card withBorder padding="lg" component="section" aria-label={t(`run.why-${kind}`)}>
      <Title order={2}>{t(`run.why-${kind}`)}</Title>
      <ul className={classes.reasonList}>
        {rows.map(([reason, count]) => {
          const words = find('reasons', reason) ?? reason
          return (
            <li key={reason}>
              {may ? (
                <Anchor
                  component={Link}
                  to={`${pagePath(id)}/recipients`}
                  search={{ state: kind, reason } as never}
                  size="sm"
                >
                  {words}
                </Anchor>
              ) : (
                words
              )}
              <span>{formats.number(count)}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

const Uncertain = ({ id, accounting }: Props) => {
  const { t } = useTexts()
  const may = useMay()('sending.uncertain.resolve')
  const [deciding, setDeciding] = useState(false)
  const formats = useFormats()
  if (accounting.uncertain === 0) return null
  const { accepted, missed, repeated } = accounting.uncertain_resolved
  const rows = [
    [t('run.uncertain-open'), accounting.uncertain_open],
    [t('run.uncertain-missed'), missed],
    [t('run.uncertain-accepted'), accepted],
    [t('run.uncertain-repeated'), repeated],
  ] as const
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('run.uncertain')}>
      <Title order={2}>{t('run.uncertain')}</Title>
      <ul className={classes.reasonList}>
        {rows
          .filter(([, count]) => count > 0)
          .map(([label, count]) => (
            <li key={label}>
              {label}
              <span>{formats.number(count)}</span>
            </li>
          ))}
      </ul>
      {may && accounting.uncertain_open > 0 ? (
        <Button mt="sm" size="xs" variant="default" onClick={() => setDeciding(true)}>
          {t('run-acts.resolve')}
        </Button>
      ) : null}
      <ResolveDialog
        id={id}
        open={accounting.uncertain_open}
        opened={deciding}
        onClose={() => setDeciding(false)}
      />
    </Card>
  )
}

type Props = { readonly id: string; readonly accounting: Accounting }

/** Whom the message did not reach, and why; a list only where there is somebody. */
export const ReasonLists = ({ id, accounting }: Props) => (
  <div className={classes.reasons}>
    <ReasonList id={id} kind="suppressed" reasons={accounting.suppressed_by_reason} />
    <ReasonList id={id} kind="rejected" reasons={accounting.rejected_by_reason} />
    <Uncertain id={id} accounting={accounting} />
  </div>
)
