import classes from './bare-frame.module.css'

const arcs = [90, 150, 220, 300, 390]

/** A bell tower at dusk, its sound going out over the roofs. */
export const Skyline = () => (
  <svg
    className={classes.skyline}
    viewBox="0 0 480 800"
    preserveAspectRatio="xMidYMax slice"
    aria-hidden="true"
  >
    {arcs.map((radius) => (
      <circle key={radius} className={classes.arc} cx="240" cy="330" r={radius} opacity={1 - radius / 460} />
    ))}
    <path
      className={classes.far}
      d="M0 800V640l60-36 50 30v-50l46-30 44 30v60l70-40 60 36v-66l50-28 54 34v56l46-26v190z"
    />
    <path
      className={classes.tower}
      d="M240 150l84 72v14H156v-14zM168 248h34v180h-34zM278 248h34v180h-34zM152 428h176v20H152zM166 460h148v340H166z"
    />
    <path className={classes.tower} d="M237 122h6v34h-6zM228 132h24v5h-24z" />
    <path
      className={classes.bell}
      d="M240 262c30 0 44 22 46 54l3 36c1 12 8 17 14 24v8H177v-8c6-7 13-12 14-24l3-36c2-32 16-54 46-54z"
    />
    <path className={classes.bell} d="M222 390a18 16 0 0 0 36 0z" />
    <path className={classes.window} d="M226 560a14 14 0 0 1 28 0v44h-28zM226 680a14 14 0 0 1 28 0v44h-28z" />
    <path className={classes.near} d="M0 800v-84l90-50 76 42v92zM314 800v-108l70-40 96 56v92z" />
  </svg>
)
