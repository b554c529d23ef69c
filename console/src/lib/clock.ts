/** The one place of the console that asks the machine for the time. */
export const readClock = (): Date => new Date(Date.now())
