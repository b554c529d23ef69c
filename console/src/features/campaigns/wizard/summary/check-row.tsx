import { Anchor, Badge, Checkbox, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconChevronDown, IconCircleX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Check } from '../../../../../../src/campaigns/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { useMay } from '../../../../lib/session.ts'
import { stepPath } from '../../campaign-path.ts'
import classes from './checks.module.css'
import { placeOf, reasonLengthMin } from './preflight.ts'

type Props = {
  readonly id: string
  readonly check: Check
  /** Null: not overridden; else the words so far. */
  readonly reason: string | null
  readonly onOverride: (reason: string | null) => void
}

const Jump = ({ id, check }: Pick<Props, 'id' | 'check'>) => {
  const { t } = useTexts()
  const place = placeOf(check)
  if (place === null) return null
  const to = 'step' in place ? stepPath(id, place.step) : place.to
  return (
    <Anchor component={Link} to={to} size="sm">
      {t('step' in place ? `launch.jump-${place.step as 'content'}` : 'launch.jump-account')}
    </Anchor>
  )
}

const Override = ({ reason, onOverride }: Pick<Props, 'reason' | 'onOverride'>) => {
  const { t } = useTexts()
  const short = reason !== null && reason.trim().length < reasonLengthMin
  return (
    <div className={classes.override}>
      <Checkbox
        size="sm"
        label={t('launch.override')}
        checked={reason !== null}
        onChange={(event) => onOverride(event.currentTarget.checked ? '' : null)}
      />
      {reason === null ? null : (
        <TextInput
          size="sm"
          label={t('launch.override-reason')}
          description={t('launch.override-hint')}
          error={short && reason !== '' ? t('launch.override-short') : undefined}
          maxLength={500}
          required
          value={reason}
          onChange={(event) => onOverride(event.currentTarget.value)}
        />
      )}
    </div>
  )
}

/** Here the count is people; elsewhere it is bytes or places, which the words name. */
const peopleCodes = [
  'consent_missing',
  'consent_unknown',
  'suppression_ratio_high',
  'missing_required_variable',
  'bounce_risk',
]
/** Here the server adds what no catalogue can know: a place, a name, a size. */
const detailedCodes = [
  'liquid_error',
  'template_error',
  'dangerous_html',
  'mismatched_link_text',
  'missing_required_variable',
  'html_over_100kb',
  'broken_link',
  'spam_score',
]

/** One finding in plain words: what, why it matters, where to put it right. */
export const CheckRow = ({ id, check, reason, onOverride }: Props) => {
  const { t, find } = useTexts()
  const formats = useFormats()
  const may = useMay()('email.preflight.override')
  const blocks = check.level === 'block'
  const known = find('checks', check.code)
  const detailed = known === null || detailedCodes.includes(check.code)
  const why = find('checks', `${check.code}.why`)
  return (
    <li className={classes.check} data-level={check.level}>
      <details open={blocks}>
        <summary className={classes.title}>
          {blocks ? <IconCircleX size={20} aria-hidden /> : <IconAlertTriangle size={20} aria-hidden />}
          <span className={classes.name}>
            {known ?? check.code}
            {check.count === null || !peopleCodes.includes(check.code) ? null : (
              <Text component="span" display="block" size="xs" c="dimmed" className="tabular">
                {t('launch.affects', { count: check.count, number: formats.number(check.count) })}
              </Text>
            )}
          </span>
          <Badge
            size="sm"
            variant="light"
            radius="sm"
            tt="none"
            color={blocks ? 'red' : 'yellow'}
            flex="none"
          >
            {t(blocks ? 'launch.level-block' : 'launch.level-warn')}
          </Badge>
          <IconChevronDown size={16} className={classes.chevron} aria-hidden />
        </summary>
        <div className={classes.words}>
          {why === null ? null : <Text size="sm">{why}</Text>}
          {check.detail === '' || !detailed ? null : (
            <Text size="sm" c="dimmed">
              {check.detail}
            </Text>
          )}
          <Jump id={id} check={check} />
          {blocks && check.overridable && may ? <Override reason={reason} onOverride={onOverride} /> : null}
        </div>
      </details>
    </li>
  )
}
