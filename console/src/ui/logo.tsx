import classes from './logo.module.css'

/** A bell in its tower. */
export const Mark = ({ size = 28 }: { readonly size?: number }) => (
  <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" className={classes.mark}>
    <rect className={classes.tile} width="32" height="32" rx="8" />
    <path
      className={classes.tower}
      d="M16 4.6 24.6 10.600V12.400H7.400V10.600ZM9 13.800h2.500V25H9ZM20.500 13.800H23V25h-2.500ZM7.400 26.200h17.200V28H7.400Z"
    />
    <path
      className={classes.tower}
      d="M16 13.900c2.050 0 3.150 1.500 3.150 3.700v2l.95 1.500v.6h-8.200v-.6l.95-1.500v-2c0-2.200 1.100-3.700 3.150-3.700Zm-1.400 8.700h2.800a1.400 1.400 0 0 1-2.800 0Z"
    />
  </svg>
)

export const Logo = ({ withName = true }: { readonly withName?: boolean }) => (
  <span className={classes.logo}>
    <Mark />
    {withName ? <span className={classes.name}>Campanile</span> : null}
  </span>
)
