import { Link } from '@tanstack/react-router'
import classes from './tabs.module.css'

type Props = {
  readonly label: string
  readonly tabs: readonly { readonly to: string; readonly label: string }[]
}

/** Parts of one thing, each with an address of its own. */
export const PageTabs = ({ label, tabs }: Props) => (
  <nav aria-label={label}>
    <ul className={classes.tabs}>
      {tabs.map((tab) => (
        <li key={tab.to}>
          <Link to={tab.to} className={classes.tab} activeOptions={{ exact: true }}>
            {tab.label}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
)
