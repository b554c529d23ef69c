import { Select } from '@mantine/core'
import { useState } from 'react'
import type { KeptMessage } from '../../../../src/system-stream/mailbox/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { SilentBell } from '../../ui/illustrations.tsx'
import { useKept } from './kept.ts'
import { parts } from './linkify.ts'
import classes from './phone.module.css'
import { Unavailable } from './unavailable.tsx'

const Bubble = ({ message }: { readonly message: KeptMessage }) => {
  const { t } = useTexts()
  const { text, code, received_at } = message
  return (
    <li className={classes.entry}>
      <span className={classes.time}>
        <Time at={received_at} />
      </span>
      <p className={classes.bubble}>
        {parts(text).map((part) =>
          part.href === null ? (
            part.text
          ) : (
            <a key={part.text} href={part.href}>
              {part.text}
            </a>
          ),
        )}
      </p>
      {code === null ? null : (
        <CopyButton value={code} label={t('system-mailbox.copy-the-code', { code })} withText />
      )}
    </li>
  )
}

type HandsetProps = { readonly number: string; readonly texts: readonly KeptMessage[] }

/** As on a phone, the newest stands at the bottom. */
const Handset = ({ number, texts }: HandsetProps) => {
  const { t } = useTexts()
  return (
    <div className={classes.handset}>
      <div className={classes.ear} aria-hidden="true" />
      <h2 className={classes.title}>{texts[0]?.from}</h2>
      <ol className={classes.screen} aria-label={t('system-mailbox.texts-to', { number })} aria-live="polite">
        {texts.toReversed().map((message) => (
          <Bubble key={message.id} message={message} />
        ))}
      </ol>
    </div>
  )
}

/** The built-in phone: one handset for each number that a text was written to. */
export const Phone = () => {
  const { t } = useTexts()
  const kept = useKept('sms')
  const [chosen, choose] = useState<string | null>(null)
  if (kept.data === undefined || kept.error !== null) return <Unavailable kept={kept} />
  const texts = kept.data.data
  const numbers = [...new Set(texts.map(({ to }) => to))]
  const number = numbers.find((one) => one === chosen) ?? numbers[0]
  if (number === undefined)
    return (
      <EmptyState art={<SilentBell />} title={t('system-mailbox.empty-title')}>
        {t('system-mailbox.empty-phone')}
      </EmptyState>
    )
  return (
    <section className={classes.phone} aria-label={t('system-mailbox.phone')}>
      {numbers.length < 2 ? (
        <p className={classes.number}>{number}</p>
      ) : (
        <Select
          label={t('system-mailbox.number')}
          data={numbers}
          value={number}
          onChange={choose}
          allowDeselect={false}
          className={classes.choice ?? ''}
        />
      )}
      <Handset number={number} texts={texts.filter(({ to }) => to === number)} />
    </section>
  )
}
