import classes from './logo.module.css'

/** A bell under its roof. */
export const Mark = ({ size = 28 }: { readonly size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className={classes.mark}>
    <rect className={classes.tile} width="32" height="32" rx="8" />
    <path className={classes.roof} d="M6.500 13 16 6l9.500 7" />
    <path
      className={classes.bell}
      d="M16 11.800c3.500 0 5.300 2.500 5.500 5.700l.3 3.300c.1 1.200.8 1.900 1.700 2.700v1H8.500v-1c.9-.8 1.600-1.500 1.700-2.700l.3-3.300c.2-3.200 2-5.700 5.500-5.700ZM13.800 25.700h4.400a2.200 2.200 0 0 1-4.400 0Z"
    />
  </svg>
)

export const Logo = ({ withName = true }: { readonly withName?: boolean }) => (
  <span className={classes.logo}>
    <Mark />
    {withName ? <span className={classes.name}>Campanile</span> : null}
  </span>
)
