import type { Texts } from '../../i18n/message.ts'
import type { Formats } from '../../lib/formats.ts'

type Rule = readonly [RegExp, (match: RegExpExecArray, texts: Texts, formats: Formats) => string]

const rules: readonly Rule[] = [
  [/^receiver (\S+) deferring$/, ([, site = ''], { t }) => t('health.limit-deferring', { site })],
  [/^(\d+) receivers deferring$/, ([, count], { t }) => t('health.limit-several', { count: Number(count) })],
  [
    /^receiver limit (\d+)\/h \((\S+)\)$/,
    ([, limit, site = ''], { t }, formats) =>
      t('health.limit-site', { site, limit: formats.number(Number(limit)) }),
  ],
  [
    /^warm-up (\S+): (\d+)\/day$/,
    ([, subject = '', limit], { t }, formats) =>
      t('health.limit-warmup', { subject, limit: formats.number(Number(limit)) }),
  ],
  [/^warm-up (\S+) stopped$/, ([, subject = ''], { t }) => t('health.limit-warmup-stopped', { subject })],
  [/^provider limit/, (_match, { t }) => t('health.limit-own')],
]

/** What shaping and warm-up name as the limiting factor, in the reader's language; null = not theirs. */
export const shapingText = (factor: string, texts: Texts, formats: Formats): string | null => {
  for (const [pattern, say] of rules) {
    const match = pattern.exec(factor)
    if (match) return say(match, texts, formats)
  }
  return null
}
