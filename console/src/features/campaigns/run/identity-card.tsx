import { Card, Title } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { Accounting } from '../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import classes from './progress.module.css'

const terms = ['accepted', 'rejected', 'suppressed', 'uncertain', 'pending'] as const

type TermProps = { readonly value: number; readonly label: string }

const Term = ({ value, label }: TermProps) => {
  const formats = useFormats()
  return (
    <span className={classes.term} {...(value === 0 ? { 'data-empty': true } : {})}>
      <strong>{formats.number(value)}</strong>
      <span>{label}</span>
    </span>
  )
}

/** The promise on screen: both sides are counted apart, and they agree. */
export const IdentityCard = ({ accounting }: { readonly accounting: Accounting }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { balanced, missing, surplus, as_of } = accounting
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('run.identity')}>
      <Title order={2} mb="sm">
        {t('run.identity')}
      </Title>
      <p className={classes.equation}>
        <Term value={accounting.audience} label={t('campaigns.audience')} />
        <span className={classes.sign}>{balanced ? '=' : '≠'}</span>
        {terms.map((term, place) => (
          <span key={term} className={classes.equation}>
            {place === 0 ? null : <span className={classes.sign}>+</span>}
            <Term value={accounting[term]} label={t(`states.${term}`)} />
          </span>
        ))}
      </p>
      <div className={classes.verdict} role="status" {...(balanced ? {} : { 'data-wrong': true })}>
        {balanced ? <IconCircleCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />}
        {balanced
          ? t('run.balanced', { time: formats.time(as_of) })
          : t('run.unbalanced', { missing: formats.number(missing), surplus: formats.number(surplus) })}
      </div>
    </Card>
  )
}
