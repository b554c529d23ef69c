import { Button, Group as Row } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './import.module.css'

type Props = {
  /** Path of the step before. */
  readonly back?: string
  readonly onNext: () => void
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly words?: string
  readonly children?: ReactNode
}

export const WizardFoot = ({ back, onNext, busy = false, disabled = false, words, children }: Props) => {
  const { t } = useTexts()
  return (
    <div className={classes.foot}>
      {back === undefined ? (
        <span />
      ) : (
        <Button component={Link} to={back} variant="default">
          {t('ui.back')}
        </Button>
      )}
      <Row gap="md">
        {children}
        <Button onClick={onNext} loading={busy} disabled={disabled}>
          {words ?? t('ui.next')}
        </Button>
      </Row>
    </div>
  )
}
