import { Button, Group, VisuallyHidden } from '@mantine/core'
import type { KeptMessage } from '../../../../src/system-stream/mailbox/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { LetterBox } from '../../ui/illustrations.tsx'
import { pathOf, useKept } from './kept.ts'
import classes from './system-mailbox.module.css'
import { Unavailable } from './unavailable.tsx'

const Code = ({ code }: { readonly code: string }) => {
  const { t } = useTexts()
  return (
    <Group gap={8} wrap="nowrap">
      <output className={classes.code} aria-label={t('system-mailbox.code')}>
        {code}
      </output>
      <CopyButton value={code} label={t('system-mailbox.copy-code')} withText />
    </Group>
  )
}

const Letter = ({ letter }: { readonly letter: KeptMessage }) => {
  const { t } = useTexts()
  const { subject, to, from, text, code, link, received_at } = letter
  return (
    <li className={classes.letter}>
      <div className={classes.head}>
        <h2 className={classes.subject}>{subject}</h2>
        <span className={classes.time}>
          <Time at={received_at} />
        </span>
      </div>
      <p className={classes.people}>{t('system-mailbox.people', { from, to })}</p>
      {code === null ? null : <Code code={code} />}
      {link === null || code !== null ? null : (
        <Button component="a" href={pathOf(link)} size="xs" className={classes.open ?? ''}>
          {t('system-mailbox.open-link')}
        </Button>
      )}
      <details className={classes.details}>
        <summary>{t('system-mailbox.whole')}</summary>
        <pre className={classes.text}>{text}</pre>
        {link === null || code === null ? null : (
          <Button component="a" href={pathOf(link)} size="xs" variant="default">
            {t('system-mailbox.not-me-link')}
          </Button>
        )}
      </details>
    </li>
  )
}

/** Mails of the system that nobody was sent. */
export const Letters = () => {
  const { t } = useTexts()
  const kept = useKept('email')
  if (kept.data === undefined || kept.error !== null) return <Unavailable kept={kept} />
  const letters = kept.data.data
  return (
    <section aria-label={t('system-mailbox.letters')}>
      <VisuallyHidden role="status">{t('system-mailbox.count', { count: letters.length })}</VisuallyHidden>
      {letters.length === 0 ? (
        <EmptyState art={<LetterBox />} title={t('system-mailbox.empty-title')}>
          {t('system-mailbox.empty-mail')}
        </EmptyState>
      ) : (
        <ul className={classes.letters}>
          {letters.map((letter) => (
            <Letter key={letter.id} letter={letter} />
          ))}
        </ul>
      )}
    </section>
  )
}
