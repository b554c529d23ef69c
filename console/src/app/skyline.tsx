import classes from './bare-frame.module.css'

const arcs = [84, 138, 202, 276, 360]

const Tower = () => (
  <>
    <path className={classes.tower} d="M239 236h2.500v42h-2.500zM241.500 238l24 7-24 7z" />
    <path className={classes.tower} d="M240 266l62 76H178z" />
    <path className={classes.tower} d="M174 342h132v10H174z" />
    <path
      className={classes.tower}
      fillRule="evenodd"
      d="M186 352h108v132H186zM208 484v-74a32 32 0 0 1 64 0v74z"
    />
    <path className={classes.tower} d="M176 484h128v12H176zM188 496h104v304H188z" />
    <path className={classes.slit} d="M236 540h8v34h-8zM236 620h8v34h-8zM236 700h8v34h-8z" />
  </>
)

const Bell = () => (
  <>
    <path className={classes.beam} d="M206 404h68" />
    <path
      className={classes.bell}
      d="M240 406c12 0 17 9 18 22l1.500 18c.5 6 3 8 6 12v4h-51v-4c3-4 5.500-6 6-12l1.500-18c1-13 6-22 18-22z"
    />
    <path className={classes.bell} d="M233 465a7 7 0 0 0 14 0z" />
  </>
)

/** A bell tower at dusk, its sound going out over the roofs. */
export const Skyline = () => (
  <svg
    className={classes.skyline}
    viewBox="0 0 480 800"
    preserveAspectRatio="xMidYMax slice"
    aria-hidden="true"
  >
    <circle className={classes.sun} cx="240" cy="436" r="150" />
    {arcs.map((radius) => (
      <circle key={radius} className={classes.arc} cx="240" cy="436" r={radius} opacity={1 - radius / 430} />
    ))}
    <path
      className={classes.far}
      d="M0 800V664l44-30 40 26v-40l38-28 42 32v34l54-34 52 30v-52l44-26 46 32v44l40-28 40 24v-34l40-26v212z"
    />
    <Tower />
    <Bell />
    <path
      className={classes.near}
      d="M0 800v-70l68-42 64 38v20l34-20 22 14v60zM292 800v-78l40-26 38 24v22l52-36 58 40v54z"
    />
  </svg>
)
