import { Link } from '@tanstack/react-router'
import type { Accounting } from '../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { useMay } from '../../../lib/session.ts'
import { colorOfState } from '../../../ui/status-badge.tsx'
import { pagePath } from '../campaign-path.ts'
import classes from './progress.module.css'

const tiles = [
  'planned',
  'handed',
  'accepted',
  'delivered',
  'suppressed',
  'rejected',
  'uncertain',
  'claimed',
] as const
type TileName = (typeof tiles)[number]

type TileProps = { readonly id: string; readonly name: TileName; readonly value: number }

const Tile = ({ id, name, value }: TileProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const may = useMay()('email.recipients.view')
  const body = (
    <>
      <span className={classes.tileHead}>
        <span
          className={classes.dot}
          style={{
            background: name === 'planned' ? undefined : `var(--mantine-color-${colorOfState(name)}-6)`,
          }}
        />
        {t(`states.${name}`)}
      </span>
      <span className={classes.tileFigure}>{formats.number(value)}</span>
      <span className={classes.tileNote}>{t(`run.tile-${name}`)}</span>
    </>
  )
  if (!may || value === 0) return <div className={classes.tile}>{body}</div>
  const search = name === 'delivered' ? { delivered: 'true' } : { state: name }
  return (
    <Link to={`${pagePath(id)}/recipients`} search={search as never} className={classes.tile}>
      {body}
    </Link>
  )
}

type Props = { readonly id: string; readonly accounting: Accounting }

/** Separate figures, none of which is called "sent"; each leads to the people behind it. */
export const FigureTiles = ({ id, accounting }: Props) => (
  <div className={classes.tiles}>
    {tiles.map((name) => (
      <Tile key={name} id={id} name={name} value={accounting[name]} />
    ))}
  </div>
)
