import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../../i18n/texts.tsx'
import classes from './import.module.css'
import { type Step, stepPath } from './steps.ts'

const all = ['file', 'summary', 'fields', 'settings'] as const

type Props = { readonly current: (typeof all)[number]; readonly id?: string }

/** Where one is in the wizard; steps behind one can be gone back to. */
export const WizardSteps = ({ current, id }: Props) => {
  const { t } = useTexts()
  const place = all.indexOf(current)
  return (
    <nav aria-label={t('imports.steps')}>
      <ol className={classes.steps}>
        {all.map((step, index) => {
          const done = index < place
          const words = t(`imports.step-${step}`)
          const reachable = done && step !== 'file' && id !== undefined
          return (
            <li
              key={step}
              className={classes.step}
              data-done={done}
              {...(step === current ? { 'aria-current': 'step' as const } : {})}
            >
              <span className={classes.number} aria-hidden>
                {done ? <IconCheck size={14} /> : index + 1}
              </span>
              <span className={classes.words} data-current={step === current}>
                {reachable ? <Link to={stepPath(id, step as Step)}>{words}</Link> : words}
              </span>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
